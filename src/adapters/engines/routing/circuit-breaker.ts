/**
 * Keeps an engine that is down from being asked for every task: after a few failures in a row it is left alone for a while, then one
 * start is let through, and its outcome decides. An engine that is merely busy is left alone as long as it has asked for.
 */
import { addMs, type Instant } from '#domain/instant.ts';
import type { Clock } from '#ports/clock.ts';
import type { BreakerState, StartReport } from '#ports/engine-directory.ts';

/** One lost connection is no outage. */
const MOST_FAILURES = 3;
const FIRST_PAUSE_MS = 30_000;
const LONGEST_PAUSE_MS = 600_000;
const BUSY_PAUSE_MS = 5_000;
/** A trial that is never reported, as its worker has died, does not keep the engine shut for ever. */
const TRIAL_MS = 120_000;

export class CircuitBreaker {
  readonly #clock: Clock;
  #failures = 0;
  /** How often in a row it was opened. */
  #openings = 0;
  #opensAt: Instant | undefined;
  #trialUntil: Instant | undefined;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  get state(): BreakerState {
    if (this.#opensAt === undefined) return { state: 'closed' };
    const reopensInMs = this.#opensAt - this.#clock.now();
    return reopensInMs > 0 ? { state: 'open', reopensInMs } : { state: 'trying' };
  }

  /** Takes the one trial, where there is but one. */
  admits(): boolean {
    const { state } = this.state;
    if (state !== 'trying') return state === 'closed';
    if (this.#openings === 0) return true;
    const now = this.#clock.now();
    if (this.#trialUntil !== undefined && now < this.#trialUntil) return false;
    this.#trialUntil = addMs(now, TRIAL_MS);
    return true;
  }

  report(report: StartReport): void {
    this.#trialUntil = undefined;
    switch (report.kind) {
      case 'started':
        this.#failures = 0;
        this.#openings = 0;
        this.#opensAt = undefined;
        return;
      case 'busy':
        // It answers: whatever was wrong with it is over.
        this.#failures = 0;
        this.#openings = 0;
        this.#shutFor(Math.min(report.retryAfterMs ?? BUSY_PAUSE_MS, LONGEST_PAUSE_MS));
        return;
      case 'unavailable':
        this.#failures += 1;
        if (this.#failures < MOST_FAILURES && this.#openings === 0) return;
        this.#shutFor(Math.min(FIRST_PAUSE_MS * 2 ** this.#openings, LONGEST_PAUSE_MS));
        this.#openings += 1;
    }
  }

  #shutFor(durationMs: number): void {
    this.#opensAt = addMs(this.#clock.now(), durationMs);
  }
}
