/** What both protocols' submits share. */
import type { ErrorCode } from '#domain/errors.ts';
import { FAILURE_MOMENTS } from '#services/emulation/failure-names.ts';
import { type ApiParameter, inHeader } from './api-operation.ts';
import { text } from './json-schema.ts';

export const SUBMIT_HEADERS: readonly ApiParameter[] = [
  inHeader(
    'Idempotency-Key',
    text(
      'A name of your own for this request: sent again under it, the request is answered with the task that it made the first time.',
      { minLength: 1, maxLength: 255 },
    ),
  ),
  inHeader(
    'Animatic-Emulate',
    text(
      'Asks for delays and failures, such as `queue=5; fail=content_moderation`. Means something only where the operator has set `ANIMATIC_EMULATOR_CONTROLS=on`.',
    ),
  ),
];

const CODES = Object.keys(FAILURE_MOMENTS) as ErrorCode[];

/** A submit checks files that come inside it, and what its engine can do. */
const ALSO_AT_SUBMIT: readonly ErrorCode[] = [
  'media_access_failed',
  'media_too_large',
  'media_unsupported',
  'media_unreadable',
  'unsupported_by_engine',
];

/** For what a submit is refused. */
export const SUBMIT_ERRORS: readonly ErrorCode[] = [
  ...CODES.filter((code) => FAILURE_MOMENTS[code] === 'submit'),
  ...ALSO_AT_SUBMIT,
];

/** What a task ends with that made no clip. */
export const TASK_ERRORS: readonly ErrorCode[] = [
  ...CODES.filter((code) => FAILURE_MOMENTS[code] === 'task'),
  'cancelled',
];
