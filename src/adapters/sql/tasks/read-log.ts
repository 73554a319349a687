import type { Kysely } from 'kysely';
import type { TaskId } from '#domain/ids.ts';
import { instant } from '#domain/instant.ts';
import type { NumberedLogLine } from '#ports/task-store.ts';
import type { Schema } from '../schema.ts';

export async function readLog(
  database: Kysely<Schema>,
  id: TaskId,
  after: number,
): Promise<readonly NumberedLogLine[]> {
  const rows = await database
    .selectFrom('task_log')
    .innerJoin('task', 'task.sequence', 'task_log.task_sequence')
    .select(['number', 'at', 'level', 'message'])
    .where('task.id', '=', id)
    .where('number', '>', BigInt(after))
    .orderBy('number')
    .execute();
  return rows.map(({ number, at, level, message }) => ({
    number: Number(number),
    at: instant(Number(at)),
    level,
    message,
  }));
}
