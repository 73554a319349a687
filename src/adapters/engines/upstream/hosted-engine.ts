/** What every engine on a hosted service is set up with, and how its parts are put together. */
import type { MicroDollars } from '#domain/money.ts';
import type { AssetStore } from '#ports/asset-store.ts';
import type { Clock } from '#ports/clock.ts';
import type { EngineJob } from '#ports/engine.ts';
import type { Fetcher } from '#ports/fetcher.ts';
import type { IdSource } from '#ports/id-source.ts';
import type { Log } from '#ports/log.ts';
import type { StillInspector } from '#ports/still-inspector.ts';
import type { ClipProber } from '../../media/clip-prober.ts';
import type { Credentials } from './credentials.ts';
import type { Patience } from './patience.ts';
import type { PollPace } from './poll-pace.ts';
import { DEFAULT_TIMEOUTS, UpstreamClient, type UpstreamTimeouts } from './upstream-client.ts';
import { type SearchPace, UpstreamEngine } from './upstream-engine.ts';
import { clipPrice, type UpstreamPrice } from './upstream-price.ts';
import type { UpstreamService } from './upstream-service.ts';

/** The parts of this program that an engine works with. */
export interface HostedEnginePorts {
  readonly clock: Clock;
  /** For jitter. */
  readonly ids: IdSource;
  readonly log: Log;
  /** Guarded; fetches finished clips. Its time limit has to suit files of `maxClipBytes`. */
  readonly fetcher: Fetcher;
  /** Checks pictures before they are sent. */
  readonly stills: StillInspector;
  readonly prober: ClipProber;
  /** Where a clip waits until it is taken. */
  readonly scratch: Pick<AssetStore, 'createScratchPath'>;
}

export interface HostedEngineOptions {
  /** What the operator calls the engine. */
  readonly name: string;
  /** The service's id of the model. @see the adapter's `models.ts` */
  readonly model: string;
  /** The service's API, without a slash at the end; the public one when omitted. */
  readonly baseUrl?: string;
  readonly credentials: Credentials;
  /** What the service charges, where it differs from the list price or there is none. */
  readonly price?: UpstreamPrice;
  /** Larger results are refused; 500 MB when omitted. */
  readonly maxClipBytes?: number;
  /** What progress is estimated from; a minute and a half when omitted. */
  readonly typicalDurationMs?: number;
  readonly pace?: PollPace;
  readonly patience?: Patience;
  readonly search?: SearchPace;
  readonly timeouts?: UpstreamTimeouts;
  /** Before a failed read is repeated, doubled each time; half a second when omitted. */
  readonly retryPauseMs?: number;
}

/** What an adapter builds its service from. */
export interface ServiceParts {
  /** The engine's name, for messages. */
  readonly engine: string;
  readonly baseUrl: string;
  readonly client: UpstreamClient;
  readonly clock: Clock;
  readonly credentials: Credentials;
  readonly price: UpstreamPrice | undefined;
  readonly typicalDurationMs: number;
  readonly stills: StillInspector;
  readonly log: Log;
}

/** What is particular to a service's protocol. */
export interface ServiceDefaults {
  readonly baseUrl: string;
  readonly pace: PollPace;
  /** Value of the Authorization header. */
  readonly authorize: (apiKey: string) => string;
  readonly price: UpstreamPrice | undefined;
}

const DEFAULT_MAX_CLIP_BYTES = 500_000_000;
const DEFAULT_TYPICAL_DURATION_MS = 90_000;
const DEFAULT_RETRY_PAUSE_MS = 500;
const HOUR_MS = 3_600_000;
const MINUTE_MS = 60_000;
const DEFAULT_PATIENCE: Patience = {
  unreachableMs: 6 * HOUR_MS,
  strangeMs: 30 * MINUTE_MS,
  missingMs: 3 * MINUTE_MS,
};
const DEFAULT_SEARCH: SearchPace = { settledMs: 2 * MINUTE_MS, everyMs: 10_000 };
const SEED_COUNT = 2 ** 31;

export function openHostedEngine(
  options: HostedEngineOptions,
  ports: HostedEnginePorts,
  defaults: ServiceDefaults,
  openService: (parts: ServiceParts) => UpstreamService,
): UpstreamEngine {
  const { clock, ids, log, stills } = ports;
  const { name: engine, credentials } = options;
  const baseUrl = (options.baseUrl ?? defaults.baseUrl).replace(/\/+$/, '');
  const random = () => ids.seed() / SEED_COUNT;
  const client = new UpstreamClient({
    engine,
    baseUrl,
    authorize: defaults.authorize,
    clock,
    random,
    timeouts: options.timeouts ?? DEFAULT_TIMEOUTS,
    retryPauseMs: options.retryPauseMs ?? DEFAULT_RETRY_PAUSE_MS,
  });
  const service = openService({
    engine,
    baseUrl,
    client,
    clock,
    credentials,
    price: options.price ?? defaults.price,
    typicalDurationMs: options.typicalDurationMs ?? DEFAULT_TYPICAL_DURATION_MS,
    stills,
    log,
  });
  const maxBytes = options.maxClipBytes ?? DEFAULT_MAX_CLIP_BYTES;
  return new UpstreamEngine({
    engine,
    service,
    collector: { fetcher: ports.fetcher, prober: ports.prober, scratch: ports.scratch, maxBytes },
    credentials,
    pace: options.pace ?? defaults.pace,
    patience: options.patience ?? DEFAULT_PATIENCE,
    search: options.search ?? DEFAULT_SEARCH,
    clock,
    random,
    log,
  });
}

/** A price before the run; undefined without a price list, and when the service is to choose the length. */
export function quoteByList(
  price: UpstreamPrice | undefined,
  job: EngineJob,
  frameCountOf: (durationSeconds: number) => number,
): MicroDollars | undefined {
  const { durationSeconds, resolution, size, generateAudio: hasSound } = job;
  if (price === undefined || durationSeconds === 'auto') return undefined;
  const frameCount = frameCountOf(durationSeconds);
  return clipPrice(price, { resolution, size, durationSeconds, frameCount, hasSound });
}
