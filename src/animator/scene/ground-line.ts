/**
 * Where the ground ends and what stands behind it begins: one row in every column, the foot of walls, banks, woods and
 * houses. The colours below and above it are learnt from the picture, beginning with its lowest rows and with what lies at the
 * horizon; the line is the cheapest between them. Things that stand before it are narrow dips in it, which it is freed of.
 */
import { boxMean, mean3x3 } from './box-filter.ts';
import { cheapestLine } from './cheapest-line.ts';
import { colourDensity, colourKinds } from './colour-density.ts';
import { percentile } from './percentile.ts';
import { ramp } from './ramp.ts';
import type { Grid } from './scene.ts';
import { slantOf } from './slant.ts';
import { emptyGrid, type WorkGrid } from './work-grid.ts';

export interface GroundLine {
  /** First row of ground in every column; the height where there is none. */
  readonly rows: Float32Array;
  /** For every cell: above 0 it looks like the ground, below 0 like what stands behind it; about -1..1. */
  readonly evidence: Grid;
  /** 0..1: how well the line parts what it is to part. */
  readonly confidence: number;
}

export interface GroundSearch {
  /** 1 for what is neither. */
  readonly sky: Grid;
  /** The row that no ground lies above. */
  readonly horizonRow: number;
  /** What is surely ground, such as water: 0..1. */
  readonly lying: Grid;
  /** 0..1: what stands before both, and says nothing of either. */
  readonly subject: Grid;
}

/** The lowest share of the rows is taken for ground, and so many rows below the horizon for what stands on it, to begin with. */
const LOWEST_ROWS = 0.12;
const ROUNDS = 3;
/** A density that says as little as none, and the logarithm of the ratio of densities that says all. */
const FAINT_DENSITY = 3e-4;
const SURE_LOG_RATIO = 3;
/** What texture and place speak beside colour: ground is drawn out sideways, and lies low. */
const SLANT_WEIGHT = 0.35;
const PLACE_WEIGHT = 0.6;
const USUAL_PLACE = 0.25;
const LYING_WEIGHT = 1.5;
/** In rows of full evidence. */
const STEP_COST = 0.35;
const JUMP_COST = 14;
const EDGE_WORTH = 8;
const STRONGEST_EDGE = 0.3;
/** Rows at the line that teach neither side. */
const MARGIN = 2;
/**
 * What is bridged, in this order: single columns gone astray, things that stand before the line, and what has the ground's colour
 * but stands, as a door does. The reach is a share of the width; side 1 is a dip, -1 a peak.
 */
const BRIDGES = [
  { reach: 0.05, side: -1 },
  { reach: 0.2, side: 1 },
  { reach: 0.16, side: -1 },
] as const;
/** Rows from column to column that are a jump, and the steepest that a wall's foot runs. */
const JUMP = 4;
const STEEPEST = 1;
/** Of the width, on either side. */
const MEDIAN_REACH = 0.025;
const SMOOTHED = 0.012;
/** Mean evidence below less that above, halved: no line at all, and as good as any. */
const POOR_PARTING = 0.3;
const GOOD_PARTING = 0.6;

export function findGroundLine(work: WorkGrid, search: GroundSearch): GroundLine {
  const { width, height } = work;
  const { sky, horizonRow } = search;
  const kinds = colourKinds(work);
  const slant = slantOf(work.luma);
  const edges = edgesAcrossRows(work);
  const rowOf = (cell: number) => Math.floor(cell / width);
  let isGround = (cell: number) => rowOf(cell) >= (1 - LOWEST_ROWS) * height;
  let isBehind = (cell: number) => rowOf(cell) < horizonRow + MARGIN;
  for (let round = 1; ; round++) {
    const free = (cell: number) => 1 - search.subject.data[cell]!;
    const ground = colourDensity(kinds, (cell) => (isGround(cell) ? free(cell) : 0));
    const behind = colourDensity(kinds, (cell) => (isBehind(cell) ? free(cell) * (1 - sky.data[cell]!) : 0));
    const colour = likeness(kinds, ground, behind);
    const evidence = weigh(colour, slant, search);
    const line = lineThrough(evidence, edges, horizonRow);
    if (round === ROUNDS) {
      return { rows: withoutJumps(line), evidence, confidence: partingOf(colour, line, sky) };
    }
    isGround = (cell) => rowOf(cell) >= line[cell % width]! + MARGIN;
    isBehind = (cell) => rowOf(cell) < line[cell % width]! - MARGIN;
  }
}

/** -1..1 by colour alone. */
function likeness(kinds: Int32Array, ground: Float32Array, behind: Float32Array): Float32Array {
  const byKind = ground.map((density, kind) => {
    const ratio = Math.log((density + FAINT_DENSITY) / (behind[kind]! + FAINT_DENSITY));
    return Math.min(1, Math.max(-1, ratio / SURE_LOG_RATIO));
  });
  return Float32Array.from(kinds, (kind) => byKind[kind]!);
}

function weigh(colour: Float32Array, slant: Grid, { horizonRow, lying, subject }: GroundSearch): Grid {
  const { width, height } = slant;
  const data = colour.map((value, cell) => {
    const place = (Math.floor(cell / width) - horizonRow) / Math.max(1, height - horizonRow) - USUAL_PLACE;
    const seen = value + SLANT_WEIGHT * slant.data[cell]! + PLACE_WEIGHT * place;
    return (1 - subject.data[cell]!) * (seen + LYING_WEIGHT * lying.data[cell]!);
  });
  return { width, height, data };
}

/** Change of colour from just above to just below every row. */
function edgesAcrossRows({ width, height, luma, blue, red }: WorkGrid): Grid {
  const edges = emptyGrid(luma);
  for (const [plane, weight] of [[luma, 1] as const, [blue, 2] as const, [red, 2] as const]) {
    const { data } = mean3x3(plane);
    for (let cell = 2 * width; cell < width * (height - 1); cell++) {
      edges.data[cell]! += weight * Math.abs(data[cell + width]! - data[cell - 2 * width]!);
    }
  }
  return edges;
}

/** The first row of ground in every column: all below it speaks for ground, all above it against. */
function lineThrough({ width, height, data }: Grid, edges: Grid, horizonRow: number): Int32Array {
  const line = cheapestLine({
    columns: width,
    rows: height - horizonRow + 1,
    stepCost: STEP_COST,
    jumpCost: JUMP_COST,
    addCosts(x, costs) {
      let against = 0;
      for (let y = horizonRow; y <= height; y++) {
        const cell = y * width + x;
        const edge = y < height ? Math.min(STRONGEST_EDGE, edges.data[cell]!) : 0;
        costs[y - horizonRow]! += 2 * against - EDGE_WORTH * edge;
        if (y < height) against += data[cell]!;
      }
    },
  });
  return line.map((row) => horizonRow + row);
}

/** Bridges what the line jumps into and soon out of again; a wall's foot runs on without a jump, however steep. */
function withoutJumps(line: Int32Array): Float32Array {
  const level = Float32Array.from(line);
  for (const { reach, side } of BRIDGES) {
    bridge(level, reach * line.length, side);
    level.reverse();
    bridge(level, reach * line.length, side);
    level.reverse();
  }
  return smoothed(smoothed(medians(level)));
}

/** A running median: what is narrower than its reach is gone, slopes stay as they are. */
function medians(line: Float32Array): Float32Array {
  const reach = Math.max(1, Math.round(MEDIAN_REACH * line.length));
  return line.map((_, x) => {
    const around = Math.min(reach, x, line.length - 1 - x);
    return percentile(line.subarray(x - around, x + around + 1), 0.5);
  });
}

/** @param side 1 for dips, -1 for peaks. */
function bridge(line: Float32Array, reach: number, side: 1 | -1): void {
  for (let x = 1; x < line.length; x++) {
    const before = line[x - 1]!;
    const jump = side * (line[x]! - before);
    if (jump < JUMP) continue;
    let end = x + 1;
    // Out again: by a jump of the same order, to about where the line was before.
    const isOut = () =>
      side * (line[end - 1]! - line[end]!) >= Math.max(JUMP, jump / 3) &&
      Math.abs(line[end]! - before) < Math.min(jump / 2, STEEPEST * (end - x + 1));
    while (end < line.length && end - x <= reach && !isOut()) end++;
    if (end - x > reach || end === line.length) continue;
    const after = line[end]!;
    for (let i = x; i < end; i++) line[i] = before + ((after - before) * (i - x + 1)) / (end - x + 1);
  }
}

/** A running mean over a few columns: the line is only as exact as its rows. */
function smoothed(line: Float32Array): Float32Array {
  const reach = Math.max(1, Math.round(SMOOTHED * line.length));
  return boxMean({ width: line.length, height: 1, data: line }, reach).data;
}

function partingOf(colour: Float32Array, line: Int32Array, sky: Grid): number {
  let [below, cellsBelow, above, cellsAbove] = [0, 1, 0, 1];
  for (let cell = 0; cell < colour.length; cell++) {
    const isBelow = Math.floor(cell / sky.width) >= line[cell % sky.width]!;
    if (isBelow) {
      below += colour[cell]!;
      cellsBelow++;
    } else if (sky.data[cell]! < 0.5) {
      above += colour[cell]!;
      cellsAbove++;
    }
  }
  return ramp((below / cellsBelow - above / cellsAbove) / 2, POOR_PARTING, GOOD_PARTING);
}
