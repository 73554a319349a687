/** One entry of `detail`: a fault of the input as Pydantic and fal's own model errors write it. */
import type { ErrorDetails, InputPath } from '#domain/errors.ts';

export interface ValidationDetail {
  /** `["body", "image_urls", 1]`. */
  readonly loc: readonly (string | number)[];
  readonly msg: string;
  readonly type: string;
  /** The limit that was broken, by the name that the type gives it. */
  readonly ctx?: Readonly<Record<string, unknown>>;
  /** The value at fault, where it is short enough to be of use. */
  readonly input?: unknown;
  /** fal's page about the type, where it has one. */
  readonly url?: string;
}

interface Fault {
  readonly message: string;
  readonly path?: InputPath | undefined;
  readonly details?: ErrorDetails | undefined;
}

/** Longer texts (a picture as a `data:` URI) are not sent back. */
const LONGEST_ECHO = 200;

/** @param plainType The type where the fault names no broken rule. */
export function validationDetail(fault: Fault, plainType: string, input: unknown): ValidationDetail {
  const path = fault.path ?? [];
  const { type, ctx } = typeAndContext(fault.details ?? {}, plainType);
  const value = valueAt(input, path);
  const isShort = typeof value === 'string' ? value.length <= LONGEST_ECHO : typeof value !== 'object';
  return {
    loc: ['body', ...path],
    msg: fault.message,
    type,
    ...(ctx === undefined ? {} : { ctx }),
    ...(value !== undefined && isShort ? { input: value } : {}),
    ...(MODEL_ERROR_TYPES.includes(type) ? { url: `https://docs.fal.ai/errors/#${type}` } : {}),
  };
}

/** The types here that fal's page about model errors explains; the others are Pydantic's. */
const MODEL_ERROR_TYPES: readonly string[] = [
  'content_policy_violation',
  'feature_not_supported',
  'file_download_error',
  'file_too_large',
  'greater_than_equal',
  'image_load_error',
  'image_too_large',
  'less_than_equal',
  'sequence_too_long',
  'sequence_too_short',
  'unsupported_image_format',
];

const TYPE_ERRORS: Readonly<Record<string, string>> = {
  integer: 'int_parsing',
  number: 'float_parsing',
  boolean: 'bool_parsing',
  string: 'string_type',
  array: 'list_type',
  object: 'dict_type',
};

interface TypeAndContext {
  readonly type: string;
  readonly ctx?: Readonly<Record<string, unknown>>;
}

/** The catalogue's rules are named by their JSON Schema keyword. */
function typeAndContext(details: ErrorDetails, plainType: string): TypeAndContext {
  const { rule, type, limit, allowedValues } = details;
  switch (rule) {
    case 'required':
    case 'needs':
      return { type: 'missing' };
    case 'type':
      return { type: TYPE_ERRORS[String(type)] ?? plainType };
    case 'enum':
      return { type: 'literal_error', ctx: { expected: literals(allowedValues) } };
    case 'minimum':
      return { type: 'greater_than_equal', ctx: { ge: limit } };
    case 'maximum':
      return { type: 'less_than_equal', ctx: { le: limit } };
    case 'minLength':
      return { type: 'string_too_short', ctx: { min_length: limit } };
    case 'maxLength':
      return { type: 'string_too_long', ctx: { max_length: limit } };
    case 'minItems':
      return { type: 'sequence_too_short', ctx: { min_length: limit } };
    case 'maxItems':
      return { type: 'sequence_too_long', ctx: { max_length: limit } };
    default:
      return fileContext(details, plainType);
  }
}

/** Of a file that is none or too large. */
function fileContext(
  { maxBytes, maxByteLength = maxBytes, maxPixels, width, height, acceptedFormats }: ErrorDetails,
  plainType: string,
): TypeAndContext {
  if (maxPixels !== undefined) {
    // The limit is one of pixels; in fal's words it is the largest picture of the same shape.
    const scale = Math.sqrt(Number(maxPixels) / (Number(width) * Number(height)));
    const [max_width, max_height] = [width, height].map((side) => Math.floor(Number(side) * scale));
    return { type: 'image_too_large', ctx: { max_width, max_height, max_pixels: maxPixels } };
  }
  if (maxByteLength !== undefined) return { type: plainType, ctx: { max_size: maxByteLength } };
  if (acceptedFormats !== undefined) return { type: plainType, ctx: { supported_formats: acceptedFormats } };
  return { type: plainType };
}

/** As Pydantic words it: `'480p' or '720p'`. */
function literals(values: ErrorDetails[string] | undefined): string {
  const quoted = (Array.isArray(values) ? values : []).map((value) => `'${value}'`);
  return quoted.length < 2 ? quoted.join('') : `${quoted.slice(0, -1).join(', ')} or ${quoted.at(-1)}`;
}

function valueAt(input: unknown, path: InputPath): unknown {
  return path.reduce<unknown>(
    (value, step) =>
      typeof value === 'object' && value !== null && Object.hasOwn(value, step)
        ? (value as Record<string | number, unknown>)[step]
        : undefined,
    input,
  );
}
