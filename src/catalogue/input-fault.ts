/** Turns a schema violation into a sentence that a person can act on. */
import type { ErrorObject } from 'ajv';
import type { InputFault, InputPath } from '#domain/errors.ts';
import type { JsonObject } from '#domain/json.ts';
import type { Endpoint } from './endpoint.ts';

export function faultOf(error: ErrorObject, endpoint: Endpoint, input: JsonObject): InputFault {
  const path = pathOf(error);
  const name = path.map(String).join('.');
  if (error.keyword === 'required') return missingFault(endpoint, path);
  const given = JSON.stringify(valueAt(input, path))?.slice(0, 80) ?? 'nothing';
  return {
    code: 'invalid_parameter',
    path,
    message: `"${name}" ${requirement(error, endpoint)}; ${given} was given.`,
    details: { rule: error.keyword, ...limitOf(error, endpoint) },
  };
}

/** A required field that is not there. */
export function missingFault(endpoint: Endpoint, path: InputPath): InputFault {
  const field = endpoint.fields.find((candidate) => candidate.name === path[0]);
  const what = typeof field?.schema.description === 'string' ? ` ${field.schema.description}` : '';
  return {
    code: 'missing_parameter',
    path,
    message: `"${path.join('.')}" is required.${what}`,
    details: { rule: 'required' },
  };
}

function requirement(error: ErrorObject, endpoint: Endpoint): string {
  switch (error.keyword) {
    case 'type':
      return `must be ${error.params.type === 'integer' ? 'a whole number' : `of type ${error.params.type}`}`;
    case 'enum':
      return `must be one of ${allowedValues(error, endpoint).join(', ')}`;
    case 'minimum':
      return `must be at least ${error.params.limit}`;
    case 'maximum':
      return `must be at most ${error.params.limit}`;
    case 'minItems':
      return `must hold at least ${error.params.limit} items`;
    case 'maxItems':
      return `may hold at most ${error.params.limit} items`;
    case 'minLength':
      return 'must not be empty';
    case 'maxLength':
      return `may be at most ${error.params.limit} characters long`;
    default:
      return error.message ?? 'is not valid';
  }
}

function limitOf(
  error: ErrorObject,
  endpoint: Endpoint,
): Record<string, string | number | readonly (string | number)[]> {
  if (error.keyword === 'enum') return { allowedValues: allowedValues(error, endpoint) };
  if (error.keyword === 'type') return { type: error.params.type };
  return typeof error.params.limit === 'number' ? { limit: error.params.limit } : {};
}

/** As published; what is accepted besides is not advertised. */
function allowedValues(error: ErrorObject, endpoint: Endpoint): readonly (string | number)[] {
  const field = endpoint.fields.find((candidate) => candidate.name === pathOf(error)[0]);
  return Array.isArray(field?.schema.enum) ? field.schema.enum : error.params.allowedValues;
}

function pathOf(error: ErrorObject): InputPath {
  const steps = error.instancePath.split('/').slice(1);
  const path = steps.map((step) =>
    /^\d+$/.test(step) ? Number(step) : step.replaceAll('~1', '/').replaceAll('~0', '~'),
  );
  return error.keyword === 'required' ? [...path, error.params.missingProperty] : path;
}

function valueAt(input: JsonObject, path: InputPath): unknown {
  return path.reduce<unknown>(
    (value, step) => (value as Record<string | number, unknown> | undefined)?.[step],
    input,
  );
}
