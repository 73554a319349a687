import type { Transaction } from 'kysely';
import type { LogLine } from '#domain/task/task.ts';
import type { Schema } from '../schema.ts';

/** Numbers lines on from the task's last one. The caller has just changed the task's row, so that nobody else appends. */
export async function appendLog(
  transaction: Transaction<Schema>,
  taskSequence: bigint,
  lines: readonly LogLine[],
): Promise<void> {
  if (lines.length === 0) return;
  const { last } = await transaction
    .selectFrom('task_log')
    .select(({ fn }) => fn.max('number').as('last'))
    .where('task_sequence', '=', taskSequence)
    .executeTakeFirstOrThrow();
  const first = Number(last ?? 0) + 1;
  await transaction
    .insertInto('task_log')
    .values(
      lines.map(({ at, level, message }, index) => ({
        task_sequence: taskSequence,
        number: first + index,
        at,
        level,
        message,
      })),
    )
    .execute();
}
