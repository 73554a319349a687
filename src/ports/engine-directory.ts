/**
 * Which engines stand behind which endpoint: the operator's choice, which may change while the program runs. The directory also
 * remembers how engines have answered lately, so that one that is down is not asked again and again.
 */
import type { EndpointKey } from '#domain/endpoint-key.ts';
import type { AccountId } from '#domain/ids.ts';
import type { Resolution } from '#domain/media/frame-size.ts';
import type { MicroDollars } from '#domain/money.ts';
import type { Engine } from './engine.ts';

/** What a request must be for an engine to be asked; omitted members let everything through. */
export interface RouteCondition {
  readonly resolutions?: readonly Resolution[];
  readonly accounts?: readonly AccountId[];
  /** Seconds; a clip of length `auto` counts as long as it may become. */
  readonly longestDurationSeconds?: number;
  readonly generateAudio?: boolean;
  readonly webSearch?: boolean;
  /** What the engine says that the clip will cost the operator. One that cannot say is not asked. */
  readonly maxCost?: MicroDollars;
}

export interface RouteStop {
  readonly engine: Engine;
  /** Its share among neighbours that have one too; where it is omitted the place in the list decides. */
  readonly weight?: number;
  readonly when: RouteCondition;
}

/** In the order in which engines are asked. */
export type Route = readonly [RouteStop, ...RouteStop[]];

/** What came of a start, as far as it says something about the engine. */
export type StartReport =
  | { readonly kind: 'started' }
  /** Takes no more for the moment. */
  | { readonly kind: 'busy'; readonly retryAfterMs?: number }
  /** Could not be reached, or is not set up to work. */
  | { readonly kind: 'unavailable' };

export type BreakerState =
  | { readonly state: 'closed' }
  /** Not asked before then. */
  | { readonly state: 'open'; readonly reopensInMs: number }
  /** One start is let through, whose outcome decides. */
  | { readonly state: 'trying' };

export interface EngineListing {
  readonly engine: Engine;
  /** Tasks that it may have in hand; any number when omitted. */
  readonly mostJobs?: number;
  readonly breaker: BreakerState;
}

export interface EngineDirectory {
  routeOf(endpoint: EndpointKey): Route;
  /** Undefined when the operator has removed it. */
  byName(name: string): Engine | undefined;
  /** All that are set up. */
  list(): readonly EngineListing[];
  /** Whether the engine may be asked now. A `true` after a time of failures is for one start alone, which must be reported. */
  admits(name: string): boolean;
  report(name: string, report: StartReport): void;
}
