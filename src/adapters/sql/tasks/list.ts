import type { Kysely } from 'kysely';
import type { AccountId } from '#domain/ids.ts';
import type { Task } from '#domain/task/task.ts';
import type { Schema } from '../schema.ts';
import { taskFromRow } from './task-row.ts';

export async function list(
  database: Kysely<Schema>,
  accountId: AccountId,
  limit: number,
): Promise<readonly Task[]> {
  const rows = await database
    .selectFrom('task')
    .selectAll()
    .where('account_id', '=', accountId)
    .where('deleted_at', 'is', null)
    .orderBy('created_at', 'desc')
    .orderBy('sequence', 'desc')
    .limit(limit)
    .execute();
  return rows.map(taskFromRow);
}
