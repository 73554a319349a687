import type { ErrorCode } from '#domain/errors.ts';
import type { JsonValue } from '#domain/json.ts';
import { asNumber, asText, at } from '../upstream/json-reading.ts';
import { soundsLikeModeration } from '../upstream/read-answer.ts';
import type { UpstreamFault } from '../upstream/submit-verdict.ts';

/** Of predictions; 0 is none. */
const CODES: Readonly<Record<number, ErrorCode>> = {
  1200: 'content_refused',
  1400: 'invalid_parameter',
  1401: 'invalid_parameter',
  1402: 'engine_failed',
};

/** A wallet that is empty is answered with various statuses. */
const EMPTY_WALLET = /insufficient|top.?up|out of credit/i;

/** From a failed prediction: `{ code, error }`. Older ones have no code. */
export function predictionFault(prediction: JsonValue | undefined): UpstreamFault {
  const words = asText(at(prediction, 'error')) ?? 'it gave no reason';
  const code = CODES[asNumber(at(prediction, 'code')) ?? 0];
  return { code: code ?? (soundsLikeModeration(words) ? 'content_refused' : 'engine_failed'), words };
}

/** From a refused request: `{ code, message, error, error_code }`. */
export function requestFault(body: JsonValue | undefined): UpstreamFault {
  const words = asText(at(body, 'message')) ?? asText(at(body, 'error')) ?? 'it gave no reason';
  if (EMPTY_WALLET.test(words)) return { code: 'engine_unavailable', words };
  const code = CODES[asNumber(at(body, 'error_code')) ?? asNumber(at(body, 'code')) ?? 0];
  return { code: code ?? (soundsLikeModeration(words) ? 'content_refused' : 'invalid_parameter'), words };
}
