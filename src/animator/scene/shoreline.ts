/**
 * The shoreline: the line across the picture about which water mirrors what stands behind it. For every column the light
 * above a row is compared with the light below it in reverse; the line is the one that agrees best and bends little.
 */
import { ramp } from './ramp.ts';
import type { Grid } from './scene.ts';
import type { WorkGrid } from './work-grid.ts';

export interface Shoreline {
  /** Row of the shore in every column. */
  readonly rows: Int32Array;
  /** -1..1: how alike above and below are there. */
  readonly likeness: Float32Array;
}

/** Columns that share one row. */
const BLOCK = 8;
/** Share of the height that lies below any shore: in less there is no mirror image to be known by. */
const LEAST_WATER = 0.15;
/** Rows compared on either side; the nearest ones belong to the shore itself. */
const REACH = 30;
const GAP = 2;
/** The shore moves at most so many rows from block to block, at this cost a row. */
const STEP = 4;
const STEP_COST = 0.03;
/** Half of the tallest dark bank, rows; the step of luma at its foot, and the share of columns that have to show it. */
const BANK = 12;
const BRIGHTER = 0.08;
const LEAST_COLUMNS = 0.5;
/** Variance of a profile, luma 0..1 squared, that says nothing. */
const FAINT = 2e-5;

/** How alike above and below a shore are on the mean: too little to be one, and as much as need be. */
const POOR_LIKENESS = 0.4;
const GOOD_LIKENESS = 0.58;
/** A shore's deviation from a level line, share of the height. */
const LEVEL = 0.022;
const SLOPING = 0.035;

/** @param top,bottom Rows between which the shore is looked for. */
export function findShoreline(work: WorkGrid, top: number, bottom: number): Shoreline {
  const { width, height } = work;
  const lowest = height - Math.ceil(LEAST_WATER * height);
  const first = Math.max(REACH / 2, Math.min(top, lowest - 1));
  const candidates = Math.max(1, Math.min(bottom, lowest) - first);
  const blocks = Math.ceil(width / BLOCK);
  const likeness = Array.from({ length: blocks }, (_, block) =>
    Float32Array.from({ length: candidates }, (_, i) => mirrorLikeness(work, block * BLOCK, first + i)),
  );
  const path = bestPath(likeness);
  const blockOf = (x: number) => Math.min(blocks - 1, Math.floor(x / BLOCK));
  const middle = Int32Array.from({ length: width }, (_, x) => first + path[blockOf(x)]!);
  const offset = waterlineBelow(work.luma, middle);
  return {
    rows: middle.map((row) => row + offset),
    likeness: Float32Array.from({ length: width }, (_, x) => likeness[blockOf(x)]![path[blockOf(x)]!]!),
  };
}

/**
 * Rough water mirrors the sky and not the bank, so that above and below agree best about the middle of a dark bank.
 * The water begins where most columns turn bright again, so many rows further down; 0 when they do not.
 */
function waterlineBelow({ width, height, data }: Grid, rows: Int32Array): number {
  let [best, mostColumns] = [0, LEAST_COLUMNS * width];
  for (let offset = 1; offset <= BANK; offset++) {
    let columns = 0;
    for (let x = 0; x < width; x++) {
      const cell = (rows[x]! + offset) * width + x;
      if (rows[x]! + offset + 3 >= height) continue;
      if (data[cell + 3 * width]! - data[cell - 2 * width]! > BRIGHTER) columns++;
    }
    if (columns > mostColumns) [best, mostColumns] = [offset, columns];
  }
  return best;
}

/** The mean correlation of the profiles above and below `row`, weighted by how much there is to see above. */
function mirrorLikeness(work: WorkGrid, left: number, row: number): number {
  const { width, height, luma, blue, red } = work;
  const reach = Math.min(REACH, row - 1, height - 1 - row);
  let [agreement, weight] = [0, 1e-6];
  for (let x = left; x < Math.min(width, left + BLOCK); x += 2) {
    for (const plane of [luma, blue, red]) {
      const { spread, correlation } = compareProfiles(plane, row * width + x, reach);
      agreement += spread * correlation;
      weight += spread;
    }
  }
  return agreement / weight;
}

function compareProfiles({ width, data }: Grid, cell: number, reach: number) {
  let [above, below, aboveSquare, belowSquare, product] = [0, 0, 0, 0, 0];
  for (let k = GAP; k <= reach; k++) {
    const upper = data[cell - k * width]!;
    const lower = data[cell + k * width]!;
    above += upper;
    below += lower;
    aboveSquare += upper * upper;
    belowSquare += lower * lower;
    product += upper * lower;
  }
  const count = reach - GAP + 1;
  const aboveVariance = Math.max(0, aboveSquare / count - (above / count) ** 2);
  const belowVariance = Math.max(0, belowSquare / count - (below / count) ** 2);
  const covariance = product / count - (above / count) * (below / count);
  return {
    spread: Math.sqrt(aboveVariance),
    correlation: covariance / Math.sqrt((aboveVariance + FAINT) * (belowVariance + FAINT)),
  };
}

/** For every block the candidate on the line with the greatest sum (dynamic programming). */
function bestPath(likeness: readonly Float32Array[]): Int32Array {
  let total = likeness[0]!;
  const cameFrom = likeness.map((scores) => new Int32Array(scores.length));
  for (let block = 1; block < likeness.length; block++) {
    const before = total;
    total = likeness[block]!.map((score, i) => {
      let [best, from] = [Number.NEGATIVE_INFINITY, i];
      for (let j = Math.max(0, i - STEP); j <= Math.min(before.length - 1, i + STEP); j++) {
        const sum = before[j]! - STEP_COST * Math.abs(i - j);
        if (sum > best) [best, from] = [sum, j];
      }
      cameFrom[block]![i] = from;
      return score + best;
    });
  }
  const path = new Int32Array(likeness.length);
  path[path.length - 1] = total.indexOf(Math.max(...total));
  for (let block = path.length - 1; block > 0; block--) path[block - 1] = cameFrom[block]![path[block]!]!;
  return path;
}

/** A shore is nearly level, and most of what stands on it is seen twice. */
export function judgeShore({ rows, likeness }: Shoreline, height: number) {
  const mean = likeness.reduce((sum, value) => sum + value, 0) / likeness.length;
  const usual = rows.reduce((sum, row) => sum + row, 0) / rows.length;
  const deviation = Math.sqrt(rows.reduce((sum, row) => sum + (row - usual) ** 2, 0) / rows.length);
  const level = ramp(deviation / height, SLOPING, LEVEL);
  return {
    isShore: level > 0 && mean > POOR_LIKENESS,
    trust: level * ramp(mean, POOR_LIKENESS, GOOD_LIKENESS),
  };
}

/** The share of the columns in which water lies where the sky would be mirrored: only water shows the sky again. */
export function skyInWater(water: Grid, sky: Grid, { rows }: Shoreline): number {
  const { width, height } = sky;
  let columns = 0;
  for (let x = 0; x < width; x++) {
    const end = Math.min(height, 2 * rows[x]! + 1);
    let y = rows[x]! + 1;
    const isSky = () => water.data[y * width + x]! > 0.5 && sky.data[(2 * rows[x]! - y) * width + x]! > 0.5;
    while (y < end && !isSky()) y++;
    if (y < end) columns++;
  }
  return columns / width;
}
