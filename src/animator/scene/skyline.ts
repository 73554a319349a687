/**
 * The skyline: the line across the picture that has the sky above it, found by dynamic programming over the columns
 * (after Lie 2005). The cue is crispness, not colour: it is what tells a ridge from a cloud.
 */
import { cheapestLine } from './cheapest-line.ts';
import { findHorizon } from './horizon.ts';
import { percentile } from './percentile.ts';
import { ramp } from './ramp.ts';
import type { Grid } from './scene.ts';
import { emptyGrid, type WorkGrid } from './work-grid.ts';

export interface Skyline {
  /** 0..1; 0 when there is no sky. */
  readonly confidence: number;
  /** Share of the height at which the ground ends, 0.2..0.7. */
  readonly horizon: number;
  /** Soft mask 0..1, all 0 without a sky. */
  readonly sky: Grid;
}

const UNKNOWN_HORIZON = 0.4;
const STEP_COST = 0.02;
/** The line may jump any distance for this: trees and towers. */
const JUMP_COST = 0.35;
/** Sky seldom reaches below this share of the height. */
const LOWEST_USUAL = 0.62;

export function findSkyline(work: WorkGrid): Skyline {
  const edge = edgeStrength(work);
  const rows = lineAlong(edge);
  const confidence = judge(work, edge, rows);
  return {
    confidence,
    horizon: confidence > 0 ? findHorizon(work, rows) : UNKNOWN_HORIZON,
    sky: confidence > 0 ? skyMask(work, rows) : emptyGrid(work),
  };
}

/** High where a cell is crisp and has a gradient. */
function edgeStrength(work: WorkGrid): Grid {
  const edge = emptyGrid(work);
  for (let i = 0; i < edge.data.length; i++) {
    const crisp = Math.max(0, work.crispness.data[i]! - 0.02);
    edge.data[i] = 0.9 * Math.sqrt(crisp * Math.min(1, 2 * work.gradient.data[i]!));
  }
  return edge;
}

/** The row per column that minimises: edges above the line, less the edge on it, plus depth below the usual, plus steps. */
function lineAlong(edge: Grid): Int32Array {
  const { width, height, data } = edge;
  const median = percentile(data, 0.5);
  return cheapestLine({
    columns: width,
    rows: height,
    stepCost: STEP_COST,
    jumpCost: JUMP_COST,
    addCosts(x, costs) {
      let above = 0;
      for (let y = 0; y < height; y++) {
        const strength = data[y * width + x]!;
        const low = Math.max(0, y / height - LOWEST_USUAL);
        costs[y]! += 0.35 * above - 1.6 * Math.min(0.45, strength) + 3 * low;
        above += Math.max(0, strength - median);
      }
    },
  });
}

/**
 * How much the part above the line looks like a sky: smooth against its own edge; bluish, bright or warm; along most of
 * the top; and not the colour of what lies below as well, as paper would be.
 */
function judge(work: WorkGrid, edge: Grid, rows: Int32Array): number {
  const { width, height } = work;
  let [cells, inside, onLine, skyLike, covered] = [0, 0, 0, 0, 0];
  for (let x = 0; x < width; x++) {
    for (let y = 0; y < rows[x]!; y++) {
      const i = y * width + x;
      cells++;
      inside += edge.data[i]!;
      skyLike += skyLikeness(work, i);
    }
    onLine += edge.data[rows[x]! * width + x]!;
    if (rows[x]! > 0.04 * height) covered++;
  }
  if (cells < 0.04 * work.luma.data.length) return 0;
  const contrast = onLine / width / (inside / cells + 0.01);
  const smooth = ramp(contrast, 2, 6);
  // A dusk has any colour; then only its smoothness against the land speaks for it.
  const plain = 0.8 * ramp(crispnessRatio(work, rows), 0.3, 0.15) * ramp(covered / width, 0.55, 0.8);
  const coloured = Math.max(ramp(skyLike / cells, 0.35, 0.65), plain);
  const along = ramp(covered / width, 0.35, 0.6);
  const unlikeBelow = ramp(shareBelowLikeAbove(work, rows), 0.4, 0.25);
  return smooth * coloured * along * unlikeBelow;
}

/** Mean crispness above the line over that below it. */
function crispnessRatio({ width, crispness }: WorkGrid, rows: Int32Array): number {
  let [above, cellsAbove, below, cellsBelow] = [0, 1, 0, 1];
  for (let i = 0; i < crispness.data.length; i++) {
    if (Math.floor(i / width) < rows[i % width]!) {
      above += crispness.data[i]!;
      cellsAbove++;
    } else {
      below += crispness.data[i]!;
      cellsBelow++;
    }
  }
  return above / cellsAbove / (below / cellsBelow + 0.01);
}

/** The share of the cells below the line that have the mean colour of those above. */
function shareBelowLikeAbove(work: WorkGrid, rows: Int32Array): number {
  const { width, height } = work;
  let [cells, light, blue, red] = [0, 0, 0, 0];
  for (let x = 0; x < width; x++) {
    for (let i = x; i < rows[x]! * width; i += width, cells++) {
      light += work.luma.data[i]!;
      blue += work.blue.data[i]!;
      red += work.red.data[i]!;
    }
  }
  let [below, alike] = [0, 0];
  for (let x = 0; x < width; x++) {
    for (let i = rows[x]! * width + x; i < width * height; i += width, below++) {
      const distance = Math.hypot(
        work.luma.data[i]! - light / cells,
        2 * (work.blue.data[i]! - blue / cells),
        2 * (work.red.data[i]! - red / cells),
      );
      if (distance < 0.1) alike++;
    }
  }
  return below === 0 ? 1 : alike / below;
}

/** 0..1 by colour alone. */
function skyLikeness(work: WorkGrid, i: number): number {
  const light = work.luma.data[i]!;
  const bluish = ramp(work.blue.data[i]! - work.red.data[i]!, 0, 0.08);
  const bright = ramp(light, 0.55, 0.8);
  const warm = ramp(work.red.data[i]!, 0.02, 0.12) * ramp(light, 0.35, 0.5);
  return Math.max(bluish, bright, 0.8 * warm);
}

/**
 * Above the line, or under it where a cell is smooth and has the colour of the sky over it (between branches, under an
 * arch).
 */
function skyMask(work: WorkGrid, rows: Int32Array): Grid {
  const { width } = work;
  const sky = emptyGrid(work);
  for (let x = 0; x < width; x++) {
    let [cells, light, blue, red] = [0, 0, 0, 0];
    for (let y = 0; y < rows[x]!; y++) {
      const i = y * width + x;
      sky.data[i] = 1;
      cells++;
      light += work.luma.data[i]!;
      blue += work.blue.data[i]!;
      red += work.red.data[i]!;
    }
    if (cells === 0) continue;
    for (let y = rows[x]!; y < rows[x]! + 0.15 * work.height && y < work.height; y++) {
      const i = y * width + x;
      const distance = Math.hypot(
        work.luma.data[i]! - light / cells,
        2 * (work.blue.data[i]! - blue / cells),
        2 * (work.red.data[i]! - red / cells),
      );
      if (distance < 0.08 && work.crispness.data[i]! < 0.05) sky.data[i] = 1;
    }
  }
  return sky;
}
