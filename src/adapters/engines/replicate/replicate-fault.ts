import type { JsonValue } from '#domain/json.ts';
import { asText, at, objectsIn } from '../upstream/json-reading.ts';
import { soundsLikeModeration } from '../upstream/read-answer.ts';
import type { UpstreamFault } from '../upstream/submit-verdict.ts';

/** From a refused request: RFC 9457, with the fields at fault. */
export function requestFault(body: JsonValue | undefined): UpstreamFault {
  const fields = objectsIn(at(body, 'invalid_fields')).map(
    ({ field, description }) => `${asText(field) ?? 'input'}: ${asText(description) ?? 'invalid'}`,
  );
  const said = asText(at(body, 'detail')) ?? asText(at(body, 'title')) ?? 'it gave no reason';
  const words = [said, ...fields].join('; ');
  return { code: soundsLikeModeration(words) ? 'content_refused' : 'invalid_parameter', words };
}

/** From a failed prediction, which has a text alone. */
export function predictionFault(error: JsonValue | undefined): UpstreamFault {
  const words = asText(error) ?? 'it gave no reason';
  return { code: soundsLikeModeration(words) ? 'content_refused' : 'engine_failed', words };
}
