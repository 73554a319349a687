/** fal's queue, files and tokens but for the submits. */
import { type ApiOperation, inHeader, inPath, inQuery, ok } from './api-operation.ts';
import { lifecycle } from './fal-schemas.ts';
import { address, integer, list, moment, object, ref, text } from './json-schema.ts';
import { TASK_ERRORS } from './submit-parameters.ts';

type Described = Omit<ApiOperation, 'wire' | 'access' | 'tag'> & Partial<Pick<ApiOperation, 'access'>>;

const of = (tag: string, operations: readonly Described[]): readonly ApiOperation[] =>
  operations.map((operation) => ({ access: 'key', ...operation, wire: 'fal', tag: `fal: ${tag}` }));

const REQUEST = '/fal/queue/{owner}/{alias}/requests/{request_id}';

const WHICH = [
  inPath('owner', text('First part of the endpoint’s id.')),
  inPath('alias', text('Second part; what follows it may be left out.')),
  inPath('request_id', text('Of the request.')),
];

const LOGS = inQuery('logs', text('`1` or `true` adds the log.'));

const requests = of('requests', [
  {
    method: 'get',
    path: REQUEST,
    id: 'getRequestResult',
    summary: 'The result of a request',
    description:
      'A request that failed is answered with its failure, under that failure’s status. `/response` at the end is the same.',
    parameters: WHICH,
    answers: [
      ok(ref('FalOutput'), 'The clip.'),
      { status: 400, description: 'The request is not done.', content: { schema: ref('FalStillRunning') } },
    ],
    errors: ['not_found', ...TASK_ERRORS],
  },
  {
    method: 'get',
    path: `${REQUEST}/status`,
    id: 'getRequestStatus',
    summary: 'How a request stands',
    parameters: [...WHICH, LOGS],
    answers: [
      ok(ref('FalStatus'), 'It has ended.'),
      { status: 202, description: 'It waits or runs.', content: { schema: ref('FalStatus') } },
    ],
    errors: ['not_found'],
  },
  {
    method: 'get',
    path: `${REQUEST}/status/stream`,
    id: 'streamRequestStatus',
    summary: 'How a request stands, at every change until its end',
    parameters: [...WHICH, LOGS],
    answers: [
      {
        status: 200,
        description: 'Server-sent events; the `data` of each is a status.',
        content: { type: 'text/event-stream', schema: { type: 'string' } },
      },
    ],
    errors: ['not_found'],
  },
  {
    method: 'put',
    path: `${REQUEST}/cancel`,
    id: 'cancelRequest',
    summary: 'Cancel a request',
    description: 'Nothing is charged for it.',
    parameters: WHICH,
    answers: [
      {
        status: 202,
        description: 'Asked for.',
        content: { schema: object({ status: text('`CANCELLATION_REQUESTED`.') }) },
      },
    ],
    errors: ['not_found', 'already_finished'],
  },
]);

const INITIATE = {
  schema: object(
    { content_type: text('Such as `image/png`.'), file_name: text('Its ending tells the content type.') },
    { optional: ['content_type', 'file_name'] },
  ),
};
const INITIATED = object({
  upload_url: address('To send the bytes to; carries its own permission.'),
  file_url: address('To name in requests.'),
});
const BYTES = { type: 'application/octet-stream', schema: { description: 'The file, of any content type.' } };
const FILE_NAME = inHeader('x-fal-file-name', text('Of the file.'));
const LIFECYCLE = inHeader('x-fal-object-lifecycle', lifecycle('Of the file.'));

const files = of('files and tokens', [
  {
    method: 'post',
    path: '/fal/rest/storage/upload/initiate',
    id: 'initiateUpload',
    summary: 'Get an address to upload a file to',
    parameters: [LIFECYCLE],
    body: INITIATE,
    answers: [ok(INITIATED, 'PUT the bytes to `upload_url`.')],
    errors: ['invalid_parameter'],
  },
  {
    method: 'post',
    path: '/fal/rest/storage/upload/initiate-multipart',
    id: 'initiateMultipartUpload',
    summary: 'Get an address to upload a file to in parts',
    parameters: [LIFECYCLE],
    body: INITIATE,
    answers: [ok(INITIATED, 'PUT the parts below `upload_url`, then POST to its `/complete`.')],
    errors: ['invalid_parameter'],
  },
  {
    method: 'post',
    path: '/fal/cdn/files/upload',
    id: 'uploadToCdn',
    summary: 'Upload a file in one piece',
    parameters: [FILE_NAME, LIFECYCLE],
    body: BYTES,
    answers: [ok(object({ access_url: address('To name in requests.') }), 'Stored.')],
    errors: ['payload_too_large', 'forbidden'],
  },
  {
    method: 'post',
    path: '/fal/cdn/files/upload/multipart',
    id: 'beginMultipartToCdn',
    summary: 'Begin to upload a file in parts',
    parameters: [FILE_NAME, LIFECYCLE],
    answers: [
      ok(object({ access_url: address('To name in requests.'), uploadId: text('Of the upload.') }), 'Begun.'),
    ],
    errors: ['forbidden'],
  },
  {
    method: 'post',
    path: '/fal/rest/storage/auth/token',
    id: 'createUploadToken',
    summary: 'Get a token that uploads files for an hour',
    answers: [
      ok(
        object({
          token: text('In place of the key, as `Authorization: Bearer`.'),
          token_type: text('`Bearer`.'),
          base_url: address('Where it is good.'),
          expires_at: moment('Its end.'),
        }),
      ),
    ],
  },
  {
    method: 'post',
    path: '/fal/rest/tokens',
    id: 'createAppToken',
    summary: 'Get a token that generates with some endpoints',
    body: {
      schema: object(
        {
          allowed_apps: {
            ...list(text('Alias, or owner and alias, of an endpoint.', { pattern: '^[^\\s]+$' })),
            minItems: 1,
            maxItems: 100,
          },
          token_expiration: integer('Seconds.', { minimum: 1, maximum: 86_400, default: 120 }),
        },
        { optional: ['token_expiration'] },
      ),
    },
    answers: [ok(text('The token.'))],
    errors: ['missing_parameter', 'invalid_parameter'],
  },
  {
    method: 'get',
    path: '/fal/rest/.well-known/jwks.json',
    id: 'getWebhookKeys',
    summary: 'The keys that check fal’s webhooks',
    access: 'anybody',
    answers: [ok(object({ keys: list({ type: 'object', description: 'A JSON Web Key.' }) }))],
  },
]);

export const FAL_OPERATIONS: readonly ApiOperation[] = [...requests, ...files];
