/** Turns the outcome of an attempt into the one statement that ends it: final with its settlement, or back in the queue. */
import { findEndpoint } from '#catalogue/index.ts';
import { settledPrice } from '#catalogue/price.ts';
import { fromStoredError, type InputPath, type StoredError, toStoredError } from '#domain/errors.ts';
import type { MediaRole } from '#domain/task/generation-request.ts';
import { MAX_ATTEMPTS, MAX_CRASHES } from '#domain/task/retry-limits.ts';
import type { LogLevel, LogLine, Task, TaskOutput } from '#domain/task/task.ts';
import type { Ports } from '#ports/ports.ts';
import type { Lease, TaskEnding } from '#ports/task-queue.ts';
import { withPath } from './error-path.ts';
import type { JobOutcome } from './follow-job.ts';

export type TaskOutcome =
  | Exclude<JobOutcome, { kind: 'completed' }>
  | { readonly kind: 'completed'; readonly output: TaskOutput };

export interface ConcludeTask {
  readonly task: Task;
  readonly lease: Lease;
  readonly outcome: TaskOutcome;
  /** Lines not yet stored. */
  readonly log: readonly LogLine[];
}

type ConcludePorts = Pick<Ports, 'clock' | 'queue' | 'signals'>;

/** What follows from an outcome. */
type Verdict =
  | TaskEnding
  | { readonly state: 'again'; readonly crashed: boolean; readonly message: string }
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
    await ports.queue.giveBack(lease, { crashed: verdict.crashed }, at, [
      ...log,
      line('warn', verdict.message),
    ]);
    ports.signals.announceWork();
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
      };
    case 'failed':
      return { state: 'failed', error: namingInput(task, outcome.error) };
    case 'crashed':
      if (task.crashes + 1 < MAX_CRASHES) {
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
          message: `The engine died on this task twice (${outcome.message}). Nothing was charged.`,
        },
      };
    case 'lost':
      if (task.attempt < MAX_ATTEMPTS) {
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
          message: `The work was interrupted ${MAX_ATTEMPTS} times (${outcome.message}). Nothing was charged.`,
        },
      };
    case 'stopped':
      if (outcome.reason === 'leaseLost') return undefined;
      if (outcome.reason === 'shutdown')
        return { state: 'again', crashed: false, message: 'The server is stopping; the task queues again.' };
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
