import type { Kysely } from 'kysely';
import type { Task } from '#domain/task/task.ts';
import type { Schema } from '../schema.ts';
import { taskFromRow } from '../tasks/task-row.ts';

export async function listParked(database: Kysely<Schema>, limit: number): Promise<readonly Task[]> {
  const rows = await database
    .selectFrom('task')
    .selectAll()
    .where('parked_at', 'is not', null)
    .orderBy('parked_at')
    .limit(limit)
    .execute();
  return rows.map(taskFromRow);
}
