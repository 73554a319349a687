/**
 * fal's four hosts by path: `/fal/run` (fal.run), `/fal/queue` (queue.fal.run), `/fal/rest` (rest.fal.ai) and `/fal/cdn` (v3.fal.media), as
 * the public clients use them, and `/fal/proxy` for all of them at once. All of it needs a key, in places a token instead, and every
 * answer carries `x-fal-request-id`: clients read it from results, and take an error without it for a gateway's.
 */
import type { FastifyPluginAsync, FastifyRequest } from 'fastify';
import type { HttpDependencies } from '../http/http-dependencies.ts';
import { requirePrincipal, type TokenRule } from '../http/principal.ts';
import { cdnRoutes } from './cdn-routes.ts';
import { answerFalError, answerFalNotFound } from './fal-error.ts';
import { proxyRoutes } from './proxy-routes.ts';
import { queueRoutes } from './queue-routes.ts';
import { REQUEST_ID_HEADER } from './request-id-header.ts';
import { appOf } from './request-path.ts';
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
    proxyRoutes(server);
    await server.register(async (apps) => {
      requirePrincipal(apps, deps, appTokenRule);
      queueRoutes(apps, deps);
      runRoutes(apps, deps);
    });
    await server.register(async (rest) => {
      requirePrincipal(rest, deps);
      storageRoutes(rest, deps);
    });
    await server.register(async (cdn) => {
      requirePrincipal(cdn, deps, () => ({ scopes: ['upload'] }));
      cdnRoutes(cdn, deps);
    });
  };

/** A token is good for the apps it names: by their alias, as fal's clients name them, or by owner and alias. */
function appTokenRule(request: FastifyRequest): TokenRule {
  const { '*': path } = request.params as { readonly '*': string };
  const { fal_jwt_token: token } = request.query as { readonly fal_jwt_token?: string };
  const app = appOf(path);
  return { scopes: [`app:${app.slice(app.lastIndexOf('/') + 1)}`, `app:${app}`], token };
}
