/** Turns the outcome of an attempt into the one statement that ends it: final with its settlement, or back in the queue. */
import { findEndpoint } from '#catalogue/index.ts';
import { settledPrice } from '#catalogue/price.ts';
import { fromStoredError, type InputPath, type StoredError, toStoredError } from '#domain/errors.ts';
import { addMs } from '#domain/instant.ts';
import type { MicroDollars } from '#domain/money.ts';
import type { MediaRole } from '#domain/task/generation-request.ts';
import { MAX_ATTEMPTS, MAX_CRASHES } from '#domain/task/retry-limits.ts';
import type { LogLevel, LogLine, Task, TaskOutput } from '#domain/task/task.ts';
import type { Ports } from '#ports/ports.ts';
import type { Lease, TaskEnding } from '#ports/task-queue.ts';
import { withPath } from './error-path.ts';
import type { JobOutcome } from './follow-job.ts';

export type TaskOutcome =
  | Exclude<JobOutcome, { kind: 'completed' }>
  /** No engine takes it for the moment. */
  | { readonly kind: 'waiting'; readonly engine: string; readonly error: StoredError }
  /** Nobody can say whether the job was started. */
  | { readonly kind: 'unknown'; readonly message: string }
  | { readonly kind: 'completed'; readonly output: TaskOutput; readonly cost?: MicroDollars };

export interface ConcludeTask {
  readonly task: Task;
  readonly lease: Lease;
  readonly outcome: TaskOutcome;
  /** Lines not yet stored. */
  readonly log: readonly LogLine[];
}

type ConcludePorts = Pick<Ports, 'clock' | 'queue' | 'signals'>;

/** A task that no engine takes is offered again for a bit more than an hour. */
const FIRST_PAUSE_MS = 5_000;
const LONGEST_PAUSE_MS = 300_000;

/** What follows from an outcome. */
type Verdict =
  | TaskEnding
  | {
      readonly state: 'again';
      readonly crashed: boolean;
      /** The next attempt takes the job over. */
      readonly keepsJob?: boolean;
      readonly pauseMs?: number;
      /** Which is asked first then. */
      readonly engine?: string;
      readonly message: string;
    }
  | { readonly state: 'parked'; readonly message: string }
  | undefined;

/** @throws AnimaticError `lease_lost`. */
export async function concludeTask(
  ports: ConcludePorts,
  { task, lease, outcome, log }: ConcludeTask,
): Promise<void> {
  const verdict = verdictOn(task, outcome);
  if (verdict === undefined) return;
  const at = ports.clock.now();
  const line = (level: LogLevel, message: string): LogLine => ({ at, level, message });
  if (verdict.state === 'again') {
    const { crashed, keepsJob = false, pauseMs, engine } = verdict;
    const reason = {
      crashed,
      keepsHandle: keepsJob,
      ...(pauseMs === undefined ? {} : { startAfter: addMs(at, pauseMs) }),
      ...(engine === undefined ? {} : { engine }),
    };
    await ports.queue.giveBack(lease, reason, at, [...log, line('warn', verdict.message)]);
    ports.signals.announceWork();
    return;
  }
  if (verdict.state === 'parked') {
    await ports.queue.park(lease, at, [...log, line('warn', verdict.message)]);
    return;
  }
  const last =
    verdict.state === 'completed' ? line('info', 'Completed.') : line('error', verdict.error.message);
  await ports.queue.finish(lease, verdict, at, [...log, last]);
  ports.signals.announceWebhook();
}

function verdictOn(task: Task, outcome: TaskOutcome): Verdict {
  switch (outcome.kind) {
    case 'completed':
      return {
        state: 'completed',
        charged: settledPrice(findEndpoint(task.endpoint), task.request, outcome.output),
        output: outcome.output,
        ...(outcome.cost === undefined ? {} : { cost: outcome.cost }),
      };
    case 'failed':
      return { state: 'failed', error: namingInput(task, outcome.error) };
    case 'crashed':
      if (task.isTriedOnce !== true && task.crashes + 1 < MAX_CRASHES) {
        return {
          state: 'again',
          crashed: true,
          message: `The engine died (${outcome.message}); the task is tried once more.`,
        };
      }
      return {
        state: 'failed',
        error: {
          code: 'engine_crashed',
          message: `The engine died on this task${task.crashes === 0 ? '' : ' twice'} (${outcome.message}). Nothing was charged.`,
        },
      };
    case 'lost':
      if (task.isTriedOnce !== true && task.attempt < MAX_ATTEMPTS) {
        return {
          state: 'again',
          crashed: false,
          message: `The work was interrupted (${outcome.message}); the task queues again.`,
        };
      }
      return {
        state: 'failed',
        error: {
          code: 'engine_crashed',
          message: `The work was interrupted${task.isTriedOnce === true ? '' : ` ${MAX_ATTEMPTS} times`} (${outcome.message}). Nothing was charged.`,
        },
      };
    case 'waiting': {
      const { engine, error } = outcome;
      if (task.attempt >= MAX_ATTEMPTS) return { state: 'failed', error };
      const pauseMs = Math.min(FIRST_PAUSE_MS * 2 ** (task.attempt - 1), LONGEST_PAUSE_MS);
      const message = `${error.message} It is asked again in ${pauseMs / 1000} seconds.`;
      return { state: 'again', crashed: false, pauseMs, engine, message };
    }
    case 'unknown':
      return {
        state: 'parked',
        message: `It is not known whether the job runs: ${outcome.message}. It is not started again before the operator has found out; until then its price stays held.`,
      };
    case 'stopped':
      if (outcome.reason === 'leaseLost') return undefined;
      if (outcome.reason === 'shutdown') {
        return {
          state: 'again',
          crashed: false,
          keepsJob: outcome.leftHandle !== undefined,
          message: 'The server is stopping; the task queues again.',
        };
      }
      return {
        state: 'cancelled',
        error: { code: 'cancelled', message: 'The task was cancelled. Nothing was charged.' },
      };
  }
}

/** Engines tell a faulty file by its role (`details.role`, `details.index`); the user knows it by the input's name. */
function namingInput(task: Task, error: StoredError): StoredError {
  const role = error.details?.role;
  if (error.path !== undefined || typeof role !== 'string') return error;
  const index = Number(error.details?.index ?? 0);
  const path: InputPath | undefined = task.inputPaths[role as MediaRole]?.[index];
  return path === undefined ? error : toStoredError(withPath(fromStoredError(error), path));
}
