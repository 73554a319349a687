/** Water that surely lies: what is mirrored in it stands nowhere, and all of it is as near as its row. */
import type { Areas } from './areas.ts';
import { connectedParts } from './connected-cells.ts';
import { percentile } from './percentile.ts';
import { ramp } from './ramp.ts';
import type { Grid } from './scene.ts';
import { firstRowBelow } from './seen-sky.ts';
import { findShoreline, judgeShore, type Shoreline, skyInWater } from './shoreline.ts';
import { emptyGrid, type WorkGrid } from './work-grid.ts';

/** Of the columns, those that a part reaches across, and those in which the sky is seen in the water. */
const LEAST_COLUMNS = 0.2;
const LEAST_MIRRORED_SKY = 0.25;
/** Shares of the height: where the shore is looked for below the sky, and the rows below it that its likeness speaks for. */
const SHORE_RANGE = 0.5;
const MIRRORED = 0.16;
/** Columns on either side that speak for one, share of the width. */
const NEARBY = 0.06;
/** How alike above and below are in a column that mirrors hardly, and in one that does. */
const HARDLY = 0.3;
const SURELY = 0.5;

/**
 * 0..1: how sure it is that a cell is water, as the area says or the mirror image below a shore. Walls on either side of a street
 * are as alike above and below the horizon as a wood and its mirror image; but only water shows the sky again.
 */
export function findLyingWater(work: WorkGrid, areas: Areas, sky: Grid): Grid {
  const lying = emptyGrid(work);
  const { water } = areas;
  if (water === undefined) return lying;
  const shore = shoreBelow(work, sky);
  if (skyInWater(water.mask, sky, shore) < LEAST_MIRRORED_SKY) return lying;
  for (const part of connectedParts(water.mask, (cell) => water.mask.data[cell]! > 0.5)) {
    const columns = new Set(part.map((cell) => cell % work.width)).size;
    if (columns < LEAST_COLUMNS * work.width) continue;
    for (const cell of part) lying.data[cell] = water.confidence;
  }
  addMirrorImage(lying, shore);
  return lying;
}

function shoreBelow(work: WorkGrid, sky: Grid): Shoreline {
  const below = Float32Array.from({ length: work.width }, (_, x) => firstRowBelow(sky, x));
  const skyline = Math.floor(percentile(below, 0.5));
  return findShoreline(work, skyline, skyline + Math.floor(SHORE_RANGE * work.height));
}

/** Dark banks seen upside down look like the banks; that they are water shows in where they are. */
function addMirrorImage(lying: Grid, shore: Shoreline): void {
  const { width, height } = lying;
  const { trust } = judgeShore(shore, height);
  const likeness = shore.likeness.map((value) => trust * ramp(value, HARDLY, SURELY));
  const reach = Math.round(NEARBY * width);
  for (let x = 0; x < width; x++) {
    // A house or a post hides the likeness of some columns; the water is as level there as beside.
    const sure = percentile(likeness.subarray(Math.max(0, x - reach), x + reach + 1), 0.5);
    const first = shore.rows[x]! + 1;
    for (let y = first; y < Math.min(height, first + MIRRORED * height); y++) {
      lying.data[y * width + x] = Math.max(lying.data[y * width + x]!, sure);
    }
  }
}

/** The row above which hardly any water lies; undefined without water. */
export function farthestRow({ width, height, data }: Grid): number | undefined {
  const rows: number[] = [];
  for (let x = 0; x < width; x++) {
    let y = 0;
    while (y < height && data[y * width + x]! < 0.5) y++;
    if (y < height) rows.push(y);
  }
  return rows.length < LEAST_MIRRORED_SKY * width ? undefined : percentile(Float32Array.from(rows), 0.1);
}
