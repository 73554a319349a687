/**
 * Removes what has been kept for as long as its operator keeps such things: ended tasks with their files, uploads, told webhooks. Beside that,
 * what nobody will come back for: files of deleted tasks, and files that were begun and left. The books are never touched. Every
 * step may be repeated, and several of these may run beside each other; a step that fails keeps no other from being done.
 */
import type { AssetId } from '#domain/ids.ts';
import { addMs } from '#domain/instant.ts';
import type { Ports } from '#ports/ports.ts';
import { removeFiles } from './remove-files.ts';

/** For how many days; `undefined` is for ever. */
export interface Retention {
  /** From a task's end; then it is deleted, as if by its owner. */
  readonly keepResultsDays: number | undefined;
  /** From an upload's arrival. */
  readonly keepUploadsDays: number | undefined;
  /** From a task's end, or from when its event was last to be sent again; events that are still to be sent are kept. */
  readonly keepWebhooksDays: number | undefined;
}

type SweepPorts = Pick<Ports, 'assets' | 'clock' | 'fileRules' | 'log' | 'tasks' | 'uploads' | 'webhooks'>;

const DAY_MS = 24 * 60 * 60 * 1000;
/** Longer than any job works on its files. */
const SCRATCH_DAYS = 2;

/** So many at a time, so that other calls of the store come in between. */
const BATCH = 100;

/** Sweeps again and again until `shutdown` aborts. */
export async function removeOutdated(
  ports: SweepPorts,
  options: { readonly retention: Retention; readonly intervalMs: number; readonly shutdown: AbortSignal },
): Promise<void> {
  while (!options.shutdown.aborted) {
    await sweep(ports, options.retention, options.shutdown);
    await ports.clock.sleep(options.intervalMs, options.shutdown);
  }
}

async function sweep(ports: SweepPorts, retention: Retention, shutdown: AbortSignal): Promise<void> {
  const { keepResultsDays, keepUploadsDays, keepWebhooksDays } = retention;
  const now = ports.clock.now();
  const daysAgo = (days: number) => addMs(now, -days * DAY_MS);
  const untilDone = async (what: string, removeSome: () => Promise<number>): Promise<void> => {
    try {
      // A batch that is not full was the last.
      while (!shutdown.aborted && (await removeSome()) === BATCH);
    } catch (error) {
      ports.log.error({ error }, `${what} could not be removed; the next round tries again.`);
    }
  };
  if (keepResultsDays !== undefined)
    await untilDone('Outdated tasks', () => ports.tasks.deleteEnded(daysAgo(keepResultsDays), now, BATCH));
  await untilDone('Files of deleted tasks', () => removeFilesLeft(ports));
  if (keepUploadsDays !== undefined)
    await untilDone('Outdated uploads', async () => {
      const ids = await ports.uploads.notedUntil(daysAgo(keepUploadsDays), BATCH);
      for (const id of ids) await removeUpload(ports, id);
      return ids.length;
    });
  if (keepWebhooksDays !== undefined)
    await untilDone('Told webhooks', () => ports.webhooks.forgetEnded(daysAgo(keepWebhooksDays), BATCH));
  await untilDone('Files that were begun and left', async () => {
    await ports.assets.discardScratchBefore(daysAgo(SCRATCH_DAYS));
    return 0;
  });
}

async function removeFilesLeft(ports: Pick<Ports, 'assets' | 'tasks'>): Promise<number> {
  const tasks = await ports.tasks.withFilesLeft(BATCH);
  for (const task of tasks) await removeFiles(ports, task);
  return tasks.length;
}

/** What is known of the file goes last: after a failure in between it is found again. */
async function removeUpload(
  { assets, fileRules, uploads }: Pick<Ports, 'assets' | 'fileRules' | 'uploads'>,
  id: AssetId,
): Promise<void> {
  await assets.delete(id);
  await fileRules.forget(id);
  await uploads.forget(id);
}
