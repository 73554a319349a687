/** What the playground asks besides: the catalogue in the project's own words, and signing in. */
import { ERROR_CODES } from '#domain/errors.ts';
import type { JsonObject } from '#domain/json.ts';
import { type Access, type ApiOperation, ok } from './api-operation.ts';
import { address, flag, integer, list, moment, object, oneOf, ref, text } from './json-schema.ts';

const record = (description: string, of: JsonObject = {}): JsonObject => ({
  type: 'object',
  description,
  additionalProperties: of,
});

const MODEL = object(
  {
    protocol: oneOf('By which it is called.', ['wavespeed', 'fal']),
    id: text('Its id there.'),
    title: text('For people.'),
    description: text('What it is for.'),
    family: text('Shared by the endpoints of one model.'),
    tier: oneOf('What is sold.', ['standard', 'fast', 'mini']),
    style: oneOf('Of movement and grading.', ['natural', 'spicy']),
    submitPath: text('Where a run is asked for.'),
    schema: record('JSON Schema of the input; `x-order-properties` is the order of a form.'),
    roles: record('What each field is, whatever it is called.', { type: 'string' }),
    rules: list({ type: 'object' }, 'What holds between fields.'),
    longestDurationSeconds: integer('The longest clip.'),
    fixedResolution: text('Of models without a choice.'),
    price: record('The table: `perSecond` with rates by resolution and sound, or `perToken`.'),
    priceFrom: object({ amount: text('In USD.'), explanation: text('The arithmetic.') }),
    features: list(text('One of them.')),
    notes: list(text('One of them.')),
    related: list(text('Id of a model of the same protocol.')),
    engine: record('What stands behind it, and what that can do.'),
  },
  { optional: ['fixedResolution'] },
);

const FAULT = object(
  {
    code: oneOf('Permanent.', Object.keys(ERROR_CODES)),
    path: list({ type: ['string', 'integer'] }, 'The input at fault.'),
    message: text('What is wrong with it.'),
    details: record('Limits and the like.'),
  },
  { optional: ['details'] },
);

const READING = object({
  readsPrompts: flag('Whether the engine can tell; the lists are empty where it cannot.'),
  understood: list(
    object({
      kind: oneOf('What it concerns.', ['camera', 'cut', 'air', 'motion', 'look', 'sound', 'ending']),
      label: text('In the engine’s words.'),
      text: text('In the prompt’s.'),
    }),
  ),
  notDrawn: list(object({ text: text('In the prompt’s words.'), reason: text('Why.') })),
  description: list(text('What asks for nothing.')),
});

export const PLAYGROUND_SCHEMAS: Readonly<Record<string, JsonObject>> = {
  CatalogueModel: MODEL,
  Fault: FAULT,
  PromptReading: READING,
};

const ENDPOINT = { protocol: oneOf('Of the model.', ['wavespeed', 'fal']), id: text('Of the model.') };

type Described = Omit<ApiOperation, 'wire' | 'tag' | 'access'> & { readonly access: Access };

const of = (tag: string, operations: readonly Described[]): readonly ApiOperation[] =>
  operations.map((operation) => ({ ...operation, wire: 'plain', tag }));

const catalogue = of('Catalogue', [
  {
    method: 'get',
    path: '/catalogue',
    id: 'getCatalogue',
    summary: 'Every model, as a page about it is drawn',
    access: 'anybody',
    answers: [
      ok(
        object({
          models: list(ref('CatalogueModel')),
          frameSizes: record('Width and height in pixels, by resolution and ratio.'),
          examples: list(
            object({
              title: text('For people.'),
              imageUrlPath: text('On this server.'),
              prompt: text('To try it with.'),
            }),
          ),
        }),
      ),
    ],
  },
  {
    method: 'post',
    path: '/catalogue/quote',
    id: 'checkRequest',
    summary: 'What a request would cost, and what is wrong with it',
    description: 'Nothing is stored or charged. The faults are those that a submit would answer with.',
    access: 'key',
    body: { schema: object({ ...ENDPOINT, input: record('As it would be sent.') }) },
    answers: [
      ok(
        object(
          {
            quote: object({
              price: text('In USD: what would be held.'),
              exact: flag('False when the charge may turn out lower.'),
              explanation: text('The arithmetic.'),
            }),
            faults: list(ref('Fault'), 'Empty for a request that can be sent.'),
          },
          { optional: ['quote'] },
        ),
      ),
    ],
    errors: ['missing_parameter', 'invalid_parameter', 'unknown_endpoint'],
  },
  {
    method: 'post',
    path: '/catalogue/read-prompt',
    id: 'readPrompt',
    summary: 'What the engine behind a model understands of a prompt',
    access: 'key',
    body: { schema: object({ ...ENDPOINT, prompt: text('To be read.', { maxLength: 20_000 }) }) },
    answers: [ok(ref('PromptReading'))],
    errors: ['missing_parameter', 'invalid_parameter', 'unknown_endpoint'],
  },
]);

const COOKIE = 'The session is a cookie that counts only beside the header `x-animatic-page`.';

const session = of('Playground', [
  {
    method: 'get',
    path: '/session',
    id: 'getSession',
    summary: 'Who is signed in',
    access: 'anybody',
    answers: [ok(object({ account: { anyOf: [ref('OwnAccount'), { type: 'null' }] } }), 'Nobody is `null`.')],
  },
  {
    method: 'post',
    path: '/session',
    id: 'signIn',
    summary: 'Sign in with an API key, or with the ticket of a sign-in link',
    description: COOKIE,
    access: 'anybody',
    body: {
      schema: object(
        { key: text('An API key.'), ticket: text('Good once.') },
        { optional: ['key', 'ticket'] },
      ),
    },
    answers: [ok(object({ account: ref('OwnAccount') }), 'Signed in: the cookie is set.')],
    errors: ['unauthorized', 'invalid_parameter'],
  },
  {
    method: 'delete',
    path: '/session',
    id: 'signOut',
    summary: 'Sign out',
    access: 'anybody',
    answers: [{ status: 204, description: 'Signed out: the cookie is gone.' }],
  },
  {
    method: 'post',
    path: '/session/tickets',
    id: 'createTicket',
    summary: 'Make a link that signs in once, within a day',
    access: 'key',
    answers: [
      {
        status: 201,
        description: 'Made.',
        content: {
          schema: object({
            ticket: text('The ticket itself.'),
            url: address('Where a person is signed in by it.'),
            expiresAt: moment('Of its end.'),
          }),
        },
      },
    ],
  },
]);

export const PLAYGROUND_OPERATIONS: readonly ApiOperation[] = [...catalogue, ...session];
