import type { ErrorCode } from '#domain/errors.ts';
import type { JsonValue } from '#domain/json.ts';
import { asArray, asText, at } from '../upstream/json-reading.ts';
import type { UpstreamFault } from '../upstream/submit-verdict.ts';

/** Model errors that are no fault of the request. */
const ENGINE_FAULTS: ReadonlySet<string> = new Set([
  'internal_server_error',
  'generation_timeout',
  'downstream_service_error',
  'downstream_service_unavailable',
  'no_media_generated',
]);

/** Of requests that are at fault themselves. */
const INPUT_STATUSES: readonly number[] = [400, 413, 422];

/** From `{ detail: [{ loc, msg, type }] }` of a model, or `{ detail: "text", error_type }` of the platform. */
export function falFault(body: JsonValue | undefined, status: number): UpstreamFault {
  const detail = at(body, 'detail');
  const entries = asArray(detail) ?? [];
  if (entries.length > 0) {
    const types = entries.map((entry) => asText(at(entry, 'type')) ?? '');
    return { code: codeOf(types, 422), words: entries.map(wordsOf).join('; ') };
  }
  const words = asText(detail) ?? asText(at(body, 'error')) ?? 'it gave no reason';
  return { code: codeOf([asText(at(body, 'error_type')) ?? ''], status), words };
}

function codeOf(types: readonly string[], status: number): ErrorCode {
  if (types.includes('content_policy_violation')) return 'content_refused';
  const isInputFault = INPUT_STATUSES.includes(status) && !types.some((type) => ENGINE_FAULTS.has(type));
  return isInputFault ? 'invalid_parameter' : 'engine_failed';
}

/** `resolution: must be one of ...` */
function wordsOf(entry: JsonValue): string {
  const place = (asArray(at(entry, 'loc')) ?? []).filter((part) => part !== 'body').join('.');
  const message = asText(at(entry, 'msg')) ?? asText(at(entry, 'type')) ?? 'it gave no reason';
  return place === '' ? message : `${place}: ${message}`;
}
