import type { WorkerId } from '#domain/ids.ts';
import type { RunPorts } from './run-task.ts';
import { type RunWorker, runWorker } from './run-worker.ts';

export interface RunCrew extends Omit<RunWorker, 'workerId' | 'isNeeded'> {
  readonly workerIdOf: (ordinal: number) => WorkerId;
  /** How many tasks may run at once; looked at again and again, because the operator may change it. */
  readonly size: () => number;
}

const LOOK_INTERVAL_MS = 1000;

/** Keeps as many workers at work as the crew is to have; resolves when `shutdown` has aborted and all of them have stopped. */
export async function runCrew(ports: RunPorts, options: RunCrew): Promise<void> {
  const { shutdown, size, workerIdOf } = options;
  const working = new Map<number, Promise<void>>();
  while (!shutdown.aborted) {
    for (let ordinal = 1; ordinal <= size(); ordinal += 1) {
      if (working.has(ordinal)) continue;
      const run = { ...options, workerId: workerIdOf(ordinal), isNeeded: () => ordinal <= size() };
      const worker = runWorker(ports, run).finally(() => working.delete(ordinal));
      working.set(ordinal, worker);
    }
    await ports.clock.sleep(LOOK_INTERVAL_MS, shutdown);
  }
  await Promise.all(working.values());
}
