/** fal's webhooks: the result, or the error with its body, signed with the server's Ed25519 key. */
import { createHash } from 'node:crypto';
import type { Instant } from '#domain/instant.ts';
import type { Task } from '#domain/task/task.ts';
import { WEBHOOK_SCHEDULES } from '#domain/webhook/backoff.ts';
import type { TaskWebhook } from '#domain/webhook/event.ts';
import type { Ports } from '#ports/ports.ts';
import type { WebhookDialect } from '#services/deliver-webhooks.ts';
import { FAL_FAILURES, falErrorBody } from './fal-error.ts';
import { toFalOutput } from './fal-output.ts';

export const falWebhook = (ports: Pick<Ports, 'webhookKey'>): WebhookDialect => ({
  schedule: WEBHOOK_SCHEDULES.fal,
  compose: (task: Task, { origin }: TaskWebhook, at: Instant) => {
    const body = Buffer.from(JSON.stringify(falWebhookBody(task, origin)));
    const timestamp = String(Math.floor(at / 1000));
    const signature = ports.webhookKey.sign(signedText(task, timestamp, body));
    return {
      headers: {
        'content-type': 'application/json',
        'x-fal-webhook-request-id': task.id,
        'x-fal-webhook-user-id': task.accountId,
        'x-fal-webhook-timestamp': timestamp,
        'x-fal-webhook-signature': Buffer.from(signature).toString('hex'),
      },
      body,
    };
  },
});

/** A cancelled request ends as an error, as its result does. `gateway_request_id` would differ only after fal's own retries. */
function falWebhookBody(task: Task, origin: string) {
  const ids = { request_id: task.id, gateway_request_id: task.id };
  if (task.error === undefined) return { ...ids, status: 'OK', payload: toFalOutput(task, origin) };
  return {
    ...ids,
    status: 'ERROR',
    error: `Invalid status code: ${FAL_FAILURES[task.error.code].httpStatus}`,
    payload: falErrorBody(task.error, task.input),
  };
}

const signedText = (task: Task, timestamp: string, body: Uint8Array): Uint8Array =>
  Buffer.from(
    [task.id, task.accountId, timestamp, createHash('sha256').update(body).digest('hex')].join('\n'),
  );
