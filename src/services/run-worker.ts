import type { WorkerId } from '#domain/ids.ts';
import { addMs } from '#domain/instant.ts';
import type { ClaimLimits } from '#ports/task-queue.ts';
import type { LeaseTiming } from './lease-keeper.ts';
import { type RunPorts, runTask } from './run-task.ts';

/** How long a worker sleeps when nothing wakes it: the safety net under the signals. */
const IDLE_MS = 2000;

export interface RunWorker {
  readonly workerId: WorkerId;
  readonly timing: LeaseTiming;
  /** How many tasks of an account may run at the same time; any number when omitted. */
  readonly mostPerAccount?: number;
  readonly shutdown: AbortSignal;
  /** Looked at between two tasks: a worker that is not needed any more stops. */
  readonly isNeeded?: () => boolean;
}

/** Claims and runs one task after the other until `shutdown` aborts. A failing store is retried, never given up. */
export async function runWorker(ports: RunPorts, options: RunWorker): Promise<void> {
  const { workerId, timing, shutdown } = options;
  const { isNeeded = () => true } = options;
  while (!shutdown.aborted && isNeeded()) {
    // Begun before the claim, so that a task queued in between is not slept through.
    const waiting = new AbortController();
    const work = ports.signals.waitForWork(IDLE_MS, AbortSignal.any([shutdown, waiting.signal]));
    try {
      const now = ports.clock.now();
      const limits = limitsOf(ports, options);
      const task = await ports.queue.claim(workerId, now, addMs(now, timing.leaseMs), limits);
      if (task === undefined) {
        await work;
        continue;
      }
      ports.signals.announceTask(task.id);
      await runTask(ports, task, options);
    } catch (error) {
      ports.log.error({ workerId, error }, 'A worker could not claim; it tries again.');
      await work;
    } finally {
      waiting.abort();
    }
  }
}

function limitsOf({ engines }: RunPorts, { mostPerAccount }: RunWorker): ClaimLimits {
  const limited = engines
    .list()
    .flatMap(({ engine, mostJobs }) => (mostJobs === undefined ? [] : [[engine.name, mostJobs] as const]));
  return {
    ...(mostPerAccount === undefined ? {} : { mostPerAccount }),
    ...(limited.length === 0 ? {} : { mostPerEngine: Object.fromEntries(limited) }),
  };
}
