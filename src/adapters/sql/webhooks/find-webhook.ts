import type { Kysely, Selectable } from 'kysely';
import type { TaskId } from '#domain/ids.ts';
import { instant } from '#domain/instant.ts';
import type { WebhookAttempt, WebhookEvent } from '#domain/webhook/event.ts';
import type { Schema, WebhookAttemptTable } from '../schema.ts';
import { isOfTask } from './is-of-task.ts';

export async function findWebhook(
  database: Kysely<Schema>,
  taskId: TaskId,
): Promise<WebhookEvent | undefined> {
  const row = await database
    .selectFrom('webhook')
    .select(['task_sequence', 'state', 'due_at'])
    .where(isOfTask(taskId))
    .executeTakeFirst();
  if (row === undefined) return undefined;
  const attempts = await database
    .selectFrom('webhook_attempt')
    .selectAll()
    .where('task_sequence', '=', row.task_sequence)
    .orderBy('number')
    .execute();
  return {
    taskId,
    state: row.state,
    ...(row.due_at !== null && { dueAt: instant(Number(row.due_at)) }),
    attempts: attempts.map(attemptFromRow),
  };
}

export const attemptFromRow = (row: Selectable<WebhookAttemptTable>): WebhookAttempt => ({
  number: Number(row.number),
  at: instant(Number(row.at)),
  ...(row.duration_ms !== null && { durationMs: Number(row.duration_ms) }),
  ...(row.status !== null && { answer: { status: Number(row.status) } }),
  ...(row.error !== null && { answer: { error: row.error } }),
});
