/** Puts the adapters behind the ports: the one place that knows which is which. */
import type { Logger } from 'pino';
import { FilesystemAssetStore } from '#adapters/assets/filesystem-asset-store.ts';
import { EmbeddedEngine } from '#adapters/engines/embedded/embedded-engine.ts';
import { GuardedFetcher } from '#adapters/fetch/guarded-fetcher.ts';
import { StillInspectorProcess } from '#adapters/media/still-inspector-process.ts';
import { openSqliteStore } from '#adapters/sqlite/sqlite-store.ts';
import { HmacSigner } from '#adapters/system/hmac-signer.ts';
import { InProcessSignals } from '#adapters/system/in-process-signals.ts';
import { randomIds } from '#adapters/system/random-ids.ts';
import { systemClock } from '#adapters/system/system-clock.ts';
import type { Ports } from '#ports/ports.ts';
import type { DataFolder } from './data-folder.ts';
import type { Settings } from './settings.ts';

export interface Composition {
  readonly ports: Ports;
  /** Lets go of processes and database. Tasks that still run must have been given back before. */
  close(): Promise<void>;
}

/** @throws AnimaticError `data_folder_in_use`, `bad_setting`. */
export async function compose(settings: Settings, folder: DataFolder, log: Logger): Promise<Composition> {
  const fetcher = new GuardedFetcher({ allowedRanges: settings.allowPrivateUrls });
  // The database is locked first: opening the file store empties its scratch folder, which must not be another program's.
  const store = await openSqliteStore({ filePath: folder.databasePath });
  const assets = await FilesystemAssetStore.open(folder.filesPath, randomIds);
  const stills = new StillInspectorProcess({ log });
  const embedded = new EmbeddedEngine({ workers: settings.workers, ids: randomIds, log });
  const ports: Ports = {
    accounts: store.accounts,
    ledger: store.ledger,
    tasks: store.tasks,
    queue: store.queue,
    assets,
    clock: systemClock,
    engines: { engineFor: () => embedded, byName: (name) => (name === embedded.name ? embedded : undefined) },
    fetcher,
    ids: randomIds,
    log,
    signals: new InProcessSignals(),
    signer: new HmacSigner(folder.signingKey),
    stills,
  };
  return {
    ports,
    close: async () => {
      await Promise.all([embedded.close(), stills.close()]);
      await store.close();
    },
  };
}
