/**
 * What is served here, in the project's own words, and two questions about a request before it is sent. The list is for everybody;
 * the questions are for keys. Errors as in `../http/plain-error.ts`.
 *
 *     GET  /catalogue              -> { models: ModelView[], frameSizes, examples }
 *     POST /catalogue/quote        {protocol, id, input} -> { quote?: {price, exact, explanation}, faults }; what a submit would say
 *     POST /catalogue/read-prompt  {protocol, id, prompt} -> { readsPrompts, understood, notDrawn, description }
 */
import type { FastifyInstance, FastifyPluginAsync } from 'fastify';
import { type Static, Type } from 'typebox';
import { ENDPOINTS, findEndpoint } from '#catalogue/index.ts';
import { PROTOCOLS } from '#domain/endpoint-key.ts';
import type { JsonObject } from '#domain/json.ts';
import { ASPECT_RATIOS } from '#domain/media/aspect-ratio.ts';
import { frameSize, RESOLUTIONS } from '#domain/media/frame-size.ts';
import { formatUsd } from '#domain/money.ts';
import { checkRequest } from '#services/check-request.ts';
import { MAX_INPUT_BYTES } from '../http/body-limits.ts';
import type { HttpDependencies } from '../http/http-dependencies.ts';
import { answerPlainNotFound } from '../http/plain-error.ts';
import { principalOf, requirePrincipal } from '../http/principal.ts';
import { toModelView } from './model-view.ts';

export const CATALOGUE_PREFIX = '/catalogue';

/** A picture that every installation has, to try a model with. */
export interface ExampleStill {
  readonly title: string;
  readonly imageUrlPath: string;
  readonly prompt: string;
}

const Endpoint = { protocol: Type.Enum([...PROTOCOLS]), id: Type.String() };
const QuoteRequest = Type.Object({ ...Endpoint, input: Type.Record(Type.String(), Type.Unknown()) });
const PromptRequest = Type.Object({ ...Endpoint, prompt: Type.String({ maxLength: 20_000 }) });

/** To be registered under `CATALOGUE_PREFIX`. */
export const catalogueRoutes =
  (deps: HttpDependencies, examples: readonly ExampleStill[]): FastifyPluginAsync =>
  async (server) => {
    server.setNotFoundHandler(answerPlainNotFound);
    server.get('/', async () => ({
      models: ENDPOINTS.map((endpoint) => toModelView(endpoint, deps.engines.routeOf(endpoint)[0].engine)),
      frameSizes: FRAME_SIZES,
      examples,
    }));
    await server.register(async (behindKey) => {
      requirePrincipal(behindKey, deps);
      questions(behindKey, deps);
    });
  };

function questions(server: FastifyInstance, deps: HttpDependencies): void {
  server.post<{ Body: Static<typeof QuoteRequest> }>(
    '/quote',
    { schema: { body: QuoteRequest }, bodyLimit: MAX_INPUT_BYTES },
    async (request) => {
      const { protocol, id, input } = request.body;
      const { quote, faults } = checkRequest(deps, {
        key: { protocol, id },
        accountId: principalOf(request).accountId,
        body: input as JsonObject,
      });
      return {
        ...(quote === undefined ? {} : { quote: { ...quote, price: formatUsd(quote.price) } }),
        faults,
      };
    },
  );

  server.post<{ Body: Static<typeof PromptRequest> }>(
    '/read-prompt',
    { schema: { body: PromptRequest } },
    async ({ body }) => {
      const { readPrompt } = deps.engines.routeOf(findEndpoint(body))[0].engine;
      return readPrompt === undefined
        ? { readsPrompts: false, understood: [], notDrawn: [], description: [] }
        : { readsPrompts: true, ...readPrompt(body.prompt) };
    },
  );
}

/** Width and height in pixels by resolution and ratio. */
const FRAME_SIZES = Object.fromEntries(
  RESOLUTIONS.map((resolution) => [
    resolution,
    Object.fromEntries(
      ASPECT_RATIOS.map((ratio) => {
        const { width, height } = frameSize(resolution, ratio);
        return [ratio, [width, height]];
      }),
    ),
  ]),
);
