/** WaveSpeed's answers. */
import { ERROR_CODES } from '#domain/errors.ts';
import type { JsonObject } from '#domain/json.ts';
import { address, decimal, flag, integer, list, moment, object, oneOf, ref, text } from './json-schema.ts';

export const enveloped = (data: JsonObject): JsonObject =>
  object({ code: integer('Always 200.', { const: 200 }), message: text('Always `success`.'), data });

const usd = (what: string): JsonObject => decimal(`${what}, in USD.`);

const PREDICTION: Readonly<Record<string, JsonObject>> = {
  id: text('Of the task.', { pattern: '^[0-9a-f]{32}$' }),
  model: text('The endpoint.'),
  status: oneOf('`completed` and `failed` are final; a cancelled task is `failed`.', [
    'created',
    'processing',
    'completed',
    'failed',
  ]),
  outputs: list(text('URL of the clip, ending in `.mp4`, or a `data:` URI where that was asked for.')),
  urls: object({ get: address('Of the result.') }),
  has_nsfw_contents: list(flag('Never given: this server makes no such verdicts.')),
  created_at: moment('Of the submit.'),
  error: text('Empty when there is none.'),
  code: integer(
    'Of the failure; 0 when there is none. 1200 is moderation, 1xxx means change the request, 5xxx try again later.',
  ),
  timings: object({ inference: integer('Milliseconds from the first start of the work to its end.') }),
  executionTime: integer('The same once more.'),
  seed: integer('In use, also when none was given.'),
};

const MODEL = object({
  model_id: text('What the submit names.'),
  name: text('The same.'),
  description: text('One sentence.'),
  type: text('Such as `image-to-video`.'),
  base_price: usd('A run with every input at its default'),
  sort_order: integer('Ascending.'),
  formula: text('The price as a JSONata expression of the inputs.'),
  api_schema: { type: 'object', description: 'The input as JSON Schema, and where it is submitted.' },
});

const BILLING = object(
  {
    uuid: text('Of the movement.'),
    billing_type: oneOf('A hold, what came back of it, or credit.', ['deduct', 'refund', 'recharge']),
    price: usd('Amount'),
    created_at: moment('Of the movement.'),
    updated_at: moment('The same.'),
    access_key_id: text('Of the API key that submitted.'),
    access_key_uuid: text('The same.'),
    access_key_name: text('Of the API key.'),
    order: { type: 'object', description: 'What the task costs, and whether that is final (`done`).' },
    prediction: { type: 'object', description: 'The task: `uuid`, `model_uuid`, `status`.' },
  },
  { optional: ['access_key_id', 'access_key_uuid', 'access_key_name', 'order', 'prediction'] },
);

const UPLOAD = {
  type: oneOf('What the file is by its content type.', ['image', 'video', 'audio', 'file']),
  download_url: address('To name in requests.'),
  filename: text('As it is kept.'),
  size: integer('Bytes.'),
};

export const WAVESPEED_SCHEMAS: Readonly<Record<string, JsonObject>> = {
  Prediction: object(PREDICTION),
  PredictionEnvelope: enveloped(ref('Prediction')),
  PredictionWebhook: object({
    ...PREDICTION,
    input: { type: 'object', description: 'As it was validated, inline files replaced by their URLs.' },
  }),
  PredictionItem: object(
    {
      ...PREDICTION,
      execution_time: integer('`executionTime` again.'),
      inputs: { type: 'object', description: 'Where `include_inputs` asked for them.' },
    },
    { optional: ['inputs'] },
  ),
  Model: MODEL,
  Quote: object({
    model_id: text('The endpoint.'),
    price: usd('The most that the run can cost'),
    discounted_price: usd('The same'),
    discount_rate: integer('Percent of the price that is paid.'),
    unit_price: usd('The same'),
    currency: text('`USD`.'),
  }),
  Billing: BILLING,
  Usage: object({
    per_model_usage: list({ type: 'object' }, 'By model: average, sum, number and last use.'),
    daily_usage: list({ type: 'object' }, 'By day, and within it by model.'),
    summary: object({
      total_cost: usd('Sum'),
      total_requests: integer('Submitted.'),
      success_requests: integer('Completed.'),
    }),
  }),
  Upload: object({ ...UPLOAD, url: address('The same as `download_url`.') }),
  UploadTicket: object({
    ...UPLOAD,
    upload: object({
      method: text('`PUT`.'),
      url: address('With its permission in the query; needs no key.'),
      headers: { type: 'object', description: 'To be sent along.', additionalProperties: { type: 'string' } },
      expires_at: moment('Of the permission.'),
    }),
  }),
  WavespeedError: object({
    code: integer('The HTTP status.'),
    message: text('What happened, why, and what to do.'),
    error: text('The same.'),
    error_code: oneOf('Permanent.', Object.keys(ERROR_CODES)),
  }),
};
