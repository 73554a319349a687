/**
 * The project's errors in fal's words. What is wrong with an input is a list of places as FastAPI makes it, anything else a text with
 * an `error_type`; `message` and `error` stand beside both because fal's JS client reads the one and the AI SDK the
 * other, and `error_code` is the project's own code.
 */
import type { FastifyReply, FastifyRequest } from 'fastify';
import {
  AnimaticError,
  type ErrorCode,
  type ErrorDetails,
  InputError,
  type InputPath,
} from '#domain/errors.ts';
import { fullMessage } from '../http/full-message.ts';
import { toAnimaticError } from '../http/request-error.ts';
import { setRetryAfter } from '../http/retry-after.ts';
import { validationDetail } from './validation-detail.ts';

export interface FalFailure {
  readonly httpStatus: number;
  /** `error_type` of platform errors, `type` of an entry in `detail` for faults of the input. */
  readonly errorType: string;
  /** Answers of the queue's look-ups carry a word of their own. */
  readonly queueStatus?: 'NOT_FOUND' | 'ALREADY_COMPLETED';
  /** The same request may well succeed later; false when omitted. */
  readonly isWorthRetrying?: boolean;
  /** Marks a 504 that the caller asked for by its start deadline: no client repeats it. */
  readonly timeoutType?: 'user';
}

/** Of a request (thrown) or of a finished task (stored). */
interface FailureText {
  readonly code: ErrorCode;
  readonly message: string;
  readonly path?: InputPath | undefined;
  readonly details?: ErrorDetails | undefined;
}

/**
 * Statuses that fal's clients retry (408, 409, 429, 502, 503, 504) are avoided where asking the same again at once helps nothing;
 * the 504 here carries the mark that ends their retries. 499 is fal's for a request that its caller gave up.
 */
export const FAL_FAILURES: Readonly<Record<ErrorCode, FalFailure>> = {
  missing_parameter: { httpStatus: 422, errorType: 'missing' },
  invalid_parameter: { httpStatus: 422, errorType: 'value_error' },
  malformed_request: { httpStatus: 400, errorType: 'bad_request' },
  payload_too_large: { httpStatus: 413, errorType: 'bad_request' },
  unauthorized: { httpStatus: 401, errorType: 'unauthorized' },
  forbidden: { httpStatus: 403, errorType: 'forbidden' },
  unknown_endpoint: { httpStatus: 404, errorType: 'not_found' },
  not_found: { httpStatus: 404, errorType: 'not_found', queueStatus: 'NOT_FOUND' },
  already_finished: { httpStatus: 400, errorType: 'bad_request', queueStatus: 'ALREADY_COMPLETED' },
  still_running: { httpStatus: 400, errorType: 'bad_request' },
  // fal answers 403 with a text when the account is locked or out of credit.
  insufficient_credit: { httpStatus: 403, errorType: 'insufficient_credit' },
  unsupported_by_engine: { httpStatus: 422, errorType: 'feature_not_supported' },
  media_access_failed: { httpStatus: 422, errorType: 'file_download_error' },
  media_address_refused: { httpStatus: 422, errorType: 'file_download_error' },
  webhook_url_refused: { httpStatus: 400, errorType: 'bad_request' },
  media_too_large: { httpStatus: 422, errorType: 'file_too_large' },
  media_unsupported: { httpStatus: 422, errorType: 'unsupported_image_format' },
  media_unreadable: { httpStatus: 422, errorType: 'image_load_error' },
  content_refused: { httpStatus: 422, errorType: 'content_policy_violation' },
  engine_failed: { httpStatus: 500, errorType: 'internal_server_error' },
  engine_crashed: { httpStatus: 500, errorType: 'runner_server_error', isWorthRetrying: true },
  engine_busy: { httpStatus: 503, errorType: 'runner_scheduling_failure', isWorthRetrying: true },
  engine_unavailable: { httpStatus: 503, errorType: 'runner_connection_error', isWorthRetrying: true },
  engine_start_unknown: { httpStatus: 500, errorType: 'internal_server_error' },
  cancelled: { httpStatus: 499, errorType: 'client_cancelled' },
  start_timeout: { httpStatus: 504, errorType: 'request_timeout', timeoutType: 'user' },
  queue_full: { httpStatus: 429, errorType: 'queue_full', isWorthRetrying: true },
  rate_limited: { httpStatus: 429, errorType: 'rate_limited', isWorthRetrying: true },
  unavailable: { httpStatus: 503, errorType: 'runner_scheduling_failure', isWorthRetrying: true },
  idempotency_key_reused: { httpStatus: 422, errorType: 'idempotency_key_reused' },
  lease_lost: { httpStatus: 500, errorType: 'internal_error' },
  data_folder_in_use: { httpStatus: 500, errorType: 'internal_error' },
  bad_setting: { httpStatus: 500, errorType: 'internal_error' },
  server_unreachable: { httpStatus: 500, errorType: 'internal_error' },
  internal: { httpStatus: 500, errorType: 'internal_error', isWorthRetrying: true },
};

/** @param input What the caller sent, to show the value at fault. */
export function falErrorBody(error: FailureText, input: unknown) {
  const { httpStatus, errorType, queueStatus } = FAL_FAILURES[error.code];
  const faults = error instanceof InputError ? error.faults : [error];
  const message = fullMessage(error);
  const isAboutInput = error.path !== undefined && httpStatus === 422;
  return {
    ...(queueStatus === undefined ? {} : { status: queueStatus }),
    ...(isAboutInput
      ? { detail: faults.map((fault) => validationDetail(fault, FAL_FAILURES[fault.code].errorType, input)) }
      : { detail: message, error_type: errorType }),
    message,
    error_code: error.code,
    error: { message, code: httpStatus },
  };
}

/** Sends a failure, of a request or of a finished task, with its own status. The advice to retry has had two names. */
export function sendFalError(reply: FastifyReply, error: FailureText, input: unknown): FastifyReply {
  const { httpStatus, errorType, isWorthRetrying = false, timeoutType } = FAL_FAILURES[error.code];
  setRetryAfter(reply, error);
  if (timeoutType !== undefined) reply.header('x-fal-request-timeout-type', timeoutType);
  return reply
    .code(httpStatus)
    .header('x-fal-error-type', errorType)
    .header('x-fal-needs-retry', isWorthRetrying ? '1' : '0')
    .header('x-fal-retryable', String(isWorthRetrying))
    .send(falErrorBody(error, input));
}

/** Error handler of the plugin. */
export function answerFalError(thrown: unknown, request: FastifyRequest, reply: FastifyReply): void {
  sendFalError(reply, toAnimaticError(thrown, request), request.body);
}

/** Not-found handler of the plugin. */
export function answerFalNotFound(request: FastifyRequest, reply: FastifyReply): void {
  const path = request.url.split('?')[0];
  answerFalError(
    new AnimaticError('not_found', `There is no ${request.method} ${path} in this API.`),
    request,
    reply,
  );
}
