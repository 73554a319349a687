/**
 * Every failure a user can meet has a permanent code here. A code is never renamed or reused; its page is docs/errors.md,
 * and a test keeps the two in step. Each protocol maps all codes to its own wire form in an exhaustive record.
 */

/** Code -> what it means, in one sentence. The text of a concrete error says what happened, why, and what to do. */
export const ERROR_CODES = {
  missing_parameter: 'A required input is absent or empty.',
  invalid_parameter: 'An input has the wrong type or lies outside its range.',
  malformed_request: 'The request body cannot be read at all.',
  payload_too_large: 'The request body or an upload exceeds the size limit.',
  unauthorized: 'The API key is missing, unknown or revoked.',
  forbidden: 'The API key is valid but may not do this.',
  unknown_endpoint: 'No endpoint of this protocol has this id.',
  not_found: 'No such task, file or key exists in this account.',
  already_finished: 'The task has ended and can no longer be cancelled.',
  still_running: 'The task has no result yet.',
  insufficient_credit: 'The balance does not cover the price of the request.',
  unsupported_by_engine: 'The engine behind the endpoint cannot do what was asked.',
  media_access_failed: 'A file named by URL could not be fetched.',
  media_address_refused: 'A URL points at an address that this server does not fetch from.',
  webhook_url_refused:
    'A webhook URL cannot be used, or points at an address that this server sends nothing to.',
  media_too_large: 'A file exceeds the limit in bytes or pixels.',
  media_unsupported: 'A file is not in one of the accepted formats.',
  media_unreadable: 'A file is damaged and cannot be decoded.',
  content_refused: 'The content of the request was refused by moderation.',
  engine_failed: 'The engine reported that it could not make the clip.',
  engine_crashed: 'The render process died while making the clip, also when tried again.',
  engine_busy: 'The engine takes no more work for the moment; nothing was started.',
  engine_unavailable: 'The engine cannot be reached or is not set up to work; nothing was started.',
  engine_start_unknown:
    'A job was sent to the engine and not answered, so that it may or may not be running.',
  cancelled: 'The task was cancelled before it finished.',
  start_timeout: 'The task did not start within the time that its caller gave it.',
  queue_full: 'More requests wait than the caller would join.',
  rate_limited: 'More requests came within a minute than the account may send.',
  unavailable: 'The server cannot take requests for the moment.',
  idempotency_key_reused: 'The Idempotency-Key of the request belongs to an earlier, different one.',
  lease_lost: 'A worker no longer owns the task it reports on.',
  data_folder_in_use: 'Another program holds the data folder.',
  bad_setting: 'A setting has a value that cannot be used.',
  server_unreachable: 'The command line could not reach the server.',
  internal: 'Something failed that should not have; the log has the cause.',
} as const;

export type ErrorCode = keyof typeof ERROR_CODES;

/** Where in the input a fault lies: `['images', 1]` is the second element of `images`. */
export type InputPath = readonly (string | number)[];

/** Machine-readable particulars of a fault, for clients that branch on them (limits, allowed values). */
export type ErrorDetails = Readonly<Record<string, string | number | boolean | readonly (string | number)[]>>;

export interface ErrorOptions {
  /** The input at fault; omitted when no input is. */
  readonly path?: InputPath;
  readonly details?: ErrorDetails;
  readonly cause?: unknown;
}

/** The form in which an error is stored with a task and crosses process borders. */
export interface StoredError {
  readonly code: ErrorCode;
  readonly message: string;
  readonly path?: InputPath;
  readonly details?: ErrorDetails;
}

/** The one error class that may reach a user. Anything else is a defect and is reported as `internal`. */
export class AnimaticError extends Error {
  override readonly name = 'AnimaticError';
  readonly code: ErrorCode;
  readonly path: InputPath | undefined;
  readonly details: ErrorDetails | undefined;

  /** @param message One or two sentences: what happened, why, and what to do about it. */
  constructor(code: ErrorCode, message: string, options: ErrorOptions = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.code = code;
    this.path = options.path;
    this.details = options.details;
  }
}

/** One thing wrong with an input; a request can have several. */
export interface InputFault {
  readonly code: ErrorCode;
  readonly message: string;
  readonly path: InputPath;
  readonly details?: ErrorDetails;
}

/** An input refused before anything was charged. Code, message and path are those of the first fault. */
export class InputError extends AnimaticError {
  readonly faults: readonly [InputFault, ...InputFault[]];

  constructor(faults: readonly [InputFault, ...InputFault[]]) {
    const [first] = faults;
    super(first.code, first.message, first);
    this.faults = faults;
  }
}

/** The stored form of any thrown value; an unexpected one becomes `internal` without its text, which may hold secrets. */
export function toStoredError(error: unknown): StoredError {
  if (!(error instanceof AnimaticError)) {
    return { code: 'internal', message: 'Something failed inside the server; its log has the cause.' };
  }
  return {
    code: error.code,
    message: error.message,
    ...(error.path === undefined ? {} : { path: error.path }),
    ...(error.details === undefined ? {} : { details: error.details }),
  };
}

/** The throwable form of a stored error. */
export function fromStoredError(stored: StoredError): AnimaticError {
  return new AnimaticError(stored.code, stored.message, {
    ...(stored.path === undefined ? {} : { path: stored.path }),
    ...(stored.details === undefined ? {} : { details: stored.details }),
  });
}
