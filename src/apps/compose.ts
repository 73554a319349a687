/** Puts the adapters behind the ports: the one place that knows which is which. */
import type { Logger } from 'pino';
import { FilesystemAssetStore } from '#adapters/assets/filesystem-asset-store.ts';
import { EmbeddedEngine } from '#adapters/engines/embedded/embedded-engine.ts';
import { EmulatedEngine } from '#adapters/engines/emulated/emulated-engine.ts';
import { GuardedFetcher } from '#adapters/fetch/guarded-fetcher.ts';
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
import type { Settings } from './settings.ts';

export interface Composition {
  readonly ports: Ports;
  /** Starts the child processes ahead of the first task. Resolves with false when clips cannot be rendered. */
  warm(): Promise<boolean>;
  /** Lets go of processes and database. Tasks that still run must have been given back before. */
  close(): Promise<void>;
}

/** @throws AnimaticError `data_folder_in_use`, `bad_setting`. */
export async function compose(settings: Settings, folder: DataFolder, log: Logger): Promise<Composition> {
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
  let engine: EmbeddedEngine | undefined;
  const embedded = (): EmbeddedEngine => {
    engine ??= new EmbeddedEngine({ workers: settings.workers, ids: randomIds, log });
    return engine;
  };
  opened.defer(() => engine?.close());
  let emulatedEngine: EmulatedEngine | undefined;
  // Always in between: what a task was accepted with holds, even if the operator has switched the controls off since.
  const emulated = (): EmulatedEngine => {
    emulatedEngine ??= new EmulatedEngine(embedded(), systemClock);
    return emulatedEngine;
  };
  const ports: Ports = {
    accounts: store.accounts,
    ledger: store.ledger,
    tasks: store.tasks,
    queue: store.queue,
    webhooks: store.webhooks,
    assets,
    clock: systemClock,
    engines: { engineFor: emulated, byName: (name) => [emulated()].find((each) => each.name === name) },
    fetcher,
    ids: randomIds,
    log,
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
  return { ports, warm, close: () => composed.disposeAsync() };
}
