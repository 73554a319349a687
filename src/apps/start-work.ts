import { workerId } from '#domain/ids.ts';
import type { Ports } from '#ports/ports.ts';
import type { LeaseTiming } from '#services/lease-keeper.ts';
import { reapStaleTasks } from '#services/reap-stale-tasks.ts';
import { runWorker } from '#services/run-worker.ts';

/** A worker beats every five seconds and is given up after thirty. */
const LEASE_TIMING: LeaseTiming = { leaseMs: 30_000, heartbeatMs: 5_000 };
const REAP_INTERVAL_MS = 10_000;

export interface RunningWork {
  /** Gives running tasks back to the queue; resolves when no worker touches the store any more. */
  stop(): Promise<void>;
}

/** Starts the worker loops and the reaper beside them. */
export function startWork(ports: Ports, options: { readonly workers: number }): RunningWork {
  const shutdown = new AbortController();
  const program = ports.ids.hex(4);
  const loops = Array.from({ length: options.workers }, (_, index) =>
    runWorker(ports, {
      workerId: workerId(`${program}-${index + 1}`),
      timing: LEASE_TIMING,
      shutdown: shutdown.signal,
    }),
  );
  loops.push(reapStaleTasks(ports, { intervalMs: REAP_INTERVAL_MS, shutdown: shutdown.signal }));
  return {
    stop: async () => {
      shutdown.abort();
      await Promise.all(loops);
    },
  };
}
