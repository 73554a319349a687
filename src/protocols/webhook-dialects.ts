import type { Ports } from '#ports/ports.ts';
import type { WebhookDialects } from '#services/deliver-webhooks.ts';
import { falWebhook } from './fal/fal-webhook.ts';
import { wavespeedWebhook } from './wavespeed/wavespeed-webhook.ts';

/** How each protocol tells its callers that a task has ended. */
export const webhookDialects = (ports: Pick<Ports, 'signer' | 'webhookKey'>): WebhookDialects => ({
  wavespeed: wavespeedWebhook(ports),
  fal: falWebhook(ports),
});
