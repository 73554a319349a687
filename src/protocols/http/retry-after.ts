import type { FastifyReply } from 'fastify';
import type { ErrorDetails } from '#domain/errors.ts';

/** Tells when asking again can help (RFC 9110 section 10.2.3), where the error knows. */
export function setRetryAfter(
  reply: FastifyReply,
  error: { readonly details?: ErrorDetails | undefined },
): void {
  const seconds = error.details?.retryAfterSeconds;
  if (typeof seconds === 'number') reply.header('retry-after', seconds);
}
