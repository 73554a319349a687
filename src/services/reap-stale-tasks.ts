import type { TaskId } from '#domain/ids.ts';
import { isFinal } from '#domain/task/task-state.ts';
import type { Ports } from '#ports/ports.ts';
import { removeFiles } from './remove-files.ts';
import { letGoOfJob } from './stop-unowned-job.ts';

type ReapPorts = Pick<Ports, 'assets' | 'clock' | 'engines' | 'log' | 'queue' | 'signals' | 'tasks'>;

/** Returns tasks of silent workers to the queue, again and again until `shutdown` aborts. Safe beside others of its kind. */
export async function reapStaleTasks(
  ports: ReapPorts,
  options: { readonly intervalMs: number; readonly shutdown: AbortSignal },
): Promise<void> {
  while (!options.shutdown.aborted) {
    try {
      await takeCare(ports, await ports.queue.reap(ports.clock.now()));
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
  await takeCare(ports, ids);
}

/** Wakes who waits, and ends what a cancel that nobody carried out has left: the job at the engine, and a deleted task's files. */
async function takeCare(ports: ReapPorts, ids: readonly TaskId[]): Promise<void> {
  for (const id of ids) ports.signals.announceTask(id);
  if (ids.length > 0) ports.signals.announceWork();
  for (const id of ids) {
    const task = await ports.tasks.find(id);
    if (task === undefined || !isFinal(task.state)) continue;
    await letGoOfJob(ports, task);
    if (task.deletedAt !== undefined) await removeFiles(ports, task);
  }
}
