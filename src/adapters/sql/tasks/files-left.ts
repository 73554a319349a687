import { type Kysely, sql, type Transaction } from 'kysely';
import type { TaskId } from '#domain/ids.ts';
import type { Task } from '#domain/task/task.ts';
import type { Schema } from '../schema.ts';
import { taskFromRow } from './task-row.ts';

export async function tasksWithFilesLeft(database: Kysely<Schema>, limit: number): Promise<readonly Task[]> {
  const rows = await database
    .selectFrom('task')
    .selectAll()
    .where('deleted_at', 'is not', null)
    .where('finished_at', 'is not', null)
    // In the words of the index, which holds next to nothing.
    .where('files_removed', '=', sql.lit(0n))
    .orderBy('deleted_at')
    .orderBy('sequence')
    .limit(limit)
    .execute();
  return rows.map(taskFromRow);
}

export async function noteFilesRemoved(transaction: Transaction<Schema>, id: TaskId): Promise<void> {
  await transaction.updateTable('task').set({ files_removed: 1 }).where('id', '=', id).execute();
}
