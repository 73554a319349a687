/**
 * fal's three hosts by path: `/fal/run` (fal.run), `/fal/queue` (queue.fal.run) and `/fal/rest` (rest.fal.ai), as the public clients use
 * them. All of it needs a key, and every answer carries `x-fal-request-id`: clients read it from results, and take an error
 * without it for a gateway's.
 */
import type { FastifyPluginAsync } from 'fastify';
import type { HttpDependencies } from '../http/http-dependencies.ts';
import { requirePrincipal } from '../http/principal.ts';
import { answerFalError, answerFalNotFound } from './fal-error.ts';
import { queueRoutes } from './queue-routes.ts';
import { REQUEST_ID_HEADER } from './request-id-header.ts';
import { runRoutes } from './run-routes.ts';
import { storageRoutes } from './storage-routes.ts';

export const FAL_PREFIX = '/fal';

/** To be registered under `FAL_PREFIX`. */
export const falRoutes =
  (deps: HttpDependencies): FastifyPluginAsync =>
  async (server) => {
    server.setErrorHandler(answerFalError);
    server.setNotFoundHandler(answerFalNotFound);
    // Until the task's own id is known.
    server.addHook('onRequest', async (request, reply) => {
      reply.header(REQUEST_ID_HEADER, request.id);
    });
    requirePrincipal(server, deps);
    queueRoutes(server, deps);
    runRoutes(server, deps);
    storageRoutes(server, deps);
  };
