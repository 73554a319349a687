/**
 * The time of what flows. It gathers speed from rest at time 0, which is the exact still, and is odd: a clip that ends on a still runs the
 * same way towards it from negative times.
 *
 * A flow is drawn by two readings of one plate, half a period apart (Eulerian two-phase flow, as in Holynski et al. 2021): each slides from
 * half a period before to half a period after its true place and starts over while the other one is seen alone. Nothing is ever displaced
 * by more than half a period, however long the clip.
 */
import { smootherstep } from '../camera/seeded-noise.ts';

/** From rest to full speed. */
const EASE_SECONDS = 1.5;
/** Until the plate has fully taken the place of the still: hardly anything has moved by then, so the change cannot be seen. */
const SHOWN_SECONDS = 0.5;

/** Seconds of full-speed flow that have passed at `seconds`. */
export function flowedSeconds(seconds: number): number {
  const span = Math.abs(seconds);
  const u = Math.min(1, span / EASE_SECONDS);
  // The integral of a speed that rises as 3 u^2 - 2 u^3.
  const flowed = EASE_SECONDS * (u * u * u - (u * u * u * u) / 2) + Math.max(0, span - EASE_SECONDS);
  return Math.sign(seconds) * flowed;
}

/** 0..1: the size of a to-and-fro movement that sets in gently. */
export const swellAt = (seconds: number): number => smootherstep(Math.abs(seconds) / EASE_SECONDS);

/** 0..1: how much of a plate is shown. */
export const shownAt = (seconds: number): number => smootherstep(Math.abs(seconds) / SHOWN_SECONDS);

export interface TwoPhase {
  /** Seconds of flow that each reading is displaced by, at most half a period either way. */
  readonly first: number;
  readonly second: number;
  /** Weight of the second reading, 0..1; 0 whenever the first is in its place, 1 when it starts over. */
  readonly secondWeight: number;
  /** What the blend of two unlike textures loses of their contrast, as the factor less 1 that restores it (Heitz & Neyret 2018). */
  readonly contrastGain: number;
}

export function twoPhaseAt(flowed: number, periodSeconds: number): TwoPhase {
  const turns = flowed / periodSeconds;
  const first = turns + 0.5 - Math.floor(turns + 0.5);
  const second = turns - Math.floor(turns);
  const secondWeight = Math.abs(2 * first - 1);
  const firstWeight = 1 - secondWeight;
  return {
    first: (first - 0.5) * periodSeconds,
    second: (second - 0.5) * periodSeconds,
    secondWeight,
    contrastGain: 1 / Math.sqrt(firstWeight * firstWeight + secondWeight * secondWeight) - 1,
  };
}
