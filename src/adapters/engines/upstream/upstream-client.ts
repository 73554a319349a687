/**
 * HTTP to a service's API. What only reads is repeated when it fails for a passing reason; what buys is sent once, on a connection of
 * its own, and a failure says whether anything can have been bought.
 */
import { Agent, request } from 'undici';
import { AnimaticError } from '#domain/errors.ts';
import type { JsonValue } from '#domain/json.ts';
import type { Clock } from '#ports/clock.ts';
import { failureReason } from '../../fetch/access-failed.ts';
import { nothingWasSent } from './connection-failure.ts';
import type { Credential } from './credentials.ts';
import { retryAfterMs } from './retry-after.ts';
import { UpstreamTrouble } from './upstream-trouble.ts';

export interface UpstreamTimeouts {
  readonly connectMs: number;
  /** Until a submit or an upload is answered: they carry pictures of many megabytes. */
  readonly submitMs: number;
  /** Until anything else is answered. */
  readonly readMs: number;
}

export const DEFAULT_TIMEOUTS: UpstreamTimeouts = { connectMs: 10_000, submitMs: 120_000, readMs: 20_000 };

export interface UpstreamClientOptions {
  /** What messages call the engine. */
  readonly engine: string;
  /** Without a slash at the end. */
  readonly baseUrl: string;
  /** Value of the Authorization header. */
  readonly authorize: (apiKey: string) => string;
  readonly clock: Clock;
  /** 0 to 1, another each time. */
  readonly random: () => number;
  readonly timeouts: UpstreamTimeouts;
  readonly retryPauseMs: number;
}

export interface UpstreamAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  /** Undefined for a body that is not JSON. */
  readonly body: JsonValue | undefined;
}

export interface Exchange {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  /** Below the base URL, or in full. */
  readonly url: string;
  /** None: the request goes to another host, which must not see a key. */
  readonly credential?: Credential;
  readonly json?: JsonValue;
  /** In place of `json`. */
  readonly body?: { readonly bytes: Uint8Array; readonly headers: Readonly<Record<string, string>> };
  /** Also server errors are an answer, given at once. */
  readonly takesServerErrors?: boolean;
  readonly signal?: AbortSignal;
}

/** A repeat follows a failure of a read that passes by itself. */
const MOST_REPEATS = 2;
const LONGEST_RETRY_PAUSE_MS = 30_000;
const LONGEST_ANSWER_BYTES = 16 * 1024 * 1024;

const isServerError = (status: number): boolean => status >= 500;
const isPassing = (status: number): boolean => status === 429 || isServerError(status);

export class UpstreamClient {
  readonly #options: UpstreamClientOptions;
  readonly #readers: Agent;
  /** Without keep-alive: a connection that the service has just closed would make a lost submit look sent. */
  readonly #submitters: Agent;

  constructor(options: UpstreamClientOptions) {
    this.#options = options;
    const { connectMs } = options.timeouts;
    this.#readers = new Agent({ connect: { timeout: connectMs } });
    this.#submitters = new Agent({ connect: { timeout: connectMs }, pipelining: 0 });
  }

  /** @throws UpstreamTrouble when the service cannot be reached or fails, also when asked again; the signal's reason. */
  async ask(exchange: Exchange): Promise<UpstreamAnswer> {
    for (let repeats = 0; ; repeats += 1) {
      const outcome = await this.#attempt(exchange);
      if (!(outcome instanceof UpstreamTrouble)) return outcome;
      if (repeats === MOST_REPEATS) throw outcome;
      const pause =
        outcome.retryAfterMs ?? this.#options.retryPauseMs * 2 ** repeats * (1 + this.#options.random());
      await this.#options.clock.sleep(Math.min(pause, LONGEST_RETRY_PAUSE_MS), exchange.signal);
      exchange.signal?.throwIfAborted();
    }
  }

  /**
   * Sends what buys a job, once and to its end.
   * @throws AnimaticError `engine_unavailable` when it was not sent, `engine_start_unknown` when it was and is not answered.
   */
  async submit(exchange: Exchange): Promise<UpstreamAnswer> {
    try {
      return await this.#send(exchange, this.#submitters, this.#options.timeouts.submitMs);
    } catch (error) {
      const reason = reasonOf(error);
      if (nothingWasSent(error)) {
        throw new AnimaticError(
          'engine_unavailable',
          `The engine "${this.#options.engine}" cannot be reached (${reason}); nothing was started. Try again later.`,
          { cause: error },
        );
      }
      throw startUnknown(this.#options.engine, reason, error);
    }
  }

  async close(): Promise<void> {
    // A submit under way is waited for: broken off, nobody would know what it bought.
    await Promise.all([this.#readers.destroy(), this.#submitters.close()]);
  }

  async #attempt(exchange: Exchange): Promise<UpstreamAnswer | UpstreamTrouble> {
    try {
      const { readMs, submitMs } = this.#options.timeouts;
      // A picture that is brought takes as long as one within a submit.
      const timeoutMs = exchange.body === undefined ? readMs : submitMs;
      const answer = await this.#send(exchange, this.#readers, timeoutMs);
      if (!isPassing(answer.status)) return answer;
      if (exchange.takesServerErrors === true && isServerError(answer.status)) return answer;
      const wait = retryAfterMs(answer.headers['retry-after'], this.#options.clock.now());
      return new UpstreamTrouble(`it answers HTTP ${answer.status}`, { retryAfterMs: wait });
    } catch (error) {
      exchange.signal?.throwIfAborted();
      return new UpstreamTrouble(reasonOf(error), { cause: error });
    }
  }

  async #send(exchange: Exchange, dispatcher: Agent, timeoutMs: number): Promise<UpstreamAnswer> {
    const { baseUrl, authorize } = this.#options;
    const { method, url, credential, json, body, signal } = exchange;
    const deadline = AbortSignal.timeout(timeoutMs);
    const response = await request(url.startsWith('/') ? `${baseUrl}${url}` : url, {
      method,
      dispatcher,
      headersTimeout: timeoutMs,
      bodyTimeout: timeoutMs,
      signal: signal === undefined ? deadline : AbortSignal.any([signal, deadline]),
      headers: {
        accept: 'application/json',
        'user-agent': 'animatic',
        ...(credential === undefined ? {} : { authorization: authorize(credential.apiKey) }),
        ...(json === undefined ? {} : { 'content-type': 'application/json' }),
        ...body?.headers,
      },
      ...(json === undefined ? {} : { body: JSON.stringify(json) }),
      ...(body === undefined ? {} : { body: body.bytes }),
    });
    const text = await readLimited(response.body);
    return { status: response.statusCode, headers: response.headers, body: parseJson(text) };
  }
}

export const startUnknown = (engine: string, reason: string, cause?: unknown): AnimaticError =>
  new AnimaticError(
    'engine_start_unknown',
    `The job was sent to the engine "${engine}" and not answered (${reason}), so that it may be running; it is not sent again.`,
    cause === undefined ? {} : { cause },
  );

const reasonOf = (error: unknown): string =>
  error instanceof DOMException && error.name === 'TimeoutError'
    ? 'it did not answer in time'
    : failureReason(error);

async function readLimited(body: AsyncIterable<Uint8Array>): Promise<string> {
  const chunks: Uint8Array[] = [];
  let byteLength = 0;
  for await (const chunk of body) {
    byteLength += chunk.length;
    if (byteLength > LONGEST_ANSWER_BYTES) throw new Error('The answer is too long.');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

function parseJson(text: string): JsonValue | undefined {
  try {
    return JSON.parse(text) as JsonValue;
  } catch {
    return undefined;
  }
}
