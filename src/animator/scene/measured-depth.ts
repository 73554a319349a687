/**
 * Depth that something else has measured, such as a network, in the terms of the analysis: 0..1, at the cells of its grid, and with the
 * edges of the picture. What is measured is relative; how flat the picture is shows in how little the measure changes over it.
 */
import { guidedFilter } from './guided-filter.ts';
import { percentile } from './percentile.ts';
import { ramp } from './ramp.ts';
import { resampleGrid } from './resample-grid.ts';
import type { Grid } from './scene.ts';
import type { WorkGrid } from './work-grid.ts';

export interface MeasuredDepth {
  /** Inverse depth, 1 nearest, 0 farthest, at the cells of the analysis. */
  readonly depth: Grid;
  /** How sure it is that the picture is itself flat, 0..0.9: a trace of depth is left to the flattest. */
  readonly flat: number;
}

/** A few odd cells at either end do not set the scale. */
const NEAR_SHARE = 0.99;
const FAR_SHARE = 0.01;

/**
 * The change from near to far as a share of the near inverse depth: up to the first the farthest is 1.2 times as far as the nearest, as on
 * a page that is seen at a slant; from the second on it is twice as far.
 */
const FLAT_RANGE = 0.15;
const DEEP_RANGE = 0.5;
const FLATTEST = 0.9;

/** @param measured Relative inverse depth over the whole picture: larger is nearer, of any scale and number of cells. */
export function readMeasuredDepth(measured: Grid, work: WorkGrid): MeasuredDepth {
  const raw = resampleGrid(measured, work);
  const far = percentile(raw.data, FAR_SHARE);
  const range = percentile(raw.data, NEAR_SHARE) - far;
  const largest = Math.max(Math.abs(far), Math.abs(far + range));
  // A measure that says nothing at all is as flat as can be.
  const share = largest > 0 ? range / largest : 0;
  const scaled: Grid = {
    ...raw,
    data: raw.data.map((value) => (range > 0 ? Math.min(1, Math.max(0, (value - far) / range)) : 0)),
  };
  const radius = Math.max(1, Math.round(Math.max(work.width, work.height) / 100));
  return {
    depth: guidedFilter(work.luma, scaled, radius, 4e-4),
    flat: FLATTEST * ramp(share, DEEP_RANGE, FLAT_RANGE),
  };
}
