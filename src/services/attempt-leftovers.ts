/** Removes what an attempt at a task leaves behind. Nothing here rejects: what cannot be removed is told to the operator. */
import type { Task, TaskOutput } from '#domain/task/task.ts';
import type { Ports } from '#ports/ports.ts';

/**
 * The clip of an attempt whose final statement failed. A store that fails may have committed all the same, so that it is asked
 * before a paid clip is thrown away.
 */
export async function removeUnlessNamed(
  ports: Pick<Ports, 'assets' | 'log' | 'tasks'>,
  task: Task,
  { assetId }: TaskOutput,
): Promise<void> {
  try {
    const stored = await ports.tasks.find(task.id);
    if (stored?.output?.assetId !== assetId) await ports.assets.delete(assetId);
  } catch (error) {
    ports.log.warn({ taskId: task.id, assetId, error }, 'A clip may be left that no task names.');
  }
}

export async function removeScratchFiles(
  ports: Pick<Ports, 'assets' | 'log'>,
  task: Task,
  paths: readonly string[],
): Promise<void> {
  for (const path of paths) {
    try {
      await ports.assets.discardScratch(path);
    } catch (error) {
      ports.log.warn({ taskId: task.id, path, error }, 'A scratch file stays until the next start.');
    }
  }
}
