/**
 * The keys by which receivers check fal's webhooks, below `/fal/rest` as `rest.fal.ai` has them. For everybody: a receiver has no API
 * key, and a public key is no secret.
 */
import type { FastifyPluginAsync } from 'fastify';
import type { HttpDependencies } from '../http/http-dependencies.ts';

/** Receivers keep the keys for up to a day; an hour lets a new key become known sooner. */
const CACHE_SECONDS = 3600;

export const webhookKeyRoutes =
  ({ webhookKey }: Pick<HttpDependencies, 'webhookKey'>): FastifyPluginAsync =>
  async (server) => {
    server.get('/rest/.well-known/jwks.json', async (_request, reply) =>
      reply
        .header('cache-control', `public, max-age=${CACHE_SECONDS}`)
        .send({ keys: [webhookKey.publicKey] }),
    );
  };
