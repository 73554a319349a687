/** WaveSpeed's v3 API but for the submits. */
import type { JsonObject } from '#domain/json.ts';
import { type ApiOperation, type ApiParameter, inPath, inQuery, ok } from './api-operation.ts';
import { decimal, flag, integer, list, object, oneOf, ref, text } from './json-schema.ts';
import { enveloped } from './wavespeed-schemas.ts';

type Described = Omit<ApiOperation, 'wire' | 'access' | 'tag'> & Partial<Pick<ApiOperation, 'access'>>;

const of = (tag: string, operations: readonly Described[]): readonly ApiOperation[] =>
  operations.map((operation) => ({
    access: 'key',
    ...operation,
    wire: 'wavespeed',
    tag: `WaveSpeed: ${tag}`,
  }));

const ID = inPath('id', text('Of the task.'));

const PAGE = {
  page: integer('Numbered from 1.', { minimum: 1, default: 1 }),
  page_size: integer('Items on a page.', { minimum: 1, maximum: 100 }),
};

const pageOf = (item: JsonObject): JsonObject =>
  enveloped(object({ page: integer('This one.'), total: integer('Items on all pages.'), items: list(item) }));

const time = (what: string): JsonObject => text(`${what}: RFC 3339, or milliseconds since 1970.`);

const HISTORY_FILTER = {
  ...PAGE,
  status: oneOf('Only these.', [
    'created',
    'processing',
    'completed',
    'failed',
    'cancelled',
    'timeout',
    'deleted',
  ]),
  model: text('Only of this endpoint.'),
  created_after: time('The first moment; seven days ago when omitted'),
  created_before: time('The moment after the last'),
  include_inputs: flag('Adds each task’s input.', { default: false }),
};

const BILLING_FILTER = {
  ...PAGE,
  billing_type: oneOf('Only these.', ['deduct', 'refund', 'recharge']),
  prediction_uuids: list(text('Id of a task.'), 'Only of these tasks.'),
  model_uuid: text('Only of this endpoint.'),
  access_key_uuid: text('Only of this API key.'),
  start_time: time('The first moment'),
  end_time: time('The moment after the last'),
  sort: text('`... asc` for the oldest first.'),
};

const USAGE_FILTER = {
  model_uuid: text('Only of this endpoint.'),
  start_time: time('The first moment; 31 days before the end when omitted'),
  end_time: time('The moment after the last; now when omitted'),
};

const asQuery = (filter: Readonly<Record<string, JsonObject>>): readonly ApiParameter[] =>
  Object.entries(filter).map(([name, schema]) => inQuery(name, schema));

const asBody = (filter: Readonly<Record<string, JsonObject>>) => ({
  schema: object(filter, { optional: Object.keys(filter) }),
  isOptional: true,
});

const BILLINGS = enveloped(
  object({
    page: integer('This one.'),
    total: integer('Movements on all pages.'),
    has_more: flag('Whether another page follows.'),
    items: list(ref('Billing')),
  }),
);

const QUOTE_BODY = {
  schema: object(
    {
      model_id: text('The endpoint.'),
      inputs: { type: ['object', 'null'], description: 'May be incomplete; defaults stand in.' },
    },
    { optional: ['inputs'] },
  ),
};
const QUOTE_ERRORS = ['missing_parameter', 'invalid_parameter', 'unknown_endpoint'] as const;

const RESULT = {
  answers: [ok(ref('PredictionEnvelope'), 'As it stands now.')],
  parameters: [ID],
  errors: ['not_found'],
} as const;

const FORM = {
  type: 'multipart/form-data',
  schema: object({
    file: { type: 'string', contentMediaType: 'application/octet-stream', description: 'At most 300 MiB.' },
  }),
};
const UPLOAD_FORM = {
  body: FORM,
  answers: [ok(enveloped(ref('Upload')), 'Stored.')],
  errors: ['missing_parameter', 'payload_too_large'],
} as const;

const predictions = of('tasks', [
  {
    method: 'get',
    path: '/api/v3/predictions/{id}/result',
    id: 'getResult',
    summary: 'Read a task and its result',
    ...RESULT,
  },
  {
    method: 'get',
    path: '/api/v3/predictions/{id}',
    id: 'getPrediction',
    summary: 'Read a task and its result (short path)',
    ...RESULT,
  },
  {
    method: 'get',
    path: '/api/v2/predictions/{id}/result',
    id: 'getResultV2',
    summary: 'Read a task and its result (v2)',
    isDeprecated: true,
    ...RESULT,
  },
  {
    method: 'delete',
    path: '/api/v3/predictions/{id}',
    id: 'cancelPrediction',
    summary: 'Cancel a task',
    description: 'One that waits ends at once; one that runs is stopped. Nothing is charged for either.',
    parameters: [ID],
    answers: [ok(enveloped(object({ id: text('Of the task.'), status: text('`deleted`.') })), 'Asked for.')],
    errors: ['not_found', 'already_finished'],
  },
  {
    method: 'post',
    path: '/api/v3/predictions',
    id: 'searchPredictions',
    summary: 'List tasks, newest first',
    body: asBody(HISTORY_FILTER),
    answers: [ok(pageOf(ref('PredictionItem')), 'A page.')],
    errors: ['invalid_parameter'],
  },
  {
    method: 'get',
    path: '/api/v3/predictions',
    id: 'listPredictions',
    summary: 'List tasks, asked by query',
    parameters: asQuery(HISTORY_FILTER),
    answers: [ok(pageOf(ref('PredictionItem')), 'A page.')],
    errors: ['invalid_parameter'],
  },
  {
    method: 'post',
    path: '/api/v3/predictions/delete',
    id: 'deletePredictions',
    summary: 'Delete tasks and their files for good',
    description: 'Unfinished ones are cancelled. Ids that name nothing of the account count for nothing.',
    body: { schema: object({ ids: { ...list(text('Of a task.')), minItems: 1, maxItems: 1000 } }) },
    answers: [ok(enveloped(object({ deleted_count: integer('Deleted just now.') })))],
    errors: ['invalid_parameter'],
  },
]);

const models = of('models and prices', [
  {
    method: 'get',
    path: '/api/v3/models',
    id: 'listModels',
    summary: 'List the models',
    answers: [ok(enveloped(list(ref('Model'))), 'Every endpoint of this protocol.')],
  },
  {
    method: 'post',
    path: '/api/v3/model/price',
    id: 'quotePrice',
    summary: 'What a run would cost',
    body: QUOTE_BODY,
    answers: [ok(enveloped(ref('Quote')), 'Free of charge.')],
    errors: QUOTE_ERRORS,
  },
  {
    method: 'post',
    path: '/api/v3/model/pricing',
    id: 'quotePricing',
    summary: 'What a run would cost (older path)',
    isDeprecated: true,
    body: QUOTE_BODY,
    answers: [ok(enveloped(ref('Quote')), 'Free of charge.')],
    errors: QUOTE_ERRORS,
  },
]);

const center = of('models and prices', [
  {
    method: 'get',
    path: '/center/default/api/v1/model_product/type_statistics',
    id: 'countModelTypes',
    summary: 'The kinds of model, counted',
    access: 'anybody',
    answers: [
      ok(enveloped(list(object({ type: text('Such as `image-to-video`.'), count: integer('Models.') })))),
    ],
  },
  {
    method: 'get',
    path: '/center/default/api/v1/model_product/search',
    id: 'searchModels',
    summary: 'The models of some kinds',
    access: 'anybody',
    parameters: asQuery({ ...PAGE, types: text('Kinds, separated by commas; all when omitted.') }),
    answers: [
      ok(pageOf({ type: 'object', description: 'Id, name, description, kind and price.' }), 'A page.'),
    ],
    errors: ['invalid_parameter'],
  },
  {
    method: 'get',
    path: '/center/default/api/v1/model_product/detail/{model_id}',
    id: 'getModel',
    summary: 'One model with its input schema',
    description: 'The slashes of the id stand in the path as they are.',
    access: 'anybody',
    parameters: [inPath('model_id', text('The endpoint.'))],
    answers: [ok(enveloped({ type: 'object', description: 'The model; `input` is its schema.' }))],
    errors: ['unknown_endpoint'],
  },
]);

const account = of('account', [
  {
    method: 'get',
    path: '/api/v3/balance',
    id: 'getBalance',
    summary: 'What is left to spend',
    answers: [ok(enveloped(object({ balance: decimal('USD.') })))],
  },
  {
    method: 'get',
    path: '/api/v3/account/balance',
    id: 'getAccountBalance',
    summary: 'What is left to spend, with its currency',
    answers: [ok(enveloped(object({ balance: decimal('USD.'), currency: text('`USD`.') })))],
  },
  {
    method: 'post',
    path: '/api/v3/billings/search',
    id: 'searchBillings',
    summary: 'Movements of the wallet',
    body: asBody(BILLING_FILTER),
    answers: [ok(BILLINGS, 'A page.')],
    errors: ['invalid_parameter'],
  },
  {
    method: 'get',
    path: '/api/v3/account/billings',
    id: 'listBillings',
    summary: 'Movements of the wallet, asked by query',
    parameters: asQuery(BILLING_FILTER),
    answers: [ok(BILLINGS, 'A page.')],
    errors: ['invalid_parameter'],
  },
  {
    method: 'post',
    path: '/api/v3/user/usage_stats',
    id: 'searchUsage',
    summary: 'What runs cost, by model and day',
    body: asBody(USAGE_FILTER),
    answers: [ok(enveloped(ref('Usage')))],
    errors: ['invalid_parameter'],
  },
  {
    method: 'get',
    path: '/api/v3/account/usage',
    id: 'listUsage',
    summary: 'What runs cost, by model and day, asked by query',
    parameters: asQuery(USAGE_FILTER),
    answers: [ok(enveloped(ref('Usage')))],
    errors: ['invalid_parameter'],
  },
  {
    method: 'get',
    path: '/api/v3/webhook/secret',
    id: 'getWebhookSecret',
    summary: 'The secret that signs this key’s webhooks',
    answers: [ok(enveloped(object({ secret: text('`whsec_` and what follows it.') })))],
  },
]);

const uploads = of('uploads', [
  {
    method: 'post',
    path: '/api/v3/media/uploads',
    id: 'createUpload',
    summary: 'Get an address to upload a file to',
    body: {
      schema: object(
        {
          filename: text('Its ending tells the content type where none is given.'),
          size: integer('Bytes, at most 300 MiB.', { minimum: 0 }),
          content_type: text('Such as `image/png`.'),
        },
        { optional: ['content_type'] },
      ),
    },
    answers: [ok(enveloped(ref('UploadTicket')), 'PUT the bytes to `upload.url`.')],
    errors: ['missing_parameter', 'invalid_parameter', 'payload_too_large'],
  },
  {
    method: 'post',
    path: '/api/v3/media/upload/binary',
    id: 'uploadFile',
    summary: 'Upload a file as a form',
    ...UPLOAD_FORM,
  },
  {
    method: 'post',
    path: '/api/v2/media/upload/binary',
    id: 'uploadFileV2',
    summary: 'Upload a file as a form (v2)',
    isDeprecated: true,
    ...UPLOAD_FORM,
  },
  {
    method: 'post',
    path: '/api/v3/upload',
    id: 'uploadFileShort',
    summary: 'Upload a file as a form (short path)',
    isDeprecated: true,
    ...UPLOAD_FORM,
  },
]);

export const WAVESPEED_OPERATIONS: readonly ApiOperation[] = [
  ...predictions,
  ...models,
  ...center,
  ...account,
  ...uploads,
];
