/**
 * The project's errors in WaveSpeed's words. One body satisfies every client at once: some print `message`, some `error`, some the
 * whole text, `code` repeats the HTTP status and `error_code` is the project's own code. HTTP 200 is never used for a failure, because clients then reach into `data`.
 */
import type { FastifyReply, FastifyRequest } from 'fastify';
import { AnimaticError, type ErrorCode } from '#domain/errors.ts';
import { fullMessage } from '../http/full-message.ts';
import { toAnimaticError } from '../http/request-error.ts';
import { setRetryAfter } from '../http/retry-after.ts';

export interface WavespeedFailure {
  readonly httpStatus: number;
  /** `data.code` of a failed prediction: 1xxx means fix the request, 5xxx try again later. */
  readonly predictionCode: number;
}

const failure = (httpStatus: number, predictionCode: number): WavespeedFailure => ({
  httpStatus,
  predictionCode,
});

export const WAVESPEED_FAILURES: Readonly<Record<ErrorCode, WavespeedFailure>> = {
  missing_parameter: failure(400, 1400),
  invalid_parameter: failure(400, 1401),
  malformed_request: failure(400, 1401),
  payload_too_large: failure(413, 1401),
  unauthorized: failure(401, 1401),
  forbidden: failure(403, 1401),
  unknown_endpoint: failure(404, 1401),
  not_found: failure(404, 1401),
  already_finished: failure(409, 1401),
  still_running: failure(409, 1401),
  // WaveSpeed documents no status for it. 402 says what is wrong, no client retries it, and 401 or 403 would make the command
  // line's login and the key checks of the other clients call a good key bad.
  insufficient_credit: failure(402, 1401),
  unsupported_by_engine: failure(400, 1401),
  media_access_failed: failure(400, 1402),
  media_address_refused: failure(400, 1402),
  webhook_url_refused: failure(400, 1401),
  media_too_large: failure(400, 1401),
  media_unsupported: failure(400, 1401),
  media_unreadable: failure(400, 1401),
  content_refused: failure(400, 1200),
  engine_failed: failure(500, 1403),
  engine_crashed: failure(500, 5000),
  engine_busy: failure(503, 5003),
  engine_unavailable: failure(503, 5003),
  engine_start_unknown: failure(500, 5000),
  cancelled: failure(409, 1405),
  start_timeout: failure(504, 5004),
  queue_full: failure(429, 5003),
  rate_limited: failure(429, 5003),
  unavailable: failure(503, 5003),
  idempotency_key_reused: failure(422, 1401),
  lease_lost: failure(500, 5000),
  data_folder_in_use: failure(503, 5003),
  bad_setting: failure(500, 5000),
  server_unreachable: failure(503, 5003),
  internal: failure(500, 5000),
};

/** Error handler of the plugin. */
export function answerWavespeedError(thrown: unknown, request: FastifyRequest, reply: FastifyReply): void {
  const error = toAnimaticError(thrown, request);
  const { httpStatus } = WAVESPEED_FAILURES[error.code];
  const message = fullMessage(error);
  setRetryAfter(reply, error);
  reply.code(httpStatus).send({
    code: httpStatus,
    message,
    error: message,
    error_code: error.code,
  });
}

/** Not-found handler of the plugin. */
export function answerWavespeedNotFound(request: FastifyRequest, reply: FastifyReply): void {
  const path = request.url.split('?')[0];
  const error = new AnimaticError('not_found', `There is no ${request.method} ${path} in this API.`);
  answerWavespeedError(error, request, reply);
}
