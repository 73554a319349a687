import { workerId } from '#domain/ids.ts';
import type { Ports } from '#ports/ports.ts';
import { webhookDialects } from '#protocols/webhook-dialects.ts';
import { deliverWebhooks } from '#services/deliver-webhooks.ts';
import { expireWaitingTasks } from '#services/expire-waiting-tasks.ts';
import { forgetExpiredFiles } from '#services/forget-expired-files.ts';
import type { LeaseTiming } from '#services/lease-keeper.ts';
import { reapStaleTasks } from '#services/reap-stale-tasks.ts';
import { releaseDelayedTasks } from '#services/release-delayed-tasks.ts';
import { type Retention, removeOutdated } from '#services/remove-outdated.ts';
import { runCrew } from '#services/run-crew.ts';
import { workLimitsOf } from './account-limits.ts';
import type { Settings } from './settings.ts';

/** A worker beats every five seconds and is given up after thirty. */
const LEASE_TIMING: LeaseTiming = { leaseMs: 30_000, heartbeatMs: 5_000 };
const REAP_INTERVAL_MS = 10_000;
/** Start deadlines are whole seconds or so; a round that finds nothing writes nothing. */
const EXPIRE_INTERVAL_MS = 500;
const RELEASE_INTERVAL_MS = 500;
const WEBHOOK_IDLE_MS = 1000;
/** Until a file is removed its rule hides it. */
const FORGET_INTERVAL_MS = 60_000;
/** Days are what is counted in. */
const SWEEP_INTERVAL_MS = 10 * 60_000;

export interface RunningWork {
  /** Gives running tasks back to the queue; resolves when no worker touches the store any more. */
  stop(): Promise<void>;
}

/** Starts the worker loops, and beside them the reaper, the watch over start deadlines, the sweep and the sender of webhooks. */
export function startWork(
  ports: Ports,
  options: Pick<Settings, 'accountLevel' | 'workers'> & Retention,
): RunningWork {
  const shutdown = new AbortController();
  const program = ports.ids.hex(4);
  const loops = [
    runCrew(ports, {
      workerIdOf: (ordinal) => workerId(`${program}-${ordinal}`),
      // As many as engines take jobs, so that one that is slow to answer keeps no place of another.
      size: () => ports.engines.list().reduce((sum, { mostJobs = options.workers }) => sum + mostJobs, 0),
      timing: LEASE_TIMING,
      ...workLimitsOf(options),
      shutdown: shutdown.signal,
    }),
  ];
  loops.push(reapStaleTasks(ports, { intervalMs: REAP_INTERVAL_MS, shutdown: shutdown.signal }));
  loops.push(expireWaitingTasks(ports, { intervalMs: EXPIRE_INTERVAL_MS, shutdown: shutdown.signal }));
  loops.push(releaseDelayedTasks(ports, { intervalMs: RELEASE_INTERVAL_MS, shutdown: shutdown.signal }));
  loops.push(forgetExpiredFiles(ports, { intervalMs: FORGET_INTERVAL_MS, shutdown: shutdown.signal }));
  const sweep = { retention: options, intervalMs: SWEEP_INTERVAL_MS, shutdown: shutdown.signal };
  loops.push(removeOutdated(ports, sweep));
  loops.push(
    deliverWebhooks(ports, {
      dialects: webhookDialects(ports),
      senderId: workerId(`${program}-webhooks`),
      idleMs: WEBHOOK_IDLE_MS,
      shutdown: shutdown.signal,
    }),
  );
  return {
    stop: async () => {
      shutdown.abort();
      await Promise.all(loops);
    },
  };
}
