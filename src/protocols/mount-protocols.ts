import type { FastifyInstance } from 'fastify';
import { ACCOUNT_PREFIX, accountRoutes } from './account/account-routes.ts';
import { ADMIN_PREFIX, adminRoutes } from './admin/admin-routes.ts';
import { apiDocument } from './api-document.ts';
import { CATALOGUE_PREFIX, catalogueRoutes, type ExampleStill } from './catalogue/catalogue-routes.ts';
import { FAL_PREFIX, falRoutes } from './fal/fal-routes.ts';
import { webhookKeyRoutes } from './fal/webhook-key-routes.ts';
import { FILES_PREFIX, filesRoutes } from './http/files-routes.ts';
import { healthRoutes } from './http/health-routes.ts';
import type { HttpDependencies } from './http/http-dependencies.ts';
import { openapiRoutes } from './openapi/openapi-routes.ts';
import { playgroundRoutes } from './playground/playground-routes.ts';
import { SESSION_PREFIX, sessionRoutes } from './session/session-routes.ts';
import { CENTER_PREFIX, centerRoutes } from './wavespeed/center-routes.ts';
import type { WavespeedOptions } from './wavespeed/prediction-routes.ts';
import { WAVESPEED_PREFIX, wavespeedRoutes } from './wavespeed/wavespeed-routes.ts';

export interface MountOptions extends WavespeedOptions {
  /** Pictures that this installation offers to try a model with; none when omitted. */
  readonly examples?: readonly ExampleStill[];
  /** Absolute path of the playground's build. When omitted, all paths but those of the protocols stay free. */
  readonly playgroundFolder?: string;
}

/** Every protocol on one port, each below its own path, and the playground at the rest. */
export async function mountProtocols(
  server: FastifyInstance,
  deps: HttpDependencies,
  options: MountOptions,
): Promise<void> {
  await server.register(healthRoutes(deps));
  await server.register(openapiRoutes(apiDocument()));
  await server.register(filesRoutes(deps), { prefix: FILES_PREFIX });
  // The host of fal's files has them beside what it takes.
  await server.register(filesRoutes(deps), { prefix: `${FAL_PREFIX}/cdn${FILES_PREFIX}` });
  await server.register(wavespeedRoutes(deps, options), { prefix: WAVESPEED_PREFIX });
  await server.register(centerRoutes(deps), { prefix: CENTER_PREFIX });
  await server.register(falRoutes(deps), { prefix: FAL_PREFIX });
  await server.register(webhookKeyRoutes(deps), { prefix: FAL_PREFIX });
  await server.register(adminRoutes(deps), { prefix: ADMIN_PREFIX });
  await server.register(accountRoutes(deps), { prefix: ACCOUNT_PREFIX });
  await server.register(catalogueRoutes(deps, options.examples ?? []), { prefix: CATALOGUE_PREFIX });
  await server.register(sessionRoutes(deps), { prefix: SESSION_PREFIX });
  if (options.playgroundFolder !== undefined)
    await server.register(playgroundRoutes(options.playgroundFolder));
}
