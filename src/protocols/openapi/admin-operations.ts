/** Administration: what every key may see of its own account, and what keys of role admin may do. Money is exact decimal USD text. */
import { ERROR_CODES } from '#domain/errors.ts';
import type { JsonObject } from '#domain/json.ts';
import { LOG_LEVELS } from '#domain/task/task.ts';
import { TASK_STATES } from '#domain/task/task-state.ts';
import { type ApiOperation, inPath, inQuery, ok } from './api-operation.ts';
import { address, decimal, integer, list, moment, object, oneOf, ref, text } from './json-schema.ts';

const amount = (what: string): JsonObject => text(`${what}, in USD.`, { pattern: '^-?\\d+(\\.\\d{1,6})?$' });
const role = oneOf('`admin` may administer the server.', ['member', 'admin']);

const OUTPUT = object({
  urlPath: text('Of the clip, on this server.'),
  posterUrlPath: text('Of a still of it, on this server.'),
  width: integer('Pixels.'),
  height: integer('Pixels.'),
  durationSeconds: decimal('Length.'),
  byteLength: integer('Size.'),
});

const FAILURE = object(
  {
    code: oneOf('Permanent.', Object.keys(ERROR_CODES)),
    message: text('What happened.'),
    path: list({ type: ['string', 'integer'] }, 'The input at fault.'),
  },
  { optional: ['path'] },
);

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

const ENGINE = object(
  {
    name: text('Of the engine.'),
    health: object(
      {
        state: oneOf('How it is.', ['ready', 'degraded', 'unavailable']),
        message: text('What is wrong, or a few facts.'),
        queued: integer('Jobs that wait before a new one.'),
      },
      { optional: ['queued'] },
    ),
    breaker: object(
      {
        state: oneOf('`open` is not asked for a while, after failures.', ['closed', 'open', 'trying']),
        reopensInMs: integer('Until it is asked again.'),
      },
      { optional: ['reopensInMs'] },
    ),
    mostJobs: integer('That it may have in hand.'),
    capabilities: { type: 'object', description: 'What it can do.' },
    margin: object({
      submitted: integer('Its tasks of the last thirty days.'),
      completed: integer('Of them.'),
      charged: amount('What callers paid for them'),
      cost: amount('What the engine said that they cost the operator'),
      completedOfUnknownCost: integer('Completed tasks of which it said nothing.'),
    }),
    endpoints: list(object({ protocol: text('Of the endpoint.'), id: text('Of the endpoint.') })),
  },
  { optional: ['mostJobs'] },
);

const QUEUE = object(
  {
    waiting: integer('Tasks that could be taken.'),
    delayed: integer('Tasks that join the queue later.'),
    processing: integer('Tasks that are being made.'),
    parked: integer('Tasks that wait for a person to say what became of their start.'),
    oldestWaitingSeconds: integer('Since the submit of the longest waiting.'),
    accounts: list(
      object({
        accountId: text('Of the account.'),
        accountName: text('Of the account.'),
        waiting: integer('Of its tasks.'),
        processing: integer('Of its tasks.'),
      }),
      'Busiest first.',
    ),
    pendingWebhooks: integer('Still to be delivered.'),
  },
  { optional: ['oldestWaitingSeconds'] },
);

const PARKED = object(
  {
    id: text('Of the task.'),
    accountId: text('Whose it is.'),
    protocol: text('By which it came.'),
    endpoint: text('Its id.'),
    engine: text('Which may or may not have started the job.'),
    correlationId: text('By which the job can be known at the engine.'),
    sentAt: moment('Of the start.'),
    parkedAt: moment('Since when nobody works on it.'),
    held: amount('What is held for it'),
    cancelRequested: { type: 'boolean', description: 'A cancel waits for the verdict.' },
  },
  { optional: ['correlationId', 'sentAt'] },
);

export const ADMIN_SCHEMAS: Readonly<Record<string, JsonObject>> = {
  Whoami: object({
    accountId: text('Of the key’s account.'),
    apiKeyId: text('Of the key.'),
    role,
    balance: amount('What the account can spend'),
  }),
  Account: object({
    id: text('Of the account.'),
    name: text('Of the account.'),
    createdAt: moment('Of its opening.'),
    balance: amount('What it can spend'),
  }),
  Balance: object({ accountId: text('Of the account.'), balance: amount('What it can spend') }),
  ApiKey: object(
    {
      id: text('Of the key: not the key itself.'),
      accountId: text('Whose it is.'),
      name: text('To tell it by.'),
      role,
      prefix: text('Its first characters.'),
      createdAt: moment('Of its making.'),
      revokedAt: moment('Since when it is good no more.'),
    },
    { optional: ['revokedAt'] },
  ),
  CreatedKey: object({ apiKey: ref('ApiKey'), key: text('The key itself: shown now and never again.') }),
  LedgerReport: object({
    entryCount: integer('Entries in the books.'),
    taskCount: integer('Tasks in the books.'),
    balances: { type: 'object', description: 'By ledger account.', additionalProperties: { type: 'string' } },
    faults: list(text('What does not add up.'), 'Empty when the books balance.'),
  }),
  Task: object(
    {
      id: text('Of the task.'),
      protocol: text('By which it came.'),
      endpoint: text('Its id.'),
      state: oneOf('Where it stands.', TASK_STATES),
      progress: decimal('0 to 1.', { minimum: 0, maximum: 1 }),
      seed: integer('In use.'),
      held: amount('The most it can cost'),
      charged: amount('What it did cost'),
      output: OUTPUT,
      error: FAILURE,
      cost: object(
        {
          engine: text('Which makes the clip.'),
          quoted: amount('What it said before that the clip would cost the operator'),
          paid: amount('What it said in the end that it did'),
        },
        { optional: ['quoted', 'paid'] },
      ),
      createdAt: moment('Of the submit.'),
      startedAt: moment('Of the first start of the work.'),
      finishedAt: moment('Of the end.'),
      log: list(
        object({
          number: integer('From 1.'),
          at: moment('When it was written.'),
          level: oneOf('Its weight.', LOG_LEVELS),
          message: text('One line.'),
        }),
      ),
    },
    { optional: ['charged', 'output', 'error', 'cost', 'startedAt', 'finishedAt'] },
  ),
  Webhook: object(
    {
      url: address('Where it goes.'),
      state: oneOf('`waiting` until the task has ended; `dead` is given up.', [
        'waiting',
        'pending',
        'delivered',
        'dead',
      ]),
      dueAt: moment('Of the next attempt at the earliest.'),
      attempts: list(ATTEMPT, 'Oldest first.'),
    },
    { optional: ['dueAt'] },
  ),
  Error: object(
    {
      message: text('What happened, why, and what to do.'),
      error_code: oneOf('Permanent.', Object.keys(ERROR_CODES)),
      path: list({ type: ['string', 'integer'] }, 'The input at fault.'),
      details: { type: 'object', description: 'Limits and the like.' },
    },
    { optional: ['path', 'details'] },
  ),
};

type Described = Omit<ApiOperation, 'wire' | 'tag' | 'access'> & Partial<Pick<ApiOperation, 'access'>>;

const of = (tag: string, operations: readonly Described[]): readonly ApiOperation[] =>
  operations.map((operation) => ({ access: 'admin', ...operation, wire: 'plain', tag }));

const id = (what: string) => inPath('id', text(`Of the ${what}.`));
const created = (schema: JsonObject) => ({ status: 201, description: 'Made.', content: { schema } });

const own = of('Own account', [
  {
    method: 'get',
    path: '/admin/whoami',
    id: 'whoami',
    summary: 'Whose key this is',
    access: 'key',
    answers: [ok(ref('Whoami'))],
  },
  {
    method: 'get',
    path: '/admin/tasks/{id}',
    id: 'getTask',
    summary: 'A task with its log, whichever protocol it came by',
    access: 'key',
    parameters: [
      id('task'),
      inQuery('after', integer('Only log lines after this number.', { minimum: 0, default: 0 })),
      inQuery('waitMs', integer('Waits so long for news.', { minimum: 0, maximum: 30_000, default: 0 })),
    ],
    answers: [ok(ref('Task'))],
    errors: ['not_found', 'invalid_parameter'],
  },
  {
    method: 'get',
    path: '/admin/tasks/{id}/webhook',
    id: 'getTaskWebhook',
    summary: 'What became of a task’s webhook',
    access: 'key',
    parameters: [id('task')],
    answers: [ok(ref('Webhook'))],
    errors: ['not_found'],
  },
  {
    method: 'post',
    path: '/admin/tasks/{id}/webhook/resend',
    id: 'resendTaskWebhook',
    summary: 'Send a task’s webhook once more',
    access: 'key',
    parameters: [id('task')],
    answers: [{ status: 202, description: 'It is sent.', content: { schema: ref('Webhook') } }],
    errors: ['not_found', 'still_running'],
  },
]);

const administration = of('Administration', [
  {
    method: 'get',
    path: '/admin/accounts',
    id: 'listAccounts',
    summary: 'List the accounts',
    answers: [ok(object({ accounts: list(ref('Account')) }))],
  },
  {
    method: 'post',
    path: '/admin/accounts',
    id: 'createAccount',
    summary: 'Open an account',
    description: 'It has no key yet.',
    body: {
      schema: object(
        { name: text('To tell it by.', { minLength: 1, maxLength: 200 }), credit: amount('To begin with') },
        { optional: ['credit'] },
      ),
    },
    answers: [created(ref('Account'))],
    errors: ['missing_parameter', 'invalid_parameter'],
  },
  {
    method: 'get',
    path: '/admin/accounts/{id}/balance',
    id: 'getBalanceOf',
    summary: 'What an account can spend',
    parameters: [id('account')],
    answers: [ok(ref('Balance'))],
    errors: ['not_found'],
  },
  {
    method: 'post',
    path: '/admin/accounts/{id}/credit',
    id: 'grantCredit',
    summary: 'Give an account credit, or take it back',
    parameters: [id('account')],
    body: {
      schema: object(
        { amount: amount('Negative takes back'), note: text('For the books.', { maxLength: 500 }) },
        { optional: ['note'] },
      ),
    },
    answers: [ok(ref('Balance'))],
    errors: ['missing_parameter', 'invalid_parameter', 'not_found'],
  },
  {
    method: 'get',
    path: '/admin/keys',
    id: 'listKeys',
    summary: 'List the API keys',
    parameters: [inQuery('accountId', text('Only of this account.'))],
    answers: [ok(object({ keys: list(ref('ApiKey')) }))],
  },
  {
    method: 'post',
    path: '/admin/keys',
    id: 'createKey',
    summary: 'Make an API key',
    body: {
      schema: object(
        {
          accountId: text('For whom; the own account when omitted.'),
          name: text('To tell it by.', { minLength: 1, maxLength: 200 }),
          role,
          key: text('One of your choice, at least 16 characters.'),
        },
        { optional: ['accountId', 'role', 'key'] },
      ),
    },
    answers: [created(ref('CreatedKey'))],
    errors: ['missing_parameter', 'invalid_parameter', 'not_found', 'bad_setting'],
  },
  {
    method: 'delete',
    path: '/admin/keys/{id}',
    id: 'revokeKey',
    summary: 'Revoke an API key',
    parameters: [id('key')],
    answers: [{ status: 204, description: 'Revoked, also when it was before.' }],
    errors: ['not_found'],
  },
  {
    method: 'get',
    path: '/admin/ledger/verify',
    id: 'verifyLedger',
    summary: 'Add the books up once more',
    answers: [ok(ref('LedgerReport'))],
  },
  {
    method: 'get',
    path: '/admin/engines',
    id: 'listEngines',
    summary: 'List the engines with their health',
    answers: [ok(object({ engines: list(ENGINE) }))],
  },
  {
    method: 'get',
    path: '/admin/queue',
    id: 'getQueueDepth',
    summary: 'How much there is to do',
    answers: [ok(QUEUE)],
  },
  {
    method: 'get',
    path: '/admin/parked',
    id: 'listParkedTasks',
    summary: 'List tasks of which nobody knows whether their job was started',
    answers: [ok(object({ tasks: list(PARKED, 'Those first that were parked longest ago.') }))],
  },
  {
    method: 'post',
    path: '/admin/parked/{id}/resolve',
    id: 'resolveParkedTask',
    summary: 'Say what became of the job of a parked task',
    parameters: [inPath('id', text('Of the task.'))],
    body: {
      schema: object(
        {
          verdict: oneOf('What a look at the engine has shown.', ['found', 'absent', 'givenUp']),
          job: text('Of a job that was found: its id as the service shows it, or its handle as JSON.'),
        },
        { optional: ['job'] },
      ),
    },
    answers: [ok(ref('Task'))],
  },
]);

export const ADMIN_OPERATIONS: readonly ApiOperation[] = [...own, ...administration];
