/**
 * What an unsuccessful answer to a submit proves. Only where it proves that nothing was created may another engine be tried; what is
 * the request's own fault is told to its caller in the service's words.
 */
import { AnimaticError, type ErrorCode } from '#domain/errors.ts';
import type { Instant } from '#domain/instant.ts';
import { quote } from './json-reading.ts';
import { retryAfterMs } from './retry-after.ts';
import { startUnknown, type UpstreamAnswer } from './upstream-client.ts';

/** What the service itself says of a fault. */
export interface UpstreamFault {
  /** `content_refused`, `invalid_parameter`, `engine_failed`; `engine_busy` and `engine_unavailable` where its words say so. */
  readonly code: ErrorCode;
  /** Its words, for people; keys have been taken out. */
  readonly words: string;
}

export interface SubmitJudge {
  readonly engine: string;
  /** Name of the key that was used. */
  readonly credential: string;
  readonly now: Instant;
  /** Reads the service's form of a fault. */
  readonly faultOf: (answer: UpstreamAnswer) => UpstreamFault;
}

/** A redirect is answered by a proxy or a moved service, which has created nothing. */
const MOVED: readonly number[] = [301, 302, 307, 308];
/** Given up by a proxy or by the service itself, perhaps after the job was created. */
const ABANDONED: readonly number[] = [408, 499];

export function submitError(answer: UpstreamAnswer, judge: SubmitJudge): AnimaticError {
  const { status } = answer;
  const { engine, credential } = judge;
  const unavailable = (why: string) =>
    new AnimaticError('engine_unavailable', `The engine "${engine}" ${why}; nothing was started.`, {
      details: { httpStatus: status },
    });
  if (MOVED.includes(status)) return unavailable('is reached under an address that has moved');
  if (status === 401) return unavailable(`does not accept its key "${credential}"`);
  if (status < 400 || status >= 500 || ABANDONED.includes(status))
    return startUnknown(engine, `HTTP ${status}`);
  const { code, words } = judge.faultOf(answer);
  if (code === 'content_refused') return faultError(engine, { code, words });
  if (status === 429 || status === 409 || code === 'engine_busy') {
    const wait = retryAfterMs(answer.headers['retry-after'], judge.now);
    return new AnimaticError(
      'engine_busy',
      `The engine "${engine}" takes no more work for the moment; nothing was started. Try again later.`,
      { details: { httpStatus: status, ...(wait === undefined ? {} : { retryAfterMs: wait }) } },
    );
  }
  if (status === 402 || status === 403 || code === 'engine_unavailable')
    return unavailable(`does not let its key "${credential}" start this (${quote(words)})`);
  if (status === 404) return unavailable(`does not know the model that it is set up with (${quote(words)})`);
  return faultError(engine, { code, words });
}

/** A verdict on the request, on submit or on the job. */
export function faultError(engine: string, { code, words }: UpstreamFault): AnimaticError {
  const said = quote(words).replace(/\.$/, '');
  switch (code) {
    case 'content_refused':
      return new AnimaticError(
        code,
        `The engine "${engine}" refused the content: ${said}. Change the prompt or the pictures.`,
      );
    case 'invalid_parameter':
      return new AnimaticError(code, `The engine "${engine}" does not accept the request: ${said}.`);
    default:
      return new AnimaticError(code, `The engine "${engine}" could not make the clip: ${said}.`);
  }
}
