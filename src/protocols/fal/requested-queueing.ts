/** What fal's headers and query say about a request's place in the queue. */
import type { FastifyRequest } from 'fastify';
import { AnimaticError } from '#domain/errors.ts';
import type { Queueing } from '#services/submit-task.ts';

/** Shorter deadlines cannot be met; fal's own bound. */
const SHORTEST_START_SECONDS = 0.1;

/** `x-fal-no-retry` in the words that fal takes for yes. */
export const isTriedOnce = ({ headers }: Pick<FastifyRequest, 'headers'>): boolean =>
  /^(?:1|true|yes)$/i.test(String(headers['x-fal-no-retry'] ?? ''));

/**
 * `x-fal-queue-priority` is `low` or anything else for normal, `x-fal-request-timeout` counts seconds until work must have begun,
 * `fal_max_queue_length` is how many waiting requests of the endpoint the caller would join at most.
 * @throws AnimaticError `malformed_request` for a number that is none.
 */
export function requestedQueueing({ headers, query }: Pick<FastifyRequest, 'headers' | 'query'>): Queueing {
  const timeout = headers['x-fal-request-timeout'];
  const { fal_max_queue_length: length } = query as { readonly fal_max_queue_length?: unknown };
  return {
    priority: headers['x-fal-queue-priority'] === 'low' ? 'low' : 'normal',
    ...(timeout === undefined ? {} : { startWithinMs: Math.round(startSeconds(timeout) * 1000) }),
    ...(length === undefined ? {} : { mostWaiting: queueLength(length) }),
  };
}

function startSeconds(text: unknown): number {
  const seconds = Number(text);
  if (Number.isFinite(seconds) && seconds > SHORTEST_START_SECONDS) return seconds;
  throw new AnimaticError(
    'malformed_request',
    `The header "x-fal-request-timeout" must be a number of seconds above ${SHORTEST_START_SECONDS}; "${text}" was sent.`,
  );
}

function queueLength(text: unknown): number {
  if (typeof text === 'string' && /^\d{1,9}$/.test(text)) return Number(text);
  throw new AnimaticError(
    'malformed_request',
    `"fal_max_queue_length" must be a whole number, 0 or more; "${text}" was sent.`,
  );
}
