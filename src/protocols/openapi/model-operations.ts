/** The submits of every endpoint in the catalogue, with the schema of its input. */
import type { Endpoint } from '#catalogue/endpoint.ts';
import { ENDPOINTS } from '#catalogue/index.ts';
import { inputSchema } from '#catalogue/input-schema.ts';
import { quote } from '#catalogue/price.ts';
import { readPartialInput } from '#catalogue/read-input.ts';
import type { JsonObject } from '#domain/json.ts';
import { formatUsd } from '#domain/money.ts';
import { type ApiOperation, inHeader, inQuery, ok } from './api-operation.ts';
import { lifecycle } from './fal-schemas.ts';
import { address, flag, integer, oneOf, ref, text } from './json-schema.ts';
import { SUBMIT_ERRORS, SUBMIT_HEADERS, TASK_ERRORS } from './submit-parameters.ts';

/** `wavespeed.bytedance.seedance-2.0.image-to-video`: a name that a component may have. */
const schemaName = ({ protocol, id }: Endpoint): string => `${protocol}.${id.replaceAll('/', '.')}`;

/** The inputs by their schemas' names. */
export const modelSchemas = (): Readonly<Record<string, JsonObject>> =>
  Object.fromEntries(ENDPOINTS.map((endpoint) => [schemaName(endpoint), toSchema(endpoint)]));

export const modelOperations = (): readonly ApiOperation[] =>
  ENDPOINTS.flatMap((endpoint) =>
    endpoint.protocol === 'wavespeed' ? [wavespeedSubmit(endpoint)] : [falSubmit(endpoint), falRun(endpoint)],
  );

/** WaveSpeed's submits carry wishes about the answer beside the input. */
function toSchema(endpoint: Endpoint): JsonObject {
  const schema = inputSchema(endpoint);
  const title = `Input of ${endpoint.title}`;
  if (endpoint.protocol !== 'wavespeed') return { ...schema, title };
  return { ...schema, title, properties: { ...(schema.properties as JsonObject), ...ANSWER_WISHES } };
}

const ANSWER_WISHES: JsonObject = {
  enable_sync_mode: flag(
    'Answers with the finished prediction, or after 90 seconds with the one that goes on.',
    {
      default: false,
    },
  ),
  enable_base64_output: flag('Puts the clip itself into the answer, as a `data:` URI, in place of its URL.', {
    default: false,
  }),
  webhook_url: address('Where the end of the task is told. The query `webhook` goes before it.'),
};

function describe(endpoint: Endpoint): string {
  const { price } = quote(endpoint, readPartialInput(endpoint, {}).request);
  const aliases =
    endpoint.aliases === undefined
      ? ''
      : ` Also called ${endpoint.aliases.map((id) => `\`${id}\``).join(', ')}.`;
  return `${endpoint.description}\n\nWith every input at its default a run costs ${formatUsd(price)} USD.${aliases}`;
}

const operationId = (verb: string, { protocol, id }: Endpoint): string =>
  `${verb}_${protocol}_${id.replace(/[^A-Za-z0-9]+/g, '_')}`;

const wavespeedSubmit = (endpoint: Endpoint): ApiOperation => ({
  method: 'post',
  path: `/api/v3/${endpoint.id}`,
  tag: 'WaveSpeed: generate',
  id: operationId('submit', endpoint),
  summary: endpoint.title,
  description: describe(endpoint),
  wire: 'wavespeed',
  access: 'key',
  parameters: [inQuery('webhook', address('Where the end of the task is told.')), ...SUBMIT_HEADERS],
  body: { schema: ref(schemaName(endpoint)) },
  answers: [ok(ref('PredictionEnvelope'), 'Accepted; with `enable_sync_mode` finished.')],
  errors: SUBMIT_ERRORS,
});

const FAL_SUBMIT_PARAMETERS = [
  inQuery('fal_webhook', address('Where the end of the request is told.')),
  inQuery(
    'fal_max_queue_length',
    integer('Refuses the request with `queue_full` when more wait for the model already.', { minimum: 0 }),
  ),
  inHeader(
    'x-fal-queue-priority',
    oneOf('`low` lets all others of the account go first.', ['normal', 'low']),
  ),
  inHeader(
    'x-fal-request-timeout',
    text('Seconds within which work must have begun, or the request fails with `start_timeout`.'),
  ),
  inHeader(
    'x-fal-no-retry',
    oneOf('An engine that dies on the request ends it; otherwise it is tried again. A run never is.', [
      '1',
      'true',
      'yes',
    ]),
  ),
  inHeader('x-fal-object-lifecycle-preference', lifecycle('Of the clip.')),
  ...SUBMIT_HEADERS,
];

const falSubmit = (endpoint: Endpoint): ApiOperation => ({
  method: 'post',
  path: `/fal/queue/${endpoint.id}`,
  tag: 'fal: generate',
  id: operationId('submit', endpoint),
  summary: `${endpoint.title}: queue`,
  description: describe(endpoint),
  wire: 'fal',
  access: 'key',
  parameters: FAL_SUBMIT_PARAMETERS,
  body: { schema: ref(schemaName(endpoint)) },
  answers: [ok(ref('FalSubmitted'), 'In the queue.')],
  errors: SUBMIT_ERRORS,
});

const falRun = (endpoint: Endpoint): ApiOperation => ({
  ...falSubmit(endpoint),
  path: `/fal/run/${endpoint.id}`,
  id: operationId('run', endpoint),
  summary: `${endpoint.title}: run`,
  description: `${describe(endpoint)}\n\nAnswers when the clip is ready. A caller that hangs up gives the request up, unless it named it with \`Idempotency-Key\`.`,
  answers: [ok(ref('FalOutput'), 'The clip.')],
  errors: [...SUBMIT_ERRORS, ...TASK_ERRORS],
});
