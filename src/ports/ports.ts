import type { AssetStore } from './asset-store.ts';
import type { Clock } from './clock.ts';
import type { EngineDirectory } from './engine-directory.ts';
import type { Fetcher } from './fetcher.ts';
import type { IdSource } from './id-source.ts';
import type { Log } from './log.ts';
import type { PosterMaker } from './poster-maker.ts';
import type { Signer } from './signer.ts';
import type { StillInspector } from './still-inspector.ts';
import type { Store } from './store.ts';
import type { TaskSignals } from './task-signals.ts';
import type { WebhookKey } from './webhook-key.ts';
import type { WebhookSender } from './webhook-sender.ts';

/** All that services may reach; each takes a `Pick` of it, so that its signature tells what it touches. */
export interface Ports extends Omit<Store, 'close'> {
  readonly assets: AssetStore;
  readonly clock: Clock;
  readonly engines: EngineDirectory;
  readonly fetcher: Fetcher;
  readonly ids: IdSource;
  readonly log: Log;
  readonly posters: PosterMaker;
  readonly signals: TaskSignals;
  readonly signer: Signer;
  readonly stills: StillInspector;
  readonly webhookKey: WebhookKey;
  readonly webhookSender: WebhookSender;
}
