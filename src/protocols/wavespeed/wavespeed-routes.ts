/**
 * WaveSpeed's v3 REST API, as its public clients use it, below `/api` (with the `/api/v2` paths that some still call). All of it needs
 * a key.
 */
import type { FastifyPluginAsync } from 'fastify';
import type { HttpDependencies } from '../http/http-dependencies.ts';
import { requirePrincipal } from '../http/principal.ts';
import { billingRoutes } from './billing-routes.ts';
import { historyRoutes } from './history-routes.ts';
import { modelRoutes } from './model-routes.ts';
import { predictionRoutes, type WavespeedOptions } from './prediction-routes.ts';
import { uploadRoutes } from './upload-routes.ts';
import { answerWavespeedError, answerWavespeedNotFound } from './wavespeed-error.ts';
import { webhookRoutes } from './webhook-routes.ts';

export const WAVESPEED_PREFIX = '/api';

/** To be registered under `WAVESPEED_PREFIX`. */
export const wavespeedRoutes =
  (deps: HttpDependencies, options: WavespeedOptions = {}): FastifyPluginAsync =>
  async (server) => {
    server.setErrorHandler(answerWavespeedError);
    server.setNotFoundHandler(answerWavespeedNotFound);
    requirePrincipal(server, deps);
    modelRoutes(server, deps);
    predictionRoutes(server, deps, options);
    historyRoutes(server, deps);
    billingRoutes(server, deps);
    webhookRoutes(server, deps);
    await uploadRoutes(server, deps);
  };
