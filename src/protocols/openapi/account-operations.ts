/** The own account: what every key may see and do, whichever protocol a run came by. Money is exact decimal USD text. */
import { ERROR_CODES } from '#domain/errors.ts';
import type { JsonObject } from '#domain/json.ts';
import { LOG_LEVELS } from '#domain/task/task.ts';
import { TASK_STATES } from '#domain/task/task-state.ts';
import { WEBHOOK_STATES } from '#domain/webhook/event.ts';
import { USAGE_DIMENSIONS } from '#ports/task-store.ts';
import { type ApiOperation, inPath, inQuery, ok } from './api-operation.ts';
import { address, decimal, flag, integer, list, moment, object, oneOf, ref, text } from './json-schema.ts';

const amount = (what: string): JsonObject => text(`${what}, in USD.`, { pattern: '^-?\\d+(\\.\\d{1,6})?$' });

const RUN = {
  id: text('Of the run: WaveSpeed’s prediction id, fal’s request id.'),
  protocol: text('By which it came.'),
  endpoint: text('Its id.'),
  state: oneOf('Where it stands.', TASK_STATES),
  progress: decimal('0 to 1.', { minimum: 0, maximum: 1 }),
  prompt: text('As it was sent.'),
  input: { type: 'object', description: 'As it was read; files that came inside it are URLs.' },
  seed: integer('In use.'),
  engine: text('That makes it.'),
  apiKeyId: text('Of the key that submitted it.'),
  endUserId: text('Whom the caller named.'),
  hasWebhook: flag('Whether its end is told.'),
  held: amount('The most it can cost'),
  charged: amount('What it did cost'),
  output: object({
    urlPath: text('Of the clip, on this server.'),
    posterUrlPath: text('Of a still of it, on this server.'),
    width: integer('Pixels.'),
    height: integer('Pixels.'),
    durationSeconds: decimal('Length.'),
    byteLength: integer('Size.'),
  }),
  error: object(
    {
      code: oneOf('Permanent.', Object.keys(ERROR_CODES)),
      message: text('What happened.'),
      path: list({ type: ['string', 'integer'] }, 'The input at fault.'),
    },
    { optional: ['path'] },
  ),
  createdAt: moment('Of the submit.'),
  startedAt: moment('Of the first start of the work.'),
  finishedAt: moment('Of the end.'),
};
const OPTIONAL_OF_RUN = ['endUserId', 'charged', 'output', 'error', 'startedAt', 'finishedAt'];

const LOG = list(
  object({
    number: integer('From 1.'),
    at: moment('When it was written.'),
    level: oneOf('Its weight.', LOG_LEVELS),
    message: text('One line.'),
  }),
);

const MOVEMENT = object(
  {
    sequence: integer('Of the entry in the books.'),
    kind: oneOf('A hold takes, a settlement gives back what was not charged.', [
      'hold',
      'settlement',
      'grant',
    ]),
    amount: amount('Added, or negative, taken'),
    at: moment('Of the entry.'),
    run: object(
      {
        id: text('Of the run.'),
        endpoint: text('Its id.'),
        state: oneOf('Where it stands now.', TASK_STATES),
        held: amount('Held for it'),
        charged: amount('Charged for it'),
        apiKeyId: text('Of the key that submitted it.'),
        apiKeyName: text('Of that key.'),
      },
      { optional: ['charged'] },
    ),
  },
  { optional: ['run'] },
);

const USAGE_ROW = object({
  day: text('In UTC.', { format: 'date' }),
  group: text(
    '`<protocol>/<endpoint id>`, the key’s id, or the end user’s name, empty where none was named.',
  ),
  submitted: integer('Runs.'),
  completed: integer('Of them.'),
  charged: amount('For all of them'),
});

const ATTEMPT = object(
  {
    number: integer('From 1.'),
    at: moment('Its beginning.'),
    durationMs: integer('Until the answer.'),
    status: integer('Of the receiver’s answer.'),
    error: text('Why there was no answer.'),
  },
  { optional: ['durationMs', 'status', 'error'] },
);

export const ACCOUNT_SCHEMAS: Readonly<Record<string, JsonObject>> = {
  OwnAccount: object({
    accountId: text('Of the account.'),
    accountName: text('Of the account.'),
    apiKeyId: text('Of the key that asks.'),
    apiKeyName: text('Of the key that asks.'),
    role: oneOf('Of the key.', ['member', 'admin']),
    balance: amount('What can be spent'),
  }),
  Run: object(RUN, { optional: OPTIONAL_OF_RUN }),
  RunDetails: object(
    { ...RUN, log: LOG, queuePosition: integer('How many stand before it; absent once it runs.') },
    { optional: [...OPTIONAL_OF_RUN, 'queuePosition'] },
  ),
  Movement: MOVEMENT,
  Delivery: object(
    {
      runId: text('Of the run whose end it tells.'),
      protocol: text('Of the run.'),
      endpoint: text('Of the run.'),
      url: address('Where it goes.'),
      state: oneOf('`dead` is given up.', WEBHOOK_STATES),
      queuedAt: moment('Of the run’s end, or of the last resend.'),
      dueAt: moment('Of the next attempt at the earliest.'),
      attempts: list(ATTEMPT, 'Oldest first.'),
    },
    { optional: ['dueAt'] },
  ),
};

type Described = Omit<ApiOperation, 'wire' | 'tag' | 'access'>;

const RUN_ID = inPath('id', text('Of the run.'));
const LIMIT = inQuery('limit', integer('Most on a page.', { minimum: 1, maximum: 100, default: 40 }));
const CURSOR = inQuery('cursor', text('`next` of the page before.'));
const FROM = inQuery('from', text('First moment, such as `2026-04-01T00:00:00Z`.'));
const UNTIL = inQuery('until', text('The moment after the last.'));
const ENDPOINT = inQuery('endpoint', text('Only of this endpoint.'));
const OF_KEY = inQuery('apiKeyId', text('Only of this key.'));
const NEXT = text('Leads to the next page; absent on the last.');

const OPERATIONS: readonly Described[] = [
  {
    method: 'get',
    path: '/account',
    id: 'getOwnAccount',
    summary: 'Whose key this is, and what is left to spend',
    answers: [ok(ref('OwnAccount'))],
  },
  {
    method: 'get',
    path: '/account/runs',
    id: 'listRuns',
    summary: 'Runs of every protocol, newest first',
    parameters: [
      inQuery('protocol', oneOf('Only of this one.', ['wavespeed', 'fal'])),
      ENDPOINT,
      inQuery('state', text('One or more, with commas between.')),
      inQuery('text', text('Stands in the prompt.', { maxLength: 500 })),
      OF_KEY,
      inQuery('endUserId', text('Only of this end user.')),
      FROM,
      UNTIL,
      LIMIT,
      CURSOR,
    ],
    answers: [ok(object({ runs: list(ref('Run')), next: NEXT }, { optional: ['next'] }))],
    errors: ['invalid_parameter'],
  },
  {
    method: 'get',
    path: '/account/runs/{id}',
    id: 'getRun',
    summary: 'A run with its log',
    parameters: [
      RUN_ID,
      inQuery('after', integer('Only log lines after this number.', { minimum: 0, default: 0 })),
      inQuery('waitMs', integer('Waits so long for news.', { minimum: 0, maximum: 30_000, default: 0 })),
    ],
    answers: [ok(ref('RunDetails'))],
    errors: ['not_found', 'invalid_parameter'],
  },
  {
    method: 'post',
    path: '/account/runs/{id}/cancel',
    id: 'cancelRun',
    summary: 'Cancel a run',
    description: 'One that waits ends at once; one that is being made, a moment later.',
    parameters: [RUN_ID],
    answers: [{ status: 202, description: 'It is cancelled.', content: { schema: ref('Run') } }],
    errors: ['not_found', 'already_finished'],
  },
  {
    method: 'delete',
    path: '/account/runs/{id}',
    id: 'deleteRun',
    summary: 'Delete a run and its files',
    parameters: [RUN_ID],
    answers: [{ status: 204, description: 'Deleted; an unfinished one is cancelled.' }],
    errors: ['not_found'],
  },
  {
    method: 'get',
    path: '/account/keys',
    id: 'listOwnKeys',
    summary: 'List the account’s API keys',
    answers: [ok(object({ keys: list(ref('ApiKey')) }))],
  },
  {
    method: 'post',
    path: '/account/keys',
    id: 'createOwnKey',
    summary: 'Make an API key',
    description: 'A key may make keys that may do as much as itself, and no more.',
    body: {
      schema: object(
        {
          name: text('To tell it by.', { minLength: 1, maxLength: 200 }),
          role: oneOf('`admin` may administer the server.', ['member', 'admin']),
        },
        { optional: ['role'] },
      ),
    },
    answers: [{ status: 201, description: 'Made.', content: { schema: ref('CreatedKey') } }],
    errors: ['missing_parameter', 'invalid_parameter', 'forbidden'],
  },
  {
    method: 'delete',
    path: '/account/keys/{id}',
    id: 'revokeOwnKey',
    summary: 'Revoke an API key',
    parameters: [inPath('id', text('Of the key.'))],
    answers: [{ status: 204, description: 'Revoked, also when it was before.' }],
    errors: ['not_found', 'forbidden'],
  },
  {
    method: 'get',
    path: '/account/movements',
    id: 'listMovements',
    summary: 'Every movement of the wallet, newest first',
    parameters: [
      inQuery('kind', oneOf('Only of this one.', ['hold', 'settlement', 'grant'])),
      ENDPOINT,
      OF_KEY,
      FROM,
      UNTIL,
      LIMIT,
      inQuery('offset', integer('How many to pass over.', { minimum: 0, default: 0 })),
    ],
    answers: [ok(object({ movements: list(ref('Movement')), total: integer('On all pages.') }))],
    errors: ['invalid_parameter'],
  },
  {
    method: 'get',
    path: '/account/usage',
    id: 'getUsage',
    summary: 'Runs and charges by day',
    description: 'Of the last 30 days where nothing is said, at most of 366.',
    parameters: [
      {
        ...inQuery('by', oneOf('What the runs of a day are told apart by.', USAGE_DIMENSIONS)),
        required: true,
      },
      FROM,
      UNTIL,
    ],
    answers: [
      ok(object({ from: moment('The first.'), until: moment('After the last.'), rows: list(USAGE_ROW) })),
    ],
    errors: ['missing_parameter', 'invalid_parameter'],
  },
  {
    method: 'get',
    path: '/account/webhooks',
    id: 'listDeliveries',
    summary: 'What became of webhooks, those of the latest runs first',
    parameters: [inQuery('state', oneOf('Only these.', WEBHOOK_STATES)), LIMIT, CURSOR],
    answers: [ok(object({ deliveries: list(ref('Delivery')), next: NEXT }, { optional: ['next'] }))],
    errors: ['invalid_parameter'],
  },
  {
    method: 'post',
    path: '/account/webhooks/{id}/resend',
    id: 'resendDelivery',
    summary: 'Send a webhook once more',
    parameters: [RUN_ID],
    answers: [{ status: 202, description: 'It is sent.', content: { schema: ref('Webhook') } }],
    errors: ['not_found', 'still_running'],
  },
];

export const ACCOUNT_OPERATIONS: readonly ApiOperation[] = OPERATIONS.map((operation) => ({
  ...operation,
  wire: 'plain',
  tag: 'Own account',
  access: 'key',
}));
