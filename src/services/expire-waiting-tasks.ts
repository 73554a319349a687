import type { Ports } from '#ports/ports.ts';

/**
 * Ends tasks that did not start in time, again and again until `shutdown` aborts, so that a deadline holds while every worker is
 * busy. Safe beside others of its kind.
 */
export async function expireWaitingTasks(
  ports: Pick<Ports, 'clock' | 'queue' | 'signals' | 'log'>,
  options: { readonly intervalMs: number; readonly shutdown: AbortSignal },
): Promise<void> {
  while (!options.shutdown.aborted) {
    try {
      for (const id of await ports.queue.expire(ports.clock.now())) ports.signals.announceTask(id);
    } catch (error) {
      ports.log.error({ error }, 'Start deadlines could not be looked at; the next round tries again.');
    }
    await ports.clock.sleep(options.intervalMs, options.shutdown);
  }
}
