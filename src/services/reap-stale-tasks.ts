import type { Ports } from '#ports/ports.ts';

type ReapPorts = Pick<Ports, 'clock' | 'queue' | 'signals' | 'log'>;

/** Returns tasks of silent workers to the queue, again and again until `shutdown` aborts. Safe beside others of its kind. */
export async function reapStaleTasks(
  ports: ReapPorts,
  options: { readonly intervalMs: number; readonly shutdown: AbortSignal },
): Promise<void> {
  while (!options.shutdown.aborted) {
    try {
      announce(ports, await ports.queue.reap(ports.clock.now()));
    } catch (error) {
      ports.log.error({ error }, 'Expired leases could not be looked for; the next round tries again.');
    }
    await ports.clock.sleep(options.intervalMs, options.shutdown);
  }
}

/** At the start of the only program on a store: every lease in it belongs to a program that is gone. */
export async function recoverTasks(ports: ReapPorts): Promise<void> {
  const ids = await ports.queue.reapAll(ports.clock.now());
  if (ids.length > 0) ports.log.info({ count: ids.length }, 'Tasks of the previous run queue again.');
  announce(ports, ids);
}

function announce(ports: ReapPorts, ids: Awaited<ReturnType<ReapPorts['queue']['reap']>>): void {
  for (const id of ids) ports.signals.announceTask(id);
  if (ids.length > 0) ports.signals.announceWork();
}
