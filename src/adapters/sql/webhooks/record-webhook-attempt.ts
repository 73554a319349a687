import type { Transaction } from 'kysely';
import { AnimaticError } from '#domain/errors.ts';
import type { WebhookAttemptReport, WebhookLease } from '#ports/webhook-outbox.ts';
import type { Schema } from '../schema.ts';
import { isOfTask } from './is-of-task.ts';

export async function recordWebhookAttempt(
  transaction: Transaction<Schema>,
  lease: WebhookLease,
  { durationMs, answer, verdict }: WebhookAttemptReport,
): Promise<void> {
  const row = await transaction
    .updateTable('webhook')
    .set({
      state: verdict.state,
      due_at: verdict.state === 'pending' ? verdict.dueAt : null,
      sender_id: null,
    })
    .where(isOfTask(lease.taskId))
    .where('sender_id', '=', lease.senderId)
    .where('attempt', '=', BigInt(lease.attempt))
    .returning('task_sequence')
    .executeTakeFirst();
  if (row === undefined) throw leaseLost(lease);
  await transaction
    .updateTable('webhook_attempt')
    .set({
      duration_ms: durationMs,
      ...('status' in answer ? { status: answer.status } : { error: answer.error }),
    })
    .where('task_sequence', '=', row.task_sequence)
    .where('number', '=', BigInt(lease.attempt))
    .execute();
}

const leaseLost = ({ senderId, attempt, taskId }: WebhookLease): AnimaticError =>
  new AnimaticError(
    'lease_lost',
    `Sender ${senderId} no longer owns attempt ${attempt} at the webhook of task ${taskId}: it was released or has expired.`,
  );
