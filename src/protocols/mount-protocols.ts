import type { FastifyInstance } from 'fastify';
import { ADMIN_PREFIX, adminRoutes } from './admin/admin-routes.ts';
import { FAL_PREFIX, falRoutes } from './fal/fal-routes.ts';
import { FILES_PREFIX, filesRoutes } from './http/files-routes.ts';
import { healthRoutes } from './http/health-routes.ts';
import type { HttpDependencies } from './http/http-dependencies.ts';
import type { WavespeedOptions } from './wavespeed/prediction-routes.ts';
import { WAVESPEED_PREFIX, wavespeedRoutes } from './wavespeed/wavespeed-routes.ts';

export type MountOptions = WavespeedOptions;

/** Every protocol on one port, each below its own path; all other paths stay free. */
export async function mountProtocols(
  server: FastifyInstance,
  deps: HttpDependencies,
  options: MountOptions,
): Promise<void> {
  await server.register(healthRoutes(deps));
  await server.register(filesRoutes(deps), { prefix: FILES_PREFIX });
  await server.register(wavespeedRoutes(deps, options), { prefix: WAVESPEED_PREFIX });
  await server.register(falRoutes(deps), { prefix: FAL_PREFIX });
  await server.register(adminRoutes(deps), { prefix: ADMIN_PREFIX });
}
