import type { Ports } from '#ports/ports.ts';

/** Puts delayed tasks into the queue when their time has come, again and again until `shutdown` aborts. Safe beside others of its kind. */
export async function releaseDelayedTasks(
  ports: Pick<Ports, 'clock' | 'queue' | 'signals' | 'log'>,
  options: { readonly intervalMs: number; readonly shutdown: AbortSignal },
): Promise<void> {
  while (!options.shutdown.aborted) {
    try {
      const ids = await ports.queue.release(ports.clock.now());
      for (const id of ids) ports.signals.announceTask(id);
      if (ids.length > 0) ports.signals.announceWork();
    } catch (error) {
      ports.log.error({ error }, 'Delayed tasks could not be looked for; the next round tries again.');
    }
    await ports.clock.sleep(options.intervalMs, options.shutdown);
  }
}
