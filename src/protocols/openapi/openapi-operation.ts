/** An operation as an OpenAPI operation object, with its errors by HTTP status. */
import { ERROR_CODES, type ErrorCode } from '#domain/errors.ts';
import type { JsonObject } from '#domain/json.ts';
import type { Access, ApiContent, ApiOperation, ApiParameter, Wire } from './api-operation.ts';
import { ref } from './json-schema.ts';

/** Under which status each wire answers an error. */
export type ErrorStatuses = Readonly<Record<Wire, (code: ErrorCode) => number>>;

export const ERROR_SCHEMAS: Readonly<Record<Wire, string>> = {
  wavespeed: 'WavespeedError',
  fal: 'FalError',
  plain: 'Error',
};

const ACCESS_ERRORS: Readonly<Record<Access, readonly ErrorCode[]>> = {
  anybody: [],
  key: ['unauthorized'],
  admin: ['unauthorized', 'forbidden'],
  upload: ['unauthorized', 'forbidden'],
};

export function toOpenApiOperation(operation: ApiOperation, statuses: ErrorStatuses): JsonObject {
  const { body, parameters = [], description } = operation;
  return {
    operationId: operation.id,
    tags: [operation.tag],
    summary: operation.summary,
    ...(description === undefined ? {} : { description }),
    ...(operation.isDeprecated === true ? { deprecated: true } : {}),
    security: securityOf(operation),
    ...(parameters.length === 0 ? {} : { parameters: parameters.map(toParameter) }),
    ...(body === undefined
      ? {}
      : { requestBody: { required: body.isOptional !== true, content: toContent(body) } }),
    responses: { ...answersOf(operation), ...errorsOf(operation, statuses[operation.wire]) },
  };
}

function securityOf({ access, wire }: ApiOperation): readonly JsonObject[] {
  switch (access) {
    case 'anybody':
      return [];
    case 'upload':
      return [{ uploadSignature: [] }, { bearerKey: [] }];
    case 'key':
    case 'admin':
      return wire === 'fal' ? [{ falKey: [] }, { bearerKey: [] }] : [{ bearerKey: [] }];
  }
}

function toParameter({ name, in: place, schema, required = false }: ApiParameter): JsonObject {
  const { description, ...rest } = schema;
  return { name, in: place, required, ...(description === undefined ? {} : { description }), schema: rest };
}

const toContent = ({ type = 'application/json', schema }: ApiContent): JsonObject => ({ [type]: { schema } });

const answersOf = ({ answers }: ApiOperation): JsonObject =>
  Object.fromEntries(
    answers.map(({ status, description, content }) => [
      String(status),
      { description, ...(content === undefined ? {} : { content: toContent(content) }) },
    ]),
  );

/** A status that is also an answer of its own is described there. */
function errorsOf(
  { wire, access, errors = [], answers }: ApiOperation,
  statusOf: (code: ErrorCode) => number,
): JsonObject {
  const codes = new Set<ErrorCode>([...ACCESS_ERRORS[access], ...errors, 'internal']);
  const byStatus = Map.groupBy(codes, statusOf);
  const described = [...byStatus]
    .filter(([status]) => answers.every((answer) => answer.status !== status))
    .toSorted(([a], [b]) => a - b)
    .map(([status, ofStatus]) => {
      const lines = ofStatus.map((code) => `\`${code}\`: ${ERROR_CODES[code]}`);
      return [
        String(status),
        { description: lines.join('\n\n'), content: toContent({ schema: ref(ERROR_SCHEMAS[wire]) }) },
      ];
    });
  return Object.fromEntries(described);
}
