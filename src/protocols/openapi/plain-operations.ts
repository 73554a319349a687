/** What follows no foreign protocol: files, health, and this documentation. */
import { type ApiOperation, inPath, inQuery, ok } from './api-operation.ts';
import { address, integer, list, object, oneOf, text } from './json-schema.ts';

type Described = Omit<ApiOperation, 'wire' | 'tag'>;

const of = (tag: string, operations: readonly Described[]): readonly ApiOperation[] =>
  operations.map((operation) => ({ ...operation, wire: 'plain', tag }));

const FILE = [inPath('id', text('Of the file.')), inPath('fileName', text('Of the file.'))];
const PERMISSION = [
  inQuery('expires', text('As the upload’s address has it.')),
  inQuery('signature', text('As the upload’s address has it.')),
];
const UPLOAD = inPath('uploadId', text('Of the upload: the file’s id.'));
const BYTES = { type: 'application/octet-stream', schema: { description: 'Any content type.' } };

/** The same files are at two places: fal's host for them has its own. */
function filesBelow(prefix: string, suffix: string): readonly Described[] {
  const path = `${prefix}/files/{id}/{fileName}`;
  return [
    {
      method: 'get',
      path,
      id: `getFile${suffix}`,
      summary: 'Read a file',
      description: 'Needs no key, since the id cannot be guessed. Ranges are served; a file never changes.',
      access: 'anybody',
      parameters: FILE,
      answers: [
        { status: 200, description: 'The file.', content: BYTES },
        { status: 206, description: 'The range that was asked for.', content: BYTES },
        { status: 416, description: 'The range lies beyond the end.' },
      ],
      errors: ['not_found'],
    },
    {
      method: 'get',
      path: `${path}/poster.webp`,
      id: `getPoster${suffix}`,
      summary: 'Read a still of a clip',
      description: 'The first picture, at most 640 pixels a side, for whoever may read the clip.',
      access: 'anybody',
      parameters: FILE,
      answers: [{ status: 200, description: 'The still.', content: { ...BYTES, type: 'image/webp' } }],
      errors: ['not_found', 'media_unreadable'],
    },
    {
      method: 'put',
      path,
      id: `putFile${suffix}`,
      summary: 'Upload a file to the address that was given out for it',
      access: 'upload',
      parameters: [...FILE, ...PERMISSION],
      body: BYTES,
      answers: [
        {
          status: 201,
          description: 'Stored.',
          content: {
            schema: object({
              url: address('To name in requests.'),
              content_type: text('By its name.'),
              size: integer('Bytes.'),
            }),
          },
        },
      ],
      errors: ['payload_too_large'],
    },
    {
      method: 'put',
      path: `${path}/multipart/{uploadId}/{part}`,
      id: `putPart${suffix}`,
      summary: 'Upload one part of a file',
      access: 'upload',
      parameters: [...FILE, UPLOAD, inPath('part', integer('Its number, from 1.')), ...PERMISSION],
      body: BYTES,
      answers: [
        ok(object({ partNumber: integer('Its number.'), etag: text('To name when it is put together.') })),
      ],
      errors: ['invalid_parameter', 'payload_too_large', 'not_found'],
    },
    {
      method: 'post',
      path: `${path}/multipart/{uploadId}/complete`,
      id: `completeUpload${suffix}`,
      summary: 'Put the parts of a file together',
      access: 'upload',
      parameters: [...FILE, UPLOAD, ...PERMISSION],
      body: {
        schema: object({
          parts: {
            ...list(object({ partNumber: integer('Its number.'), etag: text('As it was answered.') })),
            minItems: 1,
          },
        }),
      },
      answers: [
        ok(
          object(
            {
              access_url: address('To name in requests.'),
              url: address('The same.'),
              size: integer('Bytes.'),
              warning: text('Of parts that came without a byte.'),
            },
            { optional: ['warning'] },
          ),
        ),
      ],
      errors: ['invalid_parameter', 'not_found'],
    },
  ];
}

const health = of('Server', [
  {
    method: 'get',
    path: '/healthz',
    id: 'getHealth',
    summary: 'Is the program alive?',
    access: 'anybody',
    answers: [ok(object({ status: text('`ok`.') }))],
  },
  {
    method: 'get',
    path: '/readyz',
    id: 'getReadiness',
    summary: 'Can it reach its store?',
    access: 'anybody',
    answers: [
      ok(object({ status: text('`ready`.') })),
      {
        status: 503,
        description: 'The store does not answer.',
        content: { schema: object({ status: oneOf('Always this.', ['unavailable']), reason: text('Why.') }) },
      },
    ],
  },
  {
    method: 'get',
    path: '/openapi.json',
    id: 'getOpenApi',
    summary: 'This document',
    access: 'anybody',
    answers: [ok({ type: 'object', description: 'OpenAPI 3.1.' })],
  },
  {
    method: 'get',
    path: '/reference',
    id: 'getReference',
    summary: 'This document as a page',
    access: 'anybody',
    answers: [
      { status: 200, description: 'HTML.', content: { type: 'text/html', schema: { type: 'string' } } },
    ],
  },
]);

export const PLAIN_OPERATIONS: readonly ApiOperation[] = [
  ...of('Files', [...filesBelow('', ''), ...filesBelow('/fal/cdn', 'OnCdn')]),
  ...health,
];
