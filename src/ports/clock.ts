import type { Instant } from '#domain/instant.ts';

export interface Clock {
  now(): Instant;
  /** Resolves after `durationMs`, or at once when `signal` aborts; never rejects. */
  sleep(durationMs: number, signal?: AbortSignal): Promise<void>;
}
