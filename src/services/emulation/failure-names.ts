/** Which failures can be asked for, and when each strikes. */
import { ERROR_CODES, type ErrorCode } from '#domain/errors.ts';

/** `submit`: the request is refused. `task`: it is accepted, and its task fails. `never`: nothing that a submit could meet. */
export const FAILURE_MOMENTS: Readonly<Record<ErrorCode, 'submit' | 'task' | 'never'>> = {
  missing_parameter: 'submit',
  invalid_parameter: 'submit',
  malformed_request: 'submit',
  payload_too_large: 'submit',
  unauthorized: 'submit',
  forbidden: 'submit',
  unknown_endpoint: 'submit',
  not_found: 'never',
  already_finished: 'never',
  still_running: 'never',
  insufficient_credit: 'submit',
  unsupported_by_engine: 'task',
  media_access_failed: 'task',
  media_address_refused: 'task',
  webhook_url_refused: 'submit',
  media_too_large: 'task',
  media_unsupported: 'task',
  media_unreadable: 'task',
  content_refused: 'task',
  engine_failed: 'task',
  engine_crashed: 'task',
  engine_busy: 'task',
  engine_unavailable: 'task',
  engine_start_unknown: 'never',
  cancelled: 'never',
  start_timeout: 'task',
  queue_full: 'submit',
  rate_limited: 'submit',
  unavailable: 'submit',
  idempotency_key_reused: 'submit',
  lease_lost: 'never',
  data_folder_in_use: 'never',
  bad_setting: 'never',
  server_unreachable: 'never',
  internal: 'task',
};

/** Other names under which a failure is asked for. */
const OTHER_NAMES: Readonly<Record<string, ErrorCode>> = { content_moderation: 'content_refused' };

const CODES = (Object.keys(ERROR_CODES) as ErrorCode[]).filter((code) => FAILURE_MOMENTS[code] !== 'never');

export const FAILURE_NAMES: readonly string[] = [...CODES, ...Object.keys(OTHER_NAMES)];

/** Undefined for a name that no failure has. */
export const failureCodeOf = (name: string): ErrorCode | undefined =>
  CODES.find((code) => code === name) ?? (Object.hasOwn(OTHER_NAMES, name) ? OTHER_NAMES[name] : undefined);
