import type { Instant } from '../instant.ts';

/** A job that was about to be sent to an engine: by which it can be looked up when no answer came. */
export interface EngineStart {
  /** What the job can be known by before it has a handle. */
  readonly correlationId: string;
  readonly sentAt: Instant;
}
