/** When a webhook is tried again: growing pauses that no two events share, a limit on the attempts and one on the whole. */
import type { Protocol } from '../endpoint-key.ts';
import { addMs, type Instant } from '../instant.ts';

export interface WebhookSchedule {
  /** The first one included. */
  readonly maxAttempts: number;
  /** After the first failure. */
  readonly firstPauseMs: number;
  /** Each pause is so many times the one before, ... */
  readonly pauseFactor: number;
  /** ... up to this. */
  readonly longestPauseMs: number;
  /** No attempt begins later than this after the event. */
  readonly windowMs: number;
  /** From the look-up of the name to the end of the answer's headers. */
  readonly firstTimeoutMs: number;
  readonly retryTimeoutMs: number;
}

const SECOND_MS = 1000;
const MINUTE_MS = 60 * SECOND_MS;

export const WEBHOOK_SCHEDULES: Readonly<Record<Protocol, WebhookSchedule>> = {
  /** Three retries within twenty minutes, as its users report: after 10, 100 and 1000 seconds. It documents no time-out. */
  wavespeed: {
    maxAttempts: 4,
    firstPauseMs: 10 * SECOND_MS,
    pauseFactor: 10,
    longestPauseMs: 1000 * SECOND_MS,
    windowMs: 20 * MINUTE_MS,
    firstTimeoutMs: 30 * SECOND_MS,
    retryTimeoutMs: 30 * SECOND_MS,
  },
  /** Time-outs, 31 retries and the hour are fal's own; the pauses are chosen so that the retries fit into the hour. */
  fal: {
    maxAttempts: 32,
    firstPauseMs: 2 * SECOND_MS,
    pauseFactor: 2,
    longestPauseMs: 120 * SECOND_MS,
    windowMs: 60 * MINUTE_MS,
    firstTimeoutMs: 15 * SECOND_MS,
    retryTimeoutMs: 120 * SECOND_MS,
  },
};

/** @param attempt 1 for the first since the event. */
export const timeoutOf = (schedule: WebhookSchedule, attempt: number): number =>
  attempt <= 1 ? schedule.firstTimeoutMs : schedule.retryTimeoutMs;

/**
 * How much of a pause chance may take away, so that events which failed together do not all come back together. It never lengthens
 * one: the window holds all attempts however the dice fall.
 */
const LARGEST_JITTER = 0.25;

/**
 * When to try again after an attempt that has failed just now; undefined when that was the last.
 * @param failed.attempt 1 for the first since the event. @param failed.queuedAt The moment of the event.
 * @param failed.chance Drawn for this pause, 0 to 1: how much of the largest jitter it gets.
 */
export function nextAttemptAt(
  schedule: WebhookSchedule,
  failed: {
    readonly attempt: number;
    readonly queuedAt: Instant;
    readonly now: Instant;
    readonly chance: number;
  },
): Instant | undefined {
  if (failed.attempt >= schedule.maxAttempts) return undefined;
  const grown = schedule.firstPauseMs * schedule.pauseFactor ** (failed.attempt - 1);
  const pauseMs = Math.min(schedule.longestPauseMs, grown) * (1 - LARGEST_JITTER * failed.chance);
  const next = addMs(failed.now, Math.round(pauseMs));
  return next > addMs(failed.queuedAt, schedule.windowMs) ? undefined : next;
}
