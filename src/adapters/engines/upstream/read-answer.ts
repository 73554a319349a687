import type { JsonObject } from '#domain/json.ts';
import type { EngineHealth } from '#ports/engine.ts';
import type { Credential } from './credentials.ts';
import { asObject } from './json-reading.ts';
import type { UpstreamAnswer } from './upstream-client.ts';
import { UpstreamTrouble } from './upstream-trouble.ts';

export const isSuccess = ({ status }: UpstreamAnswer): boolean => status >= 200 && status < 300;

/** The JSON object of a good answer. @throws UpstreamTrouble for any other. */
export function successBody(answer: UpstreamAnswer, credential: Credential): JsonObject {
  if (!isSuccess(answer)) throw troubleOf(answer, credential);
  const body = asObject(answer.body);
  if (body === undefined) throw new UpstreamTrouble('its answer cannot be read');
  return body;
}

export function troubleOf({ status }: UpstreamAnswer, credential: Credential): UpstreamTrouble {
  if (status === 401 || status === 403)
    return new UpstreamTrouble(`it does not accept the key "${credential.name}" (HTTP ${status})`);
  return new UpstreamTrouble(`it answers HTTP ${status}`);
}

/** What a cheap question says about an engine; `facts` of a good answer are shown to the operator. */
export function healthOf(
  answer: UpstreamAnswer,
  credential: Credential,
  facts: string = `accepts the key "${credential.name}"`,
): EngineHealth {
  if (isSuccess(answer)) return { state: 'ready', message: facts };
  if (answer.status === 401 || answer.status === 403) {
    return {
      state: 'unavailable',
      message: `does not accept the key "${credential.name}" (HTTP ${answer.status}); set up a valid one, or look after the account`,
    };
  }
  return {
    state: 'degraded',
    message: `answers HTTP ${answer.status} to a simple question; check the base URL, or wait`,
  };
}

/** Services without a code for it say in words that their moderation refused something. */
export const soundsLikeModeration = (words: string): boolean =>
  /\b(sensitive|moderation|moderated|nsfw|content[ _]policy|policy[ _]violation|flagged)\b/i.test(words);
