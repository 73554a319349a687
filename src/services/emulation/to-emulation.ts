import { ERROR_CODES, type ErrorCode, type StoredError } from '#domain/errors.ts';
import type { Emulation } from '#domain/task/emulation.ts';
import { FAILURE_MOMENTS } from './failure-names.ts';
import type { Wishes } from './parse-wishes.ts';

interface EmulationContext {
  /** What `realtime` stands for. */
  readonly realtimeSeconds: number;
  /** The input that holds the prompt. */
  readonly promptName: string;
}

/** What is to happen to the task; undefined when nothing is. */
export function toEmulation(
  { pace, fail, webhookLoss }: Wishes,
  { realtimeSeconds, promptName }: EmulationContext,
): Emulation | undefined {
  const emulation: Emulation = {
    ...(pace === undefined ? {} : { paceSeconds: pace === 'realtime' ? realtimeSeconds : pace }),
    ...(fail === undefined || FAILURE_MOMENTS[fail] !== 'task'
      ? {}
      : { failure: failureOf(fail, promptName) }),
    ...(webhookLoss === undefined ? {} : { webhookLoss }),
  };
  return Object.keys(emulation).length === 0 ? undefined : emulation;
}

/** As an engine reports it: a file by its role, which the task's inputs turn into a name. */
function failureOf(code: ErrorCode, promptName: string): StoredError {
  const message = `${ERROR_CODES[code]} This was asked for with "fail=${code}". Nothing was charged.`;
  if (code === 'content_refused') return { code, message, path: [promptName] };
  return code.startsWith('media_')
    ? { code, message, details: { role: 'images', index: 0 } }
    : { code, message };
}
