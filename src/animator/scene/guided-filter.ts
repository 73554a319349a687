/**
 * The guided filter (He, Sun & Tang 2010): smooths a grid while keeping the edges that the guide has at the same place.
 * Within each window the result is a linear function of the guide.
 */
import { boxMean } from './box-filter.ts';
import type { Grid } from './scene.ts';

/** The linear functions of the guide that make up the filter: result = slope * guide + offset, at every cell. */
export interface GuidedCoefficients {
  readonly slope: Grid;
  readonly offset: Grid;
}

/** @param epsilon Variance of the guide (0..1 scale, squared) below which an edge counts as noise. */
export function guidedFilter(guide: Grid, input: Grid, radius: number, epsilon: number): Grid {
  const { slope, offset } = guidedCoefficients(guide, input, radius, epsilon);
  return { ...guide, data: guide.data.map((value, i) => slope.data[i]! * value + offset.data[i]!) };
}

/** The filter before it is applied: coefficients vary slowly and may be applied to a finer picture of the same guide. */
export function guidedCoefficients(
  guide: Grid,
  input: Grid,
  radius: number,
  epsilon: number,
): GuidedCoefficients {
  const combine = (a: Grid, b: Grid): Grid => ({ ...a, data: a.data.map((value, i) => value * b.data[i]!) });
  const guideMean = boxMean(guide, radius);
  const inputMean = boxMean(input, radius);
  const guideSquare = boxMean(combine(guide, guide), radius);
  const product = boxMean(combine(guide, input), radius);
  const slope = product.data.map((value, i) => {
    const mean = guideMean.data[i]!;
    const variance = Math.max(0, guideSquare.data[i]! - mean * mean);
    return (value - mean * inputMean.data[i]!) / (variance + epsilon);
  });
  const offset = inputMean.data.map((value, i) => value - slope[i]! * guideMean.data[i]!);
  return {
    slope: boxMean({ ...guide, data: slope }, radius),
    offset: boxMean({ ...guide, data: offset }, radius),
  };
}
