import type { Transaction } from 'kysely';
import type { TaskId } from '#domain/ids.ts';
import type { Instant } from '#domain/instant.ts';
import type { Schema } from '../schema.ts';
import { isOfTask } from './is-of-task.ts';

/** A lease that somebody holds is left alone: its end says what happens next. */
export async function resendWebhook(
  transaction: Transaction<Schema>,
  taskId: TaskId,
  at: Instant,
): Promise<boolean> {
  const row = await transaction
    .updateTable('webhook')
    .set(({ eb, val, ref }) => ({
      state: 'pending',
      earlier_attempts: ref('attempt'),
      queued_at: at,
      due_at: eb
        .case()
        .when('sender_id', 'is', null)
        .then(val(BigInt(at)))
        .else(ref('due_at'))
        .end(),
    }))
    .where(isOfTask(taskId))
    .returning('task_sequence')
    .executeTakeFirst();
  return row !== undefined;
}
