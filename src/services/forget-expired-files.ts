/** Files whose life is over, and uploads that nobody completed in time, are removed. */
import type { AssetId } from '#domain/ids.ts';
import type { Ports } from '#ports/ports.ts';

type FilePorts = Pick<Ports, 'assets' | 'fileRules' | 'partUploads'>;

/** So many at a time, so that other calls of the store come in between. */
const BATCH = 100;

/** Again and again until `shutdown` aborts. Safe beside others of its kind; until a file is removed, its rule hides it. */
export async function forgetExpiredFiles(
  ports: FilePorts & Pick<Ports, 'clock' | 'log' | 'uploads'>,
  options: { readonly intervalMs: number; readonly shutdown: AbortSignal },
): Promise<void> {
  while (!options.shutdown.aborted) {
    try {
      await removeExpired(ports);
    } catch (error) {
      ports.log.error({ error }, 'Expired files could not be removed; the next round tries again.');
    }
    await ports.clock.sleep(options.intervalMs, options.shutdown);
  }
}

async function removeExpired(ports: FilePorts & Pick<Ports, 'clock' | 'uploads'>): Promise<void> {
  const now = ports.clock.now();
  for (const id of await ports.partUploads.expired(now, BATCH)) await endPartUpload(ports, id);
  for (const id of await ports.fileRules.expired(now, BATCH)) {
    // The rule goes last: without it a file that is still there could be read.
    await ports.assets.delete(id);
    await ports.uploads.forget(id);
    await ports.fileRules.forget(id);
  }
}

/** Forgets an upload, completed or not, and removes its parts. */
export async function endPartUpload(
  { assets, partUploads }: Pick<Ports, 'assets' | 'partUploads'>,
  id: AssetId,
): Promise<void> {
  // What is noted is removed first: after a crash in between it is still known. A part that came meanwhile is told by the end.
  for (const part of await partUploads.parts(id)) await assets.delete(part.assetId);
  for (const part of await partUploads.end(id)) await assets.delete(part.assetId);
}
