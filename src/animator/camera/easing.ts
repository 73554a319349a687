/**
 * How far a camera has come at share `u` of its shot. Both curves start and end at rest and are C2 throughout, so that
 * no move begins, ends or changes pace with a visible jerk.
 */
import type { Easing } from '../director/plan.ts';
import { smootherstep } from './seeded-noise.ts';

/** Shares of the shot over which `glide` gathers and loses speed. */
const GLIDE_RISE = 0.22;
const GLIDE_FALL = 0.28;
/** A ramp lasts half a unit of cruise, so the area under the speed curve is what is left of 1. */
const GLIDE_AREA = 1 - GLIDE_RISE / 2 - GLIDE_FALL / 2;

/** `ramp` is a quarter glide and three quarters a surge around mid-shot. */
const SURGE_SHARE = 0.75;
const SURGE_HALF_WIDTH = 0.2;

/** Integral of smootherstep from 0 to x, for x in 0..1. */
const smootherstepIntegral = (x: number): number => x * x * x * x * (x * (x - 3) + 2.5);

function glide(u: number): number {
  if (u < GLIDE_RISE) return (GLIDE_RISE * smootherstepIntegral(u / GLIDE_RISE)) / GLIDE_AREA;
  const fallStart = 1 - GLIDE_FALL;
  if (u < fallStart) return (u - GLIDE_RISE / 2) / GLIDE_AREA;
  return 1 - (GLIDE_FALL * smootherstepIntegral((1 - u) / GLIDE_FALL)) / GLIDE_AREA;
}

/** Progress 0..1, rising monotonically; `u` outside 0..1 is clamped. */
export function easedProgress(easing: Easing, u: number): number {
  const share = Math.min(1, Math.max(0, u));
  if (easing === 'glide') return glide(share);
  const surge = smootherstep((share - 0.5 + SURGE_HALF_WIDTH) / (2 * SURGE_HALF_WIDTH));
  return (1 - SURGE_SHARE) * glide(share) + SURGE_SHARE * surge;
}

/** A snap begins after this share of the shot: what it snaps away from has to be seen first. */
const SNAP_START = 0.35;
/** Nine tenths of a snap are done in 0.3 s, the rest settles exponentially. */
const SNAP_SECONDS = 0.045;

/** The distribution function of an Erlang variable of shape 4: C2 at its start, exponential at its end. */
function settling(seconds: number): number {
  const x = Math.max(0, seconds) / SNAP_SECONDS;
  return 1 - Math.exp(-x) * (1 + x * (1 + (x / 2) * (1 + x / 3)));
}

/** Progress 0..1 of what is done in an instant, at share `u` of a shot of `shotSeconds`. */
export function snapProgress(u: number, shotSeconds: number): number {
  const share = Math.min(1, Math.max(0, u));
  return settling((share - SNAP_START) * shotSeconds) / settling((1 - SNAP_START) * shotSeconds);
}

/** When a snap is fastest, in seconds from the start of its shot. */
export const snapMoment = (shotSeconds: number): number => SNAP_START * shotSeconds + 3 * SNAP_SECONDS;

/** Where in the shot the camera is fastest, as a share of it: the middle of the cruise or of the surge. */
export function fastestMoment(easing: Easing): number {
  return easing === 'glide' ? (GLIDE_RISE + 1 - GLIDE_FALL) / 2 : 0.5;
}
