/** The secret by which a receiver checks signatures. */
import type { FastifyInstance } from 'fastify';
import { webhookSecret } from '#services/webhook-secret.ts';
import type { HttpDependencies } from '../http/http-dependencies.ts';
import { principalOf } from '../http/principal.ts';
import { envelope } from './envelope.ts';

/** Of the API key that asks: it signs what tasks submitted with the same key report. */
export function webhookRoutes(server: FastifyInstance, deps: HttpDependencies): void {
  server.get('/v3/webhook/secret', async (request) =>
    envelope({ secret: webhookSecret(deps, principalOf(request).apiKeyId) }),
  );
}
