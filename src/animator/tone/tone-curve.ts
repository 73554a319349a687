/**
 * The curve that a grade lays over luma: an S around the picture's own middle, black and white drawn in for a faded look, and a gamma that brings the
 * mean back to where it was, or to where the grade wants it, with what a vignette takes given back beforehand. A look therefore makes no clip darker or
 * brighter than its still unless it is meant to.
 */
import type { Grade } from './looks.ts';
import { lossOf } from './vignette.ts';

/** Entries from black to white. */
export const CURVE_STEPS = 1024;

/** How often each brightness occurs; `CURVE_STEPS` entries from black to white. */
export type Histogram = Float64Array;

/** The S turns around the picture's mean, but not around its shadows or lights. */
const LOWEST_PIVOT = 0.3;
const HIGHEST_PIVOT = 0.65;
const GAMMA_RANGE = [0.6, 1.7] as const;
/** What a vignette takes is given back in full to a mean below the first, and not at all above the second: a page is white already. */
const DARK_ENOUGH = 0.5;
const TOO_BRIGHT = 0.8;
const BISECTIONS = 24;

/**
 * @param mean Luma 0..1 that the picture has on average, before anything was done to it.
 * @returns Luma 0..1 for each of `CURVE_STEPS + 1` lumas from 0 to 1, rising.
 */
export function toneCurve(
  { contrast, fade, exposure, vignette }: Grade,
  histogram: Histogram,
  mean: number,
): Float32Array {
  const headroom = Math.max(0, Math.min(1, (TOO_BRIGHT - mean) / (TOO_BRIGHT - DARK_ENOUGH)));
  const target = (mean * (1 + exposure)) / (1 - headroom * lossOf({ vignette }));
  const pivot = Math.max(LOWEST_PIVOT, Math.min(HIGHEST_PIVOT, mean));
  const shape = (t: number, gamma: number): number => {
    const lit = powerOf(t, gamma);
    const bent = lit + 4 * contrast * lit * (1 - lit) * (lit - pivot);
    return fade + (1 - 2 * fade) * Math.max(0, Math.min(1, bent));
  };
  // A larger gamma darkens, so the mean falls steadily.
  let [low, high]: [number, number] = [GAMMA_RANGE[0], GAMMA_RANGE[1]];
  for (let i = 0; i < BISECTIONS; i += 1) {
    const middle = (low + high) / 2;
    if (meanOf(histogram, (t) => shape(t, middle)) > target) low = middle;
    else high = middle;
  }
  const gamma = (low + high) / 2;
  return Float32Array.from({ length: CURVE_STEPS + 1 }, (_, i) => shape(i / CURVE_STEPS, gamma));
}

function meanOf(histogram: Histogram, value: (t: number) => number): number {
  let [sum, count] = [0, 1e-9];
  for (let i = 0; i < histogram.length; i += 1) {
    if (histogram[i] === 0) continue;
    sum += histogram[i]! * value((i + 0.5) / histogram.length);
    count += histogram[i]!;
  }
  return sum / count;
}

/** `t` to a power, rounded to where all JavaScript engines agree. */
const powerOf = (t: number, exponent: number): number => Math.round(t ** exponent * 1e9) / 1e9;
