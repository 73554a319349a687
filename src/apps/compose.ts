/** Puts the adapters behind the ports: the one place that knows which is which. */
import type { Logger } from 'pino';
import { FilesystemAssetStore } from '#adapters/assets/filesystem-asset-store.ts';
import { findDepthModel } from '#adapters/engines/embedded/depth/find-depth-model.ts';
import { EmbeddedEngine } from '#adapters/engines/embedded/embedded-engine.ts';
import { GuardedFetcher } from '#adapters/fetch/guarded-fetcher.ts';
import { ClipProberProcess } from '#adapters/media/clip-prober-process.ts';
import { PosterMakerProcess } from '#adapters/media/poster-maker-process.ts';
import { StillInspectorProcess } from '#adapters/media/still-inspector-process.ts';
import { openSqliteStore } from '#adapters/sqlite/sqlite-store.ts';
import { HmacSigner } from '#adapters/system/hmac-signer.ts';
import { InProcessSignals } from '#adapters/system/in-process-signals.ts';
import { randomIds } from '#adapters/system/random-ids.ts';
import { systemClock } from '#adapters/system/system-clock.ts';
import { Ed25519WebhookKey } from '#adapters/webhooks/ed25519-webhook-key.ts';
import { HttpWebhookSender } from '#adapters/webhooks/http-webhook-sender.ts';
import type { Ports } from '#ports/ports.ts';
import type { DataFolder } from './data-folder.ts';
import { EngineRoom } from './engines/engine-room.ts';
import type { Settings } from './settings.ts';

export interface Composition {
  readonly ports: Ports;
  /** Starts the child processes ahead of the first task. Resolves with false when clips cannot be rendered. */
  warm(): Promise<boolean>;
  /** Takes engines and routes over when their file changes. */
  watch(): void;
  /** Lets go of processes and database. Tasks that still run must have been given back before. */
  close(): Promise<void>;
}

/** A finished clip may be large, and the line slow. */
const CLIP_FETCH_MS = 600_000;

/** @throws AnimaticError `data_folder_in_use`, `bad_setting`. */
export async function compose(settings: Settings, folder: DataFolder, log: Logger): Promise<Composition> {
  const depthModel = settings.depthModel === undefined ? undefined : findDepthModel(settings.depthModel);
  await using opened = new AsyncDisposableStack();
  const fetcher = new GuardedFetcher({ allowedRanges: settings.allowPrivateUrls });
  // The database is locked first: opening the file store empties its scratch folder, which must not be another program's.
  const store = await openSqliteStore({ filePath: folder.databasePath });
  opened.defer(() => store.close());
  const assets = await FilesystemAssetStore.open(folder.filesPath, randomIds);
  // Processes are started when they are first needed: a command that asks about keys or books alone needs none.
  let inspector: StillInspectorProcess | undefined;
  const stills = (): StillInspectorProcess => {
    inspector ??= new StillInspectorProcess({ log });
    return inspector;
  };
  opened.defer(() => inspector?.close());
  const posters = new PosterMakerProcess({ log });
  opened.defer(() => posters.close());
  let engine: EmbeddedEngine | undefined;
  const embedded = (): EmbeddedEngine => {
    engine ??= new EmbeddedEngine({ workers: settings.workers, ids: randomIds, log, depthModel });
    return engine;
  };
  opened.defer(() => engine?.close());
  let clipProber: ClipProberProcess | undefined;
  const prober = (): ClipProberProcess => {
    clipProber ??= new ClipProberProcess({ log });
    return clipProber;
  };
  opened.defer(() => clipProber?.close());
  const room = new EngineRoom({
    configurationPath: settings.configurationPath,
    environment: process.env,
    workers: settings.workers,
    embedded,
    hosted: {
      clock: systemClock,
      ids: randomIds,
      log,
      fetcher: new GuardedFetcher({
        allowedRanges: settings.allowPrivateUrls,
        timeouts: { totalMs: CLIP_FETCH_MS },
      }),
      stills: { inspect: (filePath) => stills().inspect(filePath) },
      prober: { probe: (filePath) => prober().probe(filePath) },
      scratch: assets,
    },
  });
  opened.defer(() => room.close());
  const ports: Ports = {
    accounts: store.accounts,
    ledger: store.ledger,
    tasks: store.tasks,
    queue: store.queue,
    webhooks: store.webhooks,
    fileRules: store.fileRules,
    partUploads: store.partUploads,
    uploads: store.uploads,
    assets,
    clock: systemClock,
    engines: room.directory,
    fetcher,
    ids: randomIds,
    log,
    posters,
    signals: new InProcessSignals(),
    signer: new HmacSigner(folder.signingKey),
    stills: { inspect: (filePath) => stills().inspect(filePath) },
    webhookKey: new Ed25519WebhookKey(folder.webhookKey),
    webhookSender: new HttpWebhookSender({ allowedRanges: settings.allowPrivateUrls }),
  };
  const composed = opened.move();
  const warm = (): Promise<boolean> => {
    stills();
    return embedded().warm();
  };
  return { ports, warm, watch: () => room.watch(), close: () => composed.disposeAsync() };
}
