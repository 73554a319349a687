/** `/fal/proxy` where it was called without an address that is fal's; calls with one have been sent on before any route was looked for. */
import type { FastifyInstance } from 'fastify';
import { AnimaticError } from '#domain/errors.ts';
import { TARGET_URL_HEADER } from './proxy-target.ts';

export function proxyRoutes(server: FastifyInstance): void {
  // Before a body is read: nobody has shown a key yet.
  const onRequest = async (): Promise<never> => {
    throw new AnimaticError(
      'malformed_request',
      `The header "${TARGET_URL_HEADER}" must hold the https address of fal's that is meant, as fal's client with a proxyUrl sends it.`,
    );
  };
  server.all('/proxy', { onRequest }, onRequest);
}
