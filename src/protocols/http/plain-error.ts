/**
 * Errors of the routes that follow no foreign protocol (files, health, admin):
 * `{ "message", "error_code", "path"?, "details"? }` under the HTTP status that says the same.
 */
import type { FastifyReply, FastifyRequest } from 'fastify';
import { AnimaticError, type ErrorCode } from '#domain/errors.ts';
import { fullMessage } from './full-message.ts';
import { toAnimaticError } from './request-error.ts';
import { setRetryAfter } from './retry-after.ts';

/** HTTP status of each code on these routes. */
export const PLAIN_STATUSES: Readonly<Record<ErrorCode, number>> = {
  missing_parameter: 400,
  invalid_parameter: 400,
  malformed_request: 400,
  payload_too_large: 413,
  unauthorized: 401,
  forbidden: 403,
  unknown_endpoint: 404,
  not_found: 404,
  already_finished: 409,
  still_running: 409,
  insufficient_credit: 402,
  unsupported_by_engine: 422,
  media_access_failed: 422,
  media_address_refused: 422,
  webhook_url_refused: 400,
  media_too_large: 422,
  media_unsupported: 422,
  media_unreadable: 422,
  content_refused: 422,
  engine_failed: 500,
  engine_crashed: 500,
  engine_busy: 503,
  engine_unavailable: 503,
  engine_start_unknown: 500,
  cancelled: 409,
  start_timeout: 504,
  queue_full: 429,
  rate_limited: 429,
  unavailable: 503,
  idempotency_key_reused: 422,
  lease_lost: 500,
  data_folder_in_use: 500,
  bad_setting: 400,
  server_unreachable: 502,
  internal: 500,
};

export function plainErrorBody(error: AnimaticError) {
  return {
    message: fullMessage(error),
    error_code: error.code,
    ...(error.path === undefined ? {} : { path: error.path }),
    ...(error.details === undefined ? {} : { details: error.details }),
  };
}

/** Error handler of the server and of plugins without one of their own. */
export function answerPlainError(thrown: unknown, request: FastifyRequest, reply: FastifyReply): void {
  const error = toAnimaticError(thrown, request);
  setRetryAfter(reply, error);
  reply.code(PLAIN_STATUSES[error.code]).send(plainErrorBody(error));
}

/** Not-found handler in the same shape. */
export function answerPlainNotFound(request: FastifyRequest, reply: FastifyReply): void {
  const path = request.url.split('?')[0];
  answerPlainError(
    new AnimaticError('not_found', `There is no ${request.method} ${path} here.`),
    request,
    reply,
  );
}
