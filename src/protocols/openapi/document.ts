/** The whole HTTP surface as an OpenAPI 3.1 document, made from the catalogue and the descriptions of the routes beside. */
import { readFileSync } from 'node:fs';
import type { JsonObject } from '#domain/json.ts';
import { ACCOUNT_OPERATIONS, ACCOUNT_SCHEMAS } from './account-operations.ts';
import { ADMIN_OPERATIONS, ADMIN_SCHEMAS } from './admin-operations.ts';
import type { ApiOperation } from './api-operation.ts';
import { FAL_OPERATIONS } from './fal-operations.ts';
import { FAL_SCHEMAS } from './fal-schemas.ts';
import { ref } from './json-schema.ts';
import { modelOperations, modelSchemas } from './model-operations.ts';
import { type ErrorStatuses, toOpenApiOperation } from './openapi-operation.ts';
import { PLAIN_OPERATIONS } from './plain-operations.ts';
import { PLAYGROUND_OPERATIONS, PLAYGROUND_SCHEMAS } from './playground-operations.ts';
import { WAVESPEED_OPERATIONS } from './wavespeed-operations.ts';
import { WAVESPEED_SCHEMAS } from './wavespeed-schemas.ts';

const DESCRIPTION = `One server, two protocols: WaveSpeed’s v3 REST API below \`/api\`, and fal’s queue below \`/fal\`. Both make the same clips, are paid from the same account and take the same API keys.

Errors have permanent codes of this project’s own in \`error_code\`, beside what each protocol’s clients look for.`;

/** In the order in which a reader meets them. */
const TAGS: Readonly<Record<string, string>> = {
  'WaveSpeed: generate':
    'One path for every model. The answer is the new task; its result is read under its id.',
  'WaveSpeed: tasks': 'Following tasks, and the history of the account.',
  'WaveSpeed: models and prices': 'What there is, and what it costs.',
  'WaveSpeed: account': 'Balance, movements of the wallet, usage.',
  'WaveSpeed: uploads': 'Files for requests, at most 300 MiB each.',
  'fal: generate': 'Two paths for every model: through the queue, or answered with the result.',
  'fal: requests': 'Following requests of the queue.',
  'fal: files and tokens': 'Files for requests, and tokens for those who are not to have the key.',
  Files: 'Uploads and clips.',
  Catalogue:
    'What is served here, in this project’s own words, and questions about a request before it is sent.',
  'Own account': 'For every key.',
  Administration: 'For keys of role admin.',
  Playground: 'Signing in at the page.',
  Server: 'Health and documentation.',
};

/** Every operation that is documented. */
export const documentedOperations = (): readonly ApiOperation[] => [
  ...modelOperations(),
  ...WAVESPEED_OPERATIONS,
  ...FAL_OPERATIONS,
  ...PLAIN_OPERATIONS,
  ...PLAYGROUND_OPERATIONS,
  ...ACCOUNT_OPERATIONS,
  ...ADMIN_OPERATIONS,
];

/** @param statuses How each wire answers an error. */
export function openApiDocument(statuses: ErrorStatuses): JsonObject {
  const byPath = Map.groupBy(documentedOperations(), ({ path }) => path);
  const paths = [...byPath].map(([path, operations]) => [
    path,
    Object.fromEntries(
      operations.map((operation) => [operation.method, toOpenApiOperation(operation, statuses)]),
    ),
  ]);
  return {
    openapi: '3.1.0',
    info: {
      title: 'Animatic',
      version: packageVersion(),
      summary: 'Image to video, self-hosted.',
      description: DESCRIPTION,
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
    },
    jsonSchemaDialect: 'https://spec.openapis.org/oas/3.1/dialect/base',
    servers: [{ url: '/', description: 'The server that this document came from.' }],
    tags: Object.entries(TAGS).map(([name, description]) => ({ name, description })),
    paths: Object.fromEntries(paths),
    webhooks: {
      predictionEnded: webhook('wavespeedWebhook', 'A WaveSpeed task has ended', 'PredictionWebhook'),
      requestEnded: webhook('falWebhook', 'A fal request has ended', 'FalWebhook'),
    },
    components: {
      schemas: {
        ...modelSchemas(),
        ...WAVESPEED_SCHEMAS,
        ...FAL_SCHEMAS,
        ...ADMIN_SCHEMAS,
        ...ACCOUNT_SCHEMAS,
        ...PLAYGROUND_SCHEMAS,
      },
      securitySchemes: SECURITY_SCHEMES,
    },
  };
}

const SECURITY_SCHEMES: JsonObject = {
  bearerKey: { type: 'http', scheme: 'bearer', description: 'An API key: `Authorization: Bearer <key>`.' },
  falKey: {
    type: 'apiKey',
    in: 'header',
    name: 'Authorization',
    description: 'An API key as fal’s clients send it: `Authorization: Key <key>`.',
  },
  uploadSignature: {
    type: 'apiKey',
    in: 'query',
    name: 'signature',
    description: 'The query of an upload’s address, with `expires` beside it.',
  },
};

const webhook = (id: string, summary: string, schema: string): JsonObject => ({
  post: {
    operationId: id,
    summary,
    description: 'Sent to the URL that the submit named, until it is answered with any 2xx. Signed.',
    requestBody: { required: true, content: { 'application/json': { schema: ref(schema) } } },
    responses: { '2XX': { description: 'Acknowledged.' } },
  },
});

function packageVersion(): string {
  const file = new URL('../../../package.json', import.meta.url);
  const { version } = JSON.parse(readFileSync(file, 'utf8')) as { readonly version: string };
  return version;
}
