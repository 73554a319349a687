/** A thin HTTP client of a running server, as the command line needs it. */
import { AnimaticError, ERROR_CODES, type ErrorCode } from '#domain/errors.ts';
import type { JsonObject, JsonValue } from '#domain/json.ts';

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

  delete(path: string): Promise<JsonObject> {
    return this.#request(path, { method: 'DELETE' });
  }

  upload(path: string, form: FormData): Promise<JsonObject> {
    return this.#request(path, { method: 'POST', body: form });
  }

  /** @throws AnimaticError `server_unreachable`, or the server's own error with its code. */
  async #request(path: string, options: RequestInit): Promise<JsonObject> {
    const response = await this.#fetch(path, options);
    const body = (await response.json().catch(() => ({}))) as Record<string, JsonValue>;
    if (response.ok) return body;
    const code = body.error_code;
    const message =
      typeof body.message === 'string' ? body.message : `The server answered HTTP ${response.status}.`;
    throw new AnimaticError(
      typeof code === 'string' && code in ERROR_CODES ? (code as ErrorCode) : 'internal',
      message,
    );
  }

  async #fetch(path: string, options: RequestInit): Promise<Response> {
    try {
      return await fetch(this.url + path, {
        ...options,
        headers: { ...options.headers, authorization: `Bearer ${this.#key}` },
      });
    } catch (cause) {
      const message = `No server answers at ${this.url}. Start one with "animatic serve", or leave --server out to run one for the occasion.`;
      throw new AnimaticError('server_unreachable', message, { cause });
    }
  }
}
