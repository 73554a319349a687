/**
 * Water that lies before the viewer, below the shore that it mirrors: whole regions of one colour that the evidence
 * speaks for, less what stands in them and is crisper than water is in this picture.
 */
import type { Area } from './areas.ts';
import { boxMean, mean3x3 } from './box-filter.ts';
import { connectedParts } from './connected-cells.ts';
import { percentile } from './percentile.ts';
import { ramp } from './ramp.ts';
import type { Regions } from './regions.ts';
import type { Grid } from './scene.ts';
import { findShoreline, judgeShore, skyInWater } from './shoreline.ts';
import { gatherWaterEvidence, type WaterEvidence } from './water-evidence.ts';
import { closeGaps, leaveOutPosts } from './water-gaps.ts';
import { emptyGrid, type WorkGrid } from './work-grid.ts';

/** The far shore lies below the sky, within this share of the height. */
const SHORE_RANGE = 0.5;
/**
 * Shares of the columns in which what seems to mirror its bank shows the sky as well. The walls of a street are as alike above and below
 * the horizon, but they show none.
 */
const LITTLE_SKY = 0.1;
const ENOUGH_SKY = 0.3;
/** What a region's cells say together counts more than what each says alone. */
const REGION_SHARE = 0.75;
/** Evidence from which a cell belongs to a part, and from which so many of a part's cells have to be sure. */
const LIKELY = 0.36;
const SURE = 0.5;
const SURE_SHARE = 0.3;
/** A cell that has less support around it is something that stands in the water. */
const LEAST_SUPPORT = 0.3;

/** Shares of the picture: of one part, and of all water when it is no puddle. */
const SMALLEST_PART = 0.006;
const LEAST_SHARE = 0.02;
const ENOUGH_SHARE = 0.07;
/** Shares of the picture's columns. */
const LEAST_COLUMNS = 0.25;
const ENOUGH_COLUMNS = 0.5;

export interface WaterSearch {
  readonly regions: Regions;
  /** 1 for sky. */
  readonly sky: Grid;
  /** How sure it is that the picture was taken outdoors, 0..1. */
  readonly outdoors: number;
  /** Share of the height: where water ends when there is no shore to be found. */
  readonly horizon: number;
}

export function findWater(
  work: WorkGrid,
  { regions, sky, outdoors, horizon }: WaterSearch,
): Area | undefined {
  const { height } = work;
  const skyRows = rowsBelow(sky);
  const skyline = Math.floor(percentile(Float32Array.from(skyRows), 0.5));
  const shore = findShoreline(work, skyline, skyline + Math.floor(SHORE_RANGE * height));
  const { isShore, trust } = judgeShore(shore, height);
  const horizonRow = Math.round(horizon * height);
  const farRows = isShore ? shore.rows : skyRows.map((row) => Math.max(row, horizonRow));
  const mirror = isShore ? shore : undefined;
  const gathered = gatherWaterEvidence(work, { sky, skyline, mirror, farRows });
  const mask = maskOf(pool(gathered.evidence, regions, farRows), supportOf(work, gathered));
  leaveOutPosts(mask, work.luma, gathered.evidence);
  const shown = isShore ? ramp(skyInWater(mask, sky, shore), LITTLE_SKY, ENOUGH_SKY) : 1;
  const confidence = (0.3 + 0.7 * outdoors) * (0.3 + 0.7 * trust) * (0.35 + 0.65 * shown) * breadthOf(mask);
  return confidence > 0 ? { mask, confidence } : undefined;
}

/** In every column the row below the lowest cell of a mask; 0 where there is none. */
function rowsBelow({ width, height, data }: Grid): Int32Array {
  return Int32Array.from({ length: width }, (_, x) => {
    let y = height - 1;
    while (y >= 0 && data[y * width + x] === 0) y--;
    return y + 1;
  });
}

/** Mixes every cell's evidence with the mean of its region's below the far shore. */
function pool(evidence: Grid, { count, labels }: Regions, farRows: Int32Array): Grid {
  const { width, data } = evidence;
  const isBelow = (cell: number) => Math.floor(cell / width) > farRows[cell % width]!;
  const sums = new Float32Array(count);
  const cells = new Float32Array(count);
  for (let cell = 0; cell < data.length; cell++) {
    if (!isBelow(cell)) continue;
    sums[labels[cell]!]! += data[cell]!;
    cells[labels[cell]!]!++;
  }
  const pooled = data.map((value, cell) =>
    isBelow(cell)
      ? (1 - REGION_SHARE) * value + (REGION_SHARE * sums[labels[cell]!]!) / cells[labels[cell]!]!
      : 0,
  );
  return mean3x3({ ...evidence, data: pooled });
}

/** The evidence around every cell, without what is too crisp for this picture's water. */
function supportOf(work: WorkGrid, { evidence, crispness }: WaterEvidence): Grid {
  const crisp = mean3x3(work.crispness).data;
  const smooth = evidence.data.map(
    (value, cell) => value * ramp(crisp[cell]!, 2.5 * crispness + 0.05, 1.6 * crispness + 0.03),
  );
  return boxMean({ ...evidence, data: smooth }, 2);
}

function maskOf(evidence: Grid, support: Grid): Grid {
  const mask = emptyGrid(evidence);
  const isLikely = (cell: number) => evidence.data[cell]! > LIKELY && support.data[cell]! > LEAST_SUPPORT;
  for (const part of connectedParts(evidence, isLikely)) {
    const sure = part.filter((cell) => evidence.data[cell]! > SURE).length;
    if (part.length < SMALLEST_PART * mask.data.length || sure < SURE_SHARE * part.length) continue;
    for (const cell of part) mask.data[cell] = 1;
  }
  closeGaps(mask, evidence);
  return mask;
}

/** 0..1: water is a place and not a puddle. */
function breadthOf({ width, data }: Grid): number {
  const columns = new Uint8Array(width);
  let cells = 0;
  for (let cell = 0; cell < data.length; cell++) {
    if (data[cell] === 0) continue;
    cells++;
    columns[cell % width] = 1;
  }
  const breadth = columns.reduce((sum, column) => sum + column, 0) / width;
  return ramp(cells / data.length, LEAST_SHARE, ENOUGH_SHARE) * ramp(breadth, LEAST_COLUMNS, ENOUGH_COLUMNS);
}
