import type { FastifyRequest } from 'fastify';
import type { RequestedWebhook } from '#services/submit-task.ts';

/** `?fal_webhook=<url>`, percent-encoded; of several the first counts. */
export function requestedWebhook(request: FastifyRequest): RequestedWebhook | undefined {
  const { fal_webhook: value } = request.query as { readonly fal_webhook?: string | readonly string[] };
  const url = typeof value === 'string' ? value : value?.[0];
  return url === undefined || url === '' ? undefined : { url, parameter: 'fal_webhook' };
}
