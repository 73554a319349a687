/** A thin HTTP client of a running server, as the command line needs it. */
import { AnimaticError, ERROR_CODES, type ErrorCode } from '#domain/errors.ts';
import type { JsonObject, JsonValue } from '#domain/json.ts';

/** What a server that is stopping answers, or the proxy before one that has stopped. */
const NOT_THERE_STATUSES: readonly number[] = [502, 503, 504];

export class ServerClient {
  /** Origin without a trailing slash. */
  readonly url: string;
  readonly #key: string;

  constructor(url: string, key: string) {
    this.url = url.replace(/\/+$/, '');
    this.#key = key;
  }

  get(path: string): Promise<JsonObject> {
    return this.#request(path, { method: 'GET' });
  }

  post(path: string, body: JsonValue): Promise<JsonObject> {
    return this.#request(path, {
      method: 'POST',
      body: JSON.stringify(body),
      headers: { 'content-type': 'application/json' },
    });
  }

  put(path: string): Promise<JsonObject> {
    return this.#request(path, { method: 'PUT' });
  }

  delete(path: string): Promise<JsonObject> {
    return this.#request(path, { method: 'DELETE' });
  }

  upload(path: string, form: FormData): Promise<JsonObject> {
    return this.#request(path, { method: 'POST', body: form });
  }

  /** A file's bytes. @throws AnimaticError as the other calls do. */
  async download(path: string): Promise<Uint8Array> {
    const response = await this.#fetch(path, { method: 'GET' });
    if (!response.ok) throw answeredError(response, {});
    return this.#orUnreachable(response.bytes());
  }

  /** @throws AnimaticError `server_unreachable`, or the server's own error with its code. */
  async #request(path: string, options: RequestInit): Promise<JsonObject> {
    const response = await this.#fetch(path, options);
    const body = jsonOf(await this.#orUnreachable(response.text()));
    if (response.ok && body !== undefined) return body;
    throw answeredError(response, body);
  }

  #fetch(path: string, options: RequestInit): Promise<Response> {
    const headers = { ...options.headers, authorization: `Bearer ${this.#key}` };
    return this.#orUnreachable(fetch(this.url + path, { ...options, headers }));
  }

  /** An answer can break off in its middle too. */
  async #orUnreachable<Answer>(answer: Promise<Answer>): Promise<Answer> {
    try {
      return await answer;
    } catch (cause) {
      const message = `No server answers at ${this.url}. Start one with "animatic serve", or leave --server out to run one for the occasion.`;
      throw new AnimaticError('server_unreachable', message, { cause });
    }
  }
}

/** Undefined for what is no JSON object; an empty body counts as an object without members. */
function jsonOf(text: string): Record<string, JsonValue> | undefined {
  if (text === '') return {};
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? (value as Record<string, JsonValue>) : undefined;
  } catch {
    return undefined;
  }
}

function answeredError(
  response: Response,
  body: Readonly<Record<string, JsonValue>> | undefined,
): AnimaticError {
  const { error_code: code, message } = body ?? {};
  if (typeof code === 'string' && Object.hasOwn(ERROR_CODES, code) && typeof message === 'string')
    return new AnimaticError(code as ErrorCode, message);
  const answer = `${new URL(response.url).origin} answered HTTP ${response.status}`;
  if (NOT_THERE_STATUSES.includes(response.status))
    return new AnimaticError('server_unreachable', `${answer}: the server is stopping or has stopped.`);
  return new AnimaticError('internal', `${answer} in a way that Animatic does not; check the address.`);
}
