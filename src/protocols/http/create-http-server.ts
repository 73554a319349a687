/**
 * The whole HTTP surface: one Fastify instance with every protocol below its own path, and the playground at the rest. It logs one
 * line per request without headers or query (keys and signed addresses live there), answers any web page that sends a key (the
 * cookie of a session counts for our own page alone), and turns whatever escapes from a handler into an error that tells nothing
 * about the inside.
 */
import cors from '@fastify/cors';
import fastify, { type FastifyBaseLogger, type FastifyInstance, LogController } from 'fastify';
import { localUrl } from '../local-url.ts';
import { type MountOptions, mountProtocols } from '../mount-protocols.ts';
import { acceptJson } from './accept-json.ts';
import { MAX_JSON_BYTES } from './body-limits.ts';
import { markClosing } from './caller-gone.ts';
import type { HttpDependencies } from './http-dependencies.ts';
import { answerPlainError } from './plain-error.ts';

/** Longest preflight cache that browsers honour (Chromium: two hours). */
const PREFLIGHT_CACHE_SECONDS = 7200;

/** Headers that a page's script may read from an answer of another origin. */
const EXPOSED_HEADERS = [
  'x-request-id',
  'x-fal-request-id',
  'x-fal-request-timeout-type',
  'x-fal-error-type',
  'x-fal-billable-units',
  'x-fal-needs-retry',
  'x-fal-retryable',
  'content-range',
  'retry-after',
];

/** Wherever a log line holds request headers, the ones that carry secrets are blanked. */
const REDACTED_PATHS = ['headers', 'req.headers', 'err.headers', 'err.request.headers'].flatMap((place) => [
  `${place}.authorization`,
  `${place}.cookie`,
]);

export interface HttpServerOptions extends MountOptions {
  /** A pino logger or one like it; nothing is logged without. */
  readonly logger?: FastifyBaseLogger;
  /** PEM; plain HTTP is served when omitted. */
  readonly tls?: { readonly certificate: string; readonly key: string };
}

/** Does not listen yet; further routes may be added until it does. */
export async function createHttpServer(
  deps: HttpDependencies,
  options: HttpServerOptions = {},
): Promise<FastifyInstance> {
  const server = bareServer(deps, options);
  await server.register(cors, {
    origin: '*',
    methods: ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'],
    exposedHeaders: EXPOSED_HEADERS,
    maxAge: PREFLIGHT_CACHE_SECONDS,
  });
  await mountProtocols(server, deps, options);
  return server;
}

function bareServer(
  { ids }: Pick<HttpDependencies, 'ids'>,
  { logger: parentLogger, tls }: HttpServerOptions,
): FastifyInstance {
  const logger = parentLogger?.child({}, { redact: { paths: REDACTED_PATHS, censor: '[redacted]' } });
  const server: FastifyInstance = fastify({
    ...(logger === undefined ? {} : { loggerInstance: logger }),
    ...(tls === undefined ? {} : { https: { cert: tls.certificate, key: tls.key } }),
    bodyLimit: MAX_JSON_BYTES,
    // A line at the start and one at the end of every poll would bury the rest; the hook below writes one.
    logController: new LogController({ disableRequestLogging: true }),
    genReqId: () => ids.hex(16),
    rewriteUrl: localUrl,
    routerOptions: { ignoreTrailingSlash: true, maxParamLength: 500 },
  });
  acceptJson(server);
  markClosing(server);
  server.setErrorHandler(answerPlainError);
  server.addHook('onRequest', async (request, reply) => {
    reply.header('x-request-id', request.id);
    reply.header('x-content-type-options', 'nosniff');
    reply.header('referrer-policy', 'no-referrer');
  });
  server.addHook('onResponse', async (request, reply) => {
    const isPoll = request.method === 'GET' && reply.statusCode < 400;
    request.log[isPoll ? 'debug' : 'info'](
      {
        method: request.method,
        path: request.url.split('?')[0],
        status: reply.statusCode,
        durationMs: Math.round(reply.elapsedTime),
      },
      'request',
    );
  });
  return server;
}
