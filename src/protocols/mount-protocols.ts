import type { FastifyInstance } from 'fastify';
import { ADMIN_PREFIX, adminRoutes } from './admin/admin-routes.ts';
import { apiDocument } from './api-document.ts';
import { FAL_PREFIX, falRoutes } from './fal/fal-routes.ts';
import { webhookKeyRoutes } from './fal/webhook-key-routes.ts';
import { FILES_PREFIX, filesRoutes } from './http/files-routes.ts';
import { healthRoutes } from './http/health-routes.ts';
import type { HttpDependencies } from './http/http-dependencies.ts';
import { MultipartUploads } from './http/multipart-uploads.ts';
import { openapiRoutes } from './openapi/openapi-routes.ts';
import { CENTER_PREFIX, centerRoutes } from './wavespeed/center-routes.ts';
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
  await server.register(openapiRoutes(apiDocument()));
  const uploads = new MultipartUploads(deps);
  await server.register(filesRoutes(deps, uploads), { prefix: FILES_PREFIX });
  // The host of fal's files has them beside what it takes.
  await server.register(filesRoutes(deps, uploads), { prefix: `${FAL_PREFIX}/cdn${FILES_PREFIX}` });
  await server.register(wavespeedRoutes(deps, options), { prefix: WAVESPEED_PREFIX });
  await server.register(centerRoutes(deps), { prefix: CENTER_PREFIX });
  await server.register(falRoutes(deps, uploads), { prefix: FAL_PREFIX });
  await server.register(webhookKeyRoutes(deps), { prefix: FAL_PREFIX });
  await server.register(adminRoutes(deps), { prefix: ADMIN_PREFIX });
}
