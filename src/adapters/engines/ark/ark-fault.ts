import type { ErrorCode } from '#domain/errors.ts';
import type { JsonValue } from '#domain/json.ts';
import { asText, at } from '../upstream/json-reading.ts';
import type { UpstreamFault } from '../upstream/submit-verdict.ts';

/** Ark's codes begin with a word that tells the kind, and go on after a dot. */
const KINDS: readonly (readonly [RegExp, ErrorCode])[] = [
  [/SensitiveContentDetected|RiskDetection|PolicyViolation|PrivacyInformation/, 'content_refused'],
  [/^(MissingParameter|InvalidParameter|InvalidImage|InvalidArgument)/, 'invalid_parameter'],
  [/RateLimitExceeded|QuotaExceeded|ServerOverloaded|TooManyRequests/, 'engine_busy'],
  [/^(AuthenticationError|AccountOverdue|AccessDenied|ModelNotOpen|InvalidEndpoint)/, 'engine_unavailable'],
];

/** From `{ code, message }`, on a refused request or a failed task. */
export function arkFault(error: JsonValue | undefined): UpstreamFault {
  const code = asText(at(error, 'code')) ?? '';
  const message = asText(at(error, 'message')) ?? 'it gave no reason';
  const kind = KINDS.find(([pattern]) => pattern.test(code))?.[1] ?? 'engine_failed';
  return { code: kind, words: code === '' ? message : `${message} (${code})` };
}
