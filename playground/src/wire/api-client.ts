/**
 * Every call of the page to its server. The session's cookie counts only beside the `x-animatic-page` header, which no other origin can
 * send. Errors of all three dialects (plain, WaveSpeed's, fal's) become one `WireError`.
 */

/** Something wrong at one place of an input. */
export interface Fault {
  readonly code: string;
  readonly path: readonly (string | number)[];
  readonly message: string;
}

export class WireError extends Error {
  /** HTTP status; 0 when the server could not be reached. */
  readonly status: number;
  /** The project's own code, as listed in docs/errors.md. */
  readonly code: string;
  /** Where in the input, for faults of it. */
  readonly faults: readonly Fault[];

  constructor(status: number, code: string, message: string, faults: readonly Fault[] = []) {
    super(message);
    this.name = 'WireError';
    this.status = status;
    this.code = code;
    this.faults = faults;
  }
}

export interface RequestOptions {
  /** Sent as JSON, a form as it is. */
  readonly body?: unknown;
  readonly signal?: AbortSignal | undefined;
}

const PAGE_HEADER = { 'x-animatic-page': '1' } as const;

/** The answer's JSON; undefined for an empty one. @throws WireError for every status but 2xx, and when there is no answer. */
export async function request<Result>(
  method: 'GET' | 'POST' | 'PUT' | 'DELETE',
  path: string,
  { body, signal }: RequestOptions = {},
): Promise<Result> {
  const isForm = body instanceof FormData;
  const response = await reach(path, {
    method,
    headers: {
      ...PAGE_HEADER,
      ...(body === undefined || isForm ? {} : { 'content-type': 'application/json' }),
    },
    ...(body === undefined ? {} : { body: isForm ? body : JSON.stringify(body) }),
    ...(signal === undefined ? {} : { signal }),
  });
  const answer = await readJson(response);
  if (response.ok) return answer as Result;
  throw toWireError(response.status, answer);
}

async function reach(path: string, init: RequestInit): Promise<Response> {
  try {
    return await fetch(path, init);
  } catch (error) {
    if (error instanceof DOMException && error.name === 'AbortError') throw error;
    throw new WireError(0, 'server_unreachable', 'The server cannot be reached.');
  }
}

async function readJson(response: Response): Promise<unknown> {
  const text = await response.text();
  try {
    return text === '' ? undefined : JSON.parse(text);
  } catch {
    return undefined;
  }
}

interface ErrorBody {
  readonly message?: unknown;
  readonly error_code?: unknown;
  readonly path?: Fault['path'];
  readonly detail?: unknown;
}

interface FalDetail {
  readonly loc?: readonly (string | number)[];
  readonly msg?: string;
  readonly type?: string;
}

function toWireError(status: number, answer: unknown): WireError {
  const body = (answer ?? {}) as ErrorBody;
  const code = typeof body.error_code === 'string' ? body.error_code : `http_${status}`;
  const message = typeof body.message === 'string' ? body.message : `The server answered ${status}.`;
  return new WireError(status, code, message, faultsOf(body, code, message));
}

function faultsOf(body: ErrorBody, code: string, message: string): readonly Fault[] {
  if (Array.isArray(body.detail)) {
    return (body.detail as readonly FalDetail[]).map(({ loc = [], msg = message, type = code }) => ({
      code: type,
      path: loc.slice(1),
      message: msg,
    }));
  }
  return body.path === undefined ? [] : [{ code, path: body.path, message }];
}
