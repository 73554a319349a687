/** What differs between the services that sell clips: how a job is written, read and stopped there. `UpstreamEngine` does the rest. */
import type { StoredError } from '#domain/errors.ts';
import type { Instant } from '#domain/instant.ts';
import type { JsonObject } from '#domain/json.ts';
import type { MicroDollars } from '#domain/money.ts';
import type {
  EngineCapabilities,
  EngineHealth,
  EngineJob,
  EngineLogLine,
  UnansweredStart,
} from '#ports/engine.ts';
import type { ClipFacts } from '../../media/clip-prober.ts';
import type { Credential } from './credentials.ts';
import type { SoldClip } from './upstream-handle.ts';

/** A bought job, with the key that started it. */
export interface UpstreamJob {
  readonly id: string;
  readonly credential: Credential;
  readonly startedAt: Instant;
  readonly sold: SoldClip | undefined;
  readonly notes: JsonObject;
}

export interface SubmittedJob {
  readonly id: string;
  readonly sold: SoldClip;
  readonly notes: JsonObject;
}

/** All lines that the service has of a job so far, oldest first. */
interface WithLog {
  readonly log?: readonly EngineLogLine[];
}

/** What the service says of a job. */
export type UpstreamReading = WithLog &
  (
    | { readonly state: 'queued'; readonly ahead?: number }
    | { readonly state: 'running' }
    /** A word that this program does not know. */
    | { readonly state: 'strange'; readonly word: string }
    | {
        readonly state: 'succeeded';
        readonly clipUrl: string;
        /** Where the clip is said to differ from what was asked for. */
        readonly differences?: readonly string[];
        /** What the service says that it charges. */
        readonly cost?: MicroDollars;
      }
    | { readonly state: 'failed'; readonly error: StoredError }
    | { readonly state: 'cancelled'; readonly wasPaid: boolean }
    | { readonly state: 'missing' }
  );

export type SearchedStart =
  | { readonly state: 'found'; readonly id: string; readonly startedAt: Instant; readonly notes: JsonObject }
  /** The service's list goes back far enough and has no such job. */
  | { readonly state: 'absent' }
  | { readonly state: 'unclear' };

export interface UpstreamService {
  /** Stands in its handles: `ark`. */
  readonly kind: string;
  readonly capabilities: EngineCapabilities;
  /** What such jobs take. */
  readonly typicalDurationMs: number;
  /** As `Engine.quote`. */
  quote(job: EngineJob, credential: Credential): Promise<MicroDollars | undefined>;
  /** Sends one paid request, once. @throws as `Engine.start`. */
  submit(job: EngineJob, credential: Credential): Promise<SubmittedJob>;
  /** @throws UpstreamTrouble when the service cannot be asked. */
  read(job: UpstreamJob, signal: AbortSignal): Promise<UpstreamReading>;
  /** Stops the job as far as the service does that. @throws UpstreamTrouble. */
  cancel(job: UpstreamJob, signal: AbortSignal): Promise<void>;
  /** Looks for a start that was not answered, where the service has a list. @throws UpstreamTrouble. */
  search?(start: UnansweredStart, credential: Credential, signal: AbortSignal): Promise<SearchedStart>;
  /** What the finished clip cost, where the service did not say. */
  costOf(job: UpstreamJob, clip: ClipFacts): MicroDollars | undefined;
  /** A cheap question with this key. @throws UpstreamTrouble. */
  checkAccess(credential: Credential, signal: AbortSignal): Promise<EngineHealth>;
  close(): Promise<void>;
}
