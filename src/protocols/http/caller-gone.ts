/** For answers that wait: a signal that ends the wait when nobody is there to hear it, or when the server stops. */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';

const CLOSING = 'closingSignal';

/** Makes the server's stop known to waiting answers before it waits for them. */
export function markClosing(server: FastifyInstance): void {
  const closing = new AbortController();
  server.decorate(CLOSING, closing.signal);
  server.addHook('preClose', async () => closing.abort());
  // A connection whose last answer ends after closing began would be kept alive, and the close would wait for its time-out.
  server.addHook('onResponse', async () => {
    if (closing.signal.aborted) setImmediate(() => server.server.closeIdleConnections());
  });
}

/** Aborts when the caller hangs up or the server begins to close. */
export function callerGone(request: FastifyRequest, reply: FastifyReply): AbortSignal {
  const gone = new AbortController();
  if (reply.raw.closed) gone.abort();
  reply.raw.once('close', () => gone.abort());
  return AbortSignal.any([gone.signal, request.server.getDecorator<AbortSignal>(CLOSING)]);
}
