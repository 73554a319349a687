import type { Kysely } from 'kysely';
import type { AccountId, TaskId } from '#domain/ids.ts';
import type { Task } from '#domain/task/task.ts';
import type { Schema } from '../schema.ts';
import { taskFromRow } from './task-row.ts';

export async function find(
  database: Kysely<Schema>,
  id: TaskId,
  accountId?: AccountId,
): Promise<Task | undefined> {
  let query = database.selectFrom('task').selectAll().where('id', '=', id);
  if (accountId !== undefined) {
    query = query.where('account_id', '=', accountId).where('deleted_at', 'is', null);
  }
  const row = await query.executeTakeFirst();
  return row && taskFromRow(row);
}
