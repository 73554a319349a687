/**
 * The catalogue that WaveSpeed's ComfyUI nodes read from `wavespeed.ai` before they have a key: categories, the models of one, and
 * one model with its schema. It tells what the models' pages tell everybody.
 */
import type { FastifyInstance, FastifyPluginAsync, FastifyRequest } from 'fastify';
import { endpointsOf, findEndpoint } from '#catalogue/index.ts';
import type { JsonObject } from '#domain/json.ts';
import type { HttpDependencies } from '../http/http-dependencies.ts';
import { publicOrigin } from '../http/public-origin.ts';
import { envelope } from './envelope.ts';
import { type ModelEntry, toModelEntry } from './model-entry.ts';
import { pageOf, textOf } from './request-values.ts';
import { answerWavespeedError, answerWavespeedNotFound } from './wavespeed-error.ts';

export const CENTER_PREFIX = '/center/default/api/v1/model_product';

const USUAL_PAGE_SIZE = 100;

/** To be registered under `CENTER_PREFIX`. */
export const centerRoutes =
  (deps: HttpDependencies): FastifyPluginAsync =>
  async (server: FastifyInstance) => {
    server.setErrorHandler(answerWavespeedError);
    server.setNotFoundHandler(answerWavespeedNotFound);
    const entriesFor = (request: FastifyRequest): readonly ModelEntry[] => {
      const origin = publicOrigin(request, deps);
      return endpointsOf('wavespeed').map((endpoint, index) => toModelEntry(endpoint, index, origin));
    };

    server.get('/type_statistics', async (request) => {
      const byType = Map.groupBy(entriesFor(request), ({ type }) => type);
      return envelope(Array.from(byType, ([type, { length: count }]) => ({ type, count })));
    });

    server.get('/search', async (request) => {
      const query = request.query as JsonObject;
      const { page, limit, offset } = pageOf(query, USUAL_PAGE_SIZE);
      const types = textOf(query, 'types')?.split(',');
      const fitting = entriesFor(request).filter(({ type }) => types?.includes(type) !== false);
      const items = fitting.slice(offset, offset + limit).map(toListItem);
      return envelope({ page, total: fitting.length, items });
    });

    // The id's slashes stand in the path as they are.
    server.get<{ Params: { readonly '*': string } }>('/detail/*', async (request) => {
      const { id } = findEndpoint({ protocol: 'wavespeed', id: request.params['*'] });
      const entry = entriesFor(request).find(({ model_id }) => model_id === id)!;
      return envelope(toDetail(entry));
    });
  };

/** `model_uuid` is the id with its slashes. */
const toListItem = ({ model_id, name, description, type, base_price }: ModelEntry) => ({
  model_uuid: model_id,
  model_name: name,
  model_id,
  description,
  type,
  base_price,
  cover_url: '',
});

/** `input` is the schema from which the node makes its inputs, `api_schema` tells where it submits. */
function toDetail(entry: ModelEntry) {
  const { api_schema } = entry;
  const [{ request_schema, server }] = api_schema.api_schemas;
  return {
    ...toListItem(entry),
    input: request_schema,
    api_schema,
    api_server_domain: server,
    poster: '',
    tags: [],
    categories: [],
  };
}
