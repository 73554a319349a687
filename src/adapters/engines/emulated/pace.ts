/** Steady progress from one moment to another, in steps. */
import type { Instant } from '#domain/instant.ts';
import { addMs } from '#domain/instant.ts';

interface Span {
  readonly startedAt: Instant;
  readonly endsAt: Instant;
}

/** A power of two, so that `READY` of the emulated engine is a multiple. Step `STEPS` would be the end, and is never reached. */
export const STEPS = 128;

/** 0 to `STEPS` - 1. */
export function stepAt({ startedAt, endsAt }: Span, at: Instant): number {
  const share = endsAt <= startedAt ? 1 : (at - startedAt) / (endsAt - startedAt);
  return Math.min(STEPS - 1, Math.max(0, Math.floor(share * STEPS)));
}

/** When the step begins; the one after the last is the end. */
export const stepBegins = ({ startedAt, endsAt }: Span, step: number): Instant =>
  addMs(startedAt, Math.ceil(((endsAt - startedAt) * step) / STEPS));
