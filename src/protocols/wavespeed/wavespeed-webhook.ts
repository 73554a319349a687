/**
 * WaveSpeed's webhooks: the bare prediction with its input, signed with the secret of the API key that submitted the task. A
 * scheme close to Standard Webhooks, but not it: the secret's text is the key as it stands, and the version is `v3`.
 */
import { createHmac } from 'node:crypto';
import type { Instant } from '#domain/instant.ts';
import type { Task } from '#domain/task/task.ts';
import { WEBHOOK_SCHEDULES } from '#domain/webhook/backoff.ts';
import type { TaskWebhook } from '#domain/webhook/event.ts';
import type { Ports } from '#ports/ports.ts';
import type { WebhookDialect } from '#services/deliver-webhooks.ts';
import { webhookSecret } from '#services/webhook-secret.ts';
import { toPrediction } from './prediction.ts';

export const wavespeedWebhook = (ports: Pick<Ports, 'signer'>): WebhookDialect => ({
  schedule: WEBHOOK_SCHEDULES.wavespeed,
  compose: (task: Task, { origin }: TaskWebhook, at: Instant) => {
    const body = JSON.stringify({ ...toPrediction(task, origin), input: task.input });
    const timestamp = String(Math.floor(at / 1000));
    return {
      headers: {
        'content-type': 'application/json',
        'webhook-id': task.id,
        'webhook-timestamp': timestamp,
        'webhook-signature': signWavespeedWebhook({
          secret: webhookSecret(ports, task.apiKeyId),
          id: task.id,
          timestamp,
          body,
        }),
      },
      body: Buffer.from(body),
    };
  },
});

/** `v3,` and the hex HMAC-SHA256 of `<id>.<timestamp>.<body>`; the key is the secret's text without `whsec_`, not decoded. */
export function signWavespeedWebhook(message: {
  readonly secret: string;
  readonly id: string;
  /** Unix seconds. */
  readonly timestamp: string;
  readonly body: string;
}): string {
  const key = message.secret.replace(/^whsec_/, '');
  const signed = `${message.id}.${message.timestamp}.${message.body}`;
  return `v3,${createHmac('sha256', key).update(signed).digest('hex')}`;
}
