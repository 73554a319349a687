/**
 * Reads a caller's input by the endpoint's fields: empty values count as absent, texts that spell a number or a switch are
 * taken for it, defaults are filled in, unknown keys are dropped, and everything wrong is reported at once with its path.
 */
import { Ajv, type ErrorObject, type ValidateFunction } from 'ajv';
import { InputError, type InputFault } from '#domain/errors.ts';
import type { JsonObject, JsonValue } from '#domain/json.ts';
import type { GenerationRequest } from '#domain/task/generation-request.ts';
import type { InputPaths } from '#domain/task/task.ts';
import type { Endpoint } from './endpoint.ts';
import { faultOf } from './input-fault.ts';
import { ruleFaults } from './input-rules.ts';
import { toGenerationRequest } from './to-generation-request.ts';

export interface ReadInput {
  /** The input by wire names, coerced and with defaults. */
  readonly input: JsonObject;
  /** The same in the project's own words; files still named as the caller named them. */
  readonly request: GenerationRequest<string>;
  readonly inputPaths: InputPaths;
}

/** @throws InputError listing every fault (`missing_parameter`, `invalid_parameter`), in the order of the fields. */
export function readInput(endpoint: Endpoint, body: JsonObject): ReadInput {
  const { input, faults } = checkFields(endpoint, body);
  throwAny(inFieldOrder(endpoint, [...faults, ...ruleFaults(endpoint, input)]));
  return { input, ...toGenerationRequest(endpoint, input) };
}

/** As `readInput`, for a quote: what must be given may still be absent, and rules between fields are not applied. */
export function readPartialInput(endpoint: Endpoint, body: JsonObject): ReadInput {
  const { input, faults } = checkFields(endpoint, body);
  throwAny(faults.filter((fault) => fault.code !== 'missing_parameter'));
  return { input, ...toGenerationRequest(endpoint, input) };
}

function checkFields(
  endpoint: Endpoint,
  body: JsonObject,
): { readonly input: JsonObject; readonly faults: readonly InputFault[] } {
  const input: Record<string, JsonValue> = structuredClone(withoutEmptyValues(body));
  const validate = validatorOf(endpoint);
  validate(input);
  return {
    input,
    faults: withoutEchoes(validate.errors ?? []).map((error) => faultOf(error, endpoint, input)),
  };
}

function throwAny([first, ...others]: readonly InputFault[]): void {
  if (first !== undefined) throw new InputError([first, ...others]);
}

function inFieldOrder(endpoint: Endpoint, faults: readonly InputFault[]): readonly InputFault[] {
  const position = (fault: InputFault) => endpoint.fields.findIndex((field) => field.name === fault.path[0]);
  return faults.toSorted((a, b) => position(a) - position(b));
}

/** One fault a place is enough: a wrong type also fails range and list. */
function withoutEchoes(errors: readonly ErrorObject[]): readonly ErrorObject[] {
  const seen = new Set<string>();
  return errors.filter((error) => {
    const place = `${error.instancePath}/${error.keyword === 'required' ? error.params.missingProperty : ''}`;
    return seen.size < seen.add(place).size;
  });
}

/** `null`, `""` and `[]` mean "not given" to the clients that send them. */
function withoutEmptyValues(body: JsonObject): JsonObject {
  const isEmpty = (value: JsonValue) =>
    value === null || value === '' || (Array.isArray(value) && value.length === 0);
  return Object.fromEntries(Object.entries(body).filter(([, value]) => !isEmpty(value)));
}

const ajv = new Ajv({
  allErrors: true,
  coerceTypes: true,
  useDefaults: true,
  removeAdditional: 'all',
  strict: false,
  verbose: true,
});
const validators = new Map<Endpoint, ValidateFunction>();

function validatorOf(endpoint: Endpoint): ValidateFunction {
  const known = validators.get(endpoint);
  if (known !== undefined) return known;
  const validate = ajv.compile({
    type: 'object',
    properties: Object.fromEntries(
      endpoint.fields.map((field) => [field.name, field.accepted ?? field.schema]),
    ),
    required: endpoint.fields.filter((field) => field.required).map((field) => field.name),
  });
  validators.set(endpoint, validate);
  return validate;
}
