/** Where a submit wants its end told: `?webhook=<url>`, or `webhook_url` in the body. */
import { AnimaticError } from '#domain/errors.ts';
import type { JsonObject } from '#domain/json.ts';
import type { RequestedWebhook } from '#services/submit-task.ts';

/** @param target Path and query as they came. @throws AnimaticError `webhook_url_refused` for a `webhook_url` that is no text. */
export function requestedWebhook(target: string, body: JsonObject): RequestedWebhook | undefined {
  const inQuery = webhookOfQuery(target);
  if (inQuery !== undefined && inQuery !== '') return { url: inQuery, parameter: 'webhook' };
  const { webhook_url: inBody = null } = body;
  if (inBody === null || inBody === '') return undefined;
  if (typeof inBody === 'string') return { url: inBody, parameter: 'webhook_url' };
  throw new AnimaticError('webhook_url_refused', '"webhook_url" must be a text that holds a URL.', {
    path: ['webhook_url'],
  });
}

/**
 * WaveSpeed's JS client 0.0.x appends the URL as it is, with its own `?`, `&` and `%`: a value that begins with a plain `https://`
 * reaches to the end of the query and is not decoded. Any other ends at the next `&`.
 */
function webhookOfQuery(target: string): string | undefined {
  const value = /^[^?]*\?(?:[^?]*&)?webhook=(.*)$/.exec(target)?.[1];
  if (value === undefined || /^https?:\/\//i.test(value)) return value;
  return new URLSearchParams(`webhook=${value}`).get('webhook') ?? undefined;
}
