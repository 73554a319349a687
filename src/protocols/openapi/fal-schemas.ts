/** fal's answers, and what its headers hold. */
import { ERROR_CODES } from '#domain/errors.ts';
import type { JsonObject } from '#domain/json.ts';
import { address, integer, list, moment, object, oneOf, ref, text } from './json-schema.ts';

const FOLLOWED = {
  request_id: text('Of the request.', { pattern: '^[0-9a-f]{32}$' }),
  response_url: address('Of the result.'),
  status_url: address('Of the status.'),
  cancel_url: address('To PUT to.'),
};

/** Of the headers that say how long a file lives and who may read it. */
export const lifecycle = (whose: string): JsonObject =>
  text(
    `${whose} JSON: \`{"expiration_duration_seconds": 3600, "initial_acl": {"default": "hide", "rules": [{"user": "<account id>", "decision": "allow"}]}}\`, each part optional. Decisions are \`allow\`, \`forbid\` (403) and \`hide\` (404); the owner's key always reads.`,
  );

const LOGS = {
  type: ['array', 'null'],
  description: 'Null unless asked for by `logs`.',
  items: object({
    message: text('One line.'),
    timestamp: moment('When it was written.'),
    level: oneOf('Its weight.', ['DEBUG', 'INFO', 'WARN', 'ERROR']),
    source: text('`USER`.'),
  }),
};

const FAULT = object(
  {
    loc: list({ type: ['string', 'integer'] }, 'Where: `["body", "image_urls", 1]`.'),
    msg: text('What is wrong.'),
    type: text('Its kind, such as `missing` or `content_policy_violation`.'),
    ctx: { type: 'object', description: 'The limit that was broken.' },
    input: { description: 'The value at fault, where it is short.' },
    url: address('fal’s page about the kind.'),
  },
  { optional: ['ctx', 'input', 'url'] },
);

export const FAL_SCHEMAS: Readonly<Record<string, JsonObject>> = {
  FalSubmitted: object({
    status: text('`IN_QUEUE`.'),
    ...FOLLOWED,
    queue_position: integer('How many go before it.', { minimum: 0 }),
  }),
  FalStatus: object(
    {
      status: oneOf('A failed or cancelled request is `COMPLETED`, with an `error`.', [
        'IN_QUEUE',
        'IN_PROGRESS',
        'COMPLETED',
      ]),
      ...FOLLOWED,
      queue_position: integer('Of one in the queue.', { minimum: 0 }),
      logs: LOGS,
      metrics: object({ inference_time: { type: ['number', 'null'], description: 'Seconds.' } }),
      error: text('Of a request that failed.'),
      error_type: text('Its kind.'),
    },
    { optional: ['queue_position', 'logs', 'metrics', 'error', 'error_type'] },
  ),
  FalOutput: object({
    video: object({
      url: address('Of the clip.'),
      content_type: text('`video/mp4`.'),
      file_name: text('Of the clip.'),
      file_size: integer('Bytes.'),
    }),
    seed: integer('In use, also when none was given.'),
  }),
  FalWebhook: object(
    {
      request_id: text('Of the request.'),
      gateway_request_id: text('The same.'),
      status: oneOf('How it ended.', ['OK', 'ERROR']),
      error: text('With `ERROR`: such as `Invalid status code: 422`.'),
      payload: { anyOf: [ref('FalOutput'), ref('FalError')], description: 'What the result answers.' },
    },
    { optional: ['error'] },
  ),
  FalError: object(
    {
      status: oneOf('Of look-ups that find nothing to do.', ['NOT_FOUND', 'ALREADY_COMPLETED']),
      detail: {
        description: 'Faults of the input one by one; of anything else a text.',
        anyOf: [{ type: 'string' }, list(FAULT)],
      },
      error_type: text('The kind, where `detail` is a text.'),
      message: text('What happened, why, and what to do.'),
      error_code: oneOf('This project’s own code: permanent.', Object.keys(ERROR_CODES)),
      error: object({ message: text('The message again.'), code: integer('The HTTP status.') }),
    },
    { optional: ['status', 'error_type'] },
  ),
  FalStillRunning: object({ detail: text('`Request is still in progress`.') }),
};
