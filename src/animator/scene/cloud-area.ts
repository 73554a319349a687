/** Clouds: an open sky with something in it that can be seen to move. */
import type { Area } from './areas.ts';
import { mean3x3 } from './box-filter.ts';
import { connectedParts } from './connected-cells.ts';
import { percentile } from './percentile.ts';
import { ramp } from './ramp.ts';
import type { Grid } from './scene.ts';
import { emptyGrid, type WorkGrid } from './work-grid.ts';

/** Shares of the picture: a smaller sky is a gap between things. */
const LEAST_SHARE = 0.03;
const ENOUGH_SHARE = 0.08;
/** Share of the picture: patches between branches stay still. */
const SMALLEST_PART = 0.006;
/** Cells to either side that a cell is compared with. */
const REACH = 8;
/**
 * How much nine tenths of the cells differ at most from the mean of both sides, luma 0..1: 0.001 to 0.003 in clear skies,
 * 0.008 and more where there are clouds, above 0.2 among leaves.
 */
const CLEAR = 0.0035;
const CLOUDY = 0.0075;
const WILD = 0.14;
const LEAVES = 0.2;
/** What is crisper flies or shines, or reaches into the sky: it keeps its place. */
const CLOUD_CRISPNESS = 0.12;
const THING_CRISPNESS = 0.25;

/** @param outdoors How sure it is that there is a sky at all, 0..1. */
export function findClouds(work: WorkGrid, sky: Grid, outdoors: number): Area | undefined {
  const share = sky.data.reduce((sum, value) => sum + value, 0) / sky.data.length;
  if (share < LEAST_SHARE) return undefined;
  const mask = emptyGrid(sky);
  for (const part of connectedParts(sky, (cell) => sky.data[cell] === 1)) {
    if (part.length < SMALLEST_PART * sky.data.length) continue;
    for (const cell of part)
      mask.data[cell] = ramp(work.crispness.data[cell]!, THING_CRISPNESS, CLOUD_CRISPNESS);
  }
  const varied = variation(work.luma, sky);
  const confidence =
    (0.3 + 0.7 * outdoors) *
    ramp(share, LEAST_SHARE, ENOUGH_SHARE) *
    ramp(varied, CLEAR, CLOUDY) *
    ramp(varied, LEAVES, WILD);
  return { mask, confidence };
}

/** A clear sky changes downwards, and evenly from side to side. */
function variation(luma: Grid, sky: Grid): number {
  const { width, data } = mean3x3(luma);
  const whole = mean3x3(sky).data;
  const isWhole = (cell: number) => whole[cell]! > 0.999;
  const differences: number[] = [];
  for (let cell = 0; cell < data.length; cell++) {
    const x = cell % width;
    if (x < REACH || x >= width - REACH) continue;
    if (!isWhole(cell) || !isWhole(cell - REACH) || !isWhole(cell + REACH)) continue;
    differences.push(Math.abs(data[cell]! - (data[cell - REACH]! + data[cell + REACH]!) / 2));
  }
  return percentile(Float32Array.from(differences), 0.9);
}
