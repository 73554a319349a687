/** For load balancers and supervisors: is the program alive, and can it reach its store? */
import type { FastifyPluginAsync } from 'fastify';
import type { HttpDependencies } from './http-dependencies.ts';

/** Any text that is no key's hash: looking it up touches the store and finds nothing. */
const NO_HASH = '';

export const healthRoutes =
  (deps: Pick<HttpDependencies, 'accounts'>): FastifyPluginAsync =>
  async (server) => {
    server.get('/healthz', async () => ({ status: 'ok' }));
    server.get('/readyz', async (request, reply) => {
      try {
        await deps.accounts.findApiKey(NO_HASH);
        return { status: 'ready' };
      } catch (error) {
        request.log.error({ err: error }, 'The store does not answer.');
        return reply.code(503).send({ status: 'unavailable', reason: 'The store does not answer.' });
      }
    });
  };
