/**
 * Inverse depth of the ground by its row, and of what stands behind it: in every column all that is above the ground's end has
 * the depth of the ground there. So the corners of houses and rooms stay upright whatever the camera does, and a wall that
 * runs into the distance does so along its foot.
 */

import type { GroundLine } from './ground-line.ts';
import { percentile } from './percentile.ts';
import type { Grid } from './scene.ts';

/**
 * Most that the ground gains over a whole height: a camera that sees little ground sees none that is close, and the slope limiter
 * has to leave the ground as it is, or it would lean what stands on it.
 */
const STEEPEST = 1.65;

/** Outdoors: that of a flat ground is linear below the horizon. One value more than there are rows. */
export function groundPrior({ height }: Pick<Grid, 'height'>, horizon: number): Float32Array {
  return Float32Array.from({ length: height + 1 }, (_, y) => {
    const v = Math.min(1, (y + 0.5) / height);
    if (v < horizon) return (0.06 * v) / horizon;
    const steepest = Math.min(0.94, STEEPEST * (1 - horizon));
    return 0.06 + steepest * ((v - horizon) / (1 - horizon)) ** 1.05;
  });
}

/** Where nothing is known: lower is nearer, and nothing is far. */
export function vaguePrior({ height }: Pick<Grid, 'height'>): Float32Array {
  return Float32Array.from(
    { length: height + 1 },
    (_, y) => 0.3 + 0.5 * Math.min(1, (y + 0.5) / height) ** 2,
  );
}

/** Of a floor's nearest row. */
const NEAREST_FLOOR = 0.9;
/** Where a level camera has the vanishing point of a room, when no wall tells; and where it may be, as shares of the height. */
const USUAL_VANISHING = 0.33;
const HIGHEST_VANISHING = 0.1;
const LOWEST_VANISHING = 0.5;
/** Share of the height that a floor lies below its vanishing point at least. */
const LEAST_BELOW = 0.12;
/** Rows a column: where a wall's foot runs towards the viewer. */
const SLANTED = 0.15;
/** Columns over which the slope is taken, and the share of the columns that has to be slanted to tell. */
const SLOPE_REACH = 6;
const LEAST_SLANTED = 0.12;

/** Indoors: the floor is linear below the row that the feet of the side walls run to. */
export function floorPrior(
  { width, height }: Pick<Grid, 'width' | 'height'>,
  { rows }: GroundLine,
): Float32Array {
  const vanishing: number[] = [];
  for (let x = SLOPE_REACH; x < width - SLOPE_REACH; x++) {
    const slope = (rows[x + SLOPE_REACH]! - rows[x - SLOPE_REACH]!) / (2 * SLOPE_REACH);
    const outwards = x < width / 2 ? -slope : slope;
    if (outwards > SLANTED && outwards < 2) vanishing.push(rows[x]! - outwards * Math.abs(x - width / 2));
  }
  const usual =
    vanishing.length < LEAST_SLANTED * width
      ? USUAL_VANISHING
      : percentile(Float32Array.from(vanishing), 0.5) / height;
  const farthest = percentile(rows, 0.1) / height - LEAST_BELOW;
  const row = Math.max(HIGHEST_VANISHING, Math.min(LOWEST_VANISHING, usual, farthest));
  return Float32Array.from({ length: height + 1 }, (_, y) =>
    Math.max(0, (NEAREST_FLOOR * ((y + 0.5) / height - row)) / (1 - row)),
  );
}

/** `prior` at a row that may lie between two. */
function priorAt(prior: Float32Array, row: number): number {
  const y = Math.min(prior.length - 2, Math.max(0, Math.floor(row)));
  return prior[y]! + (prior[y + 1]! - prior[y]!) * Math.min(1, Math.max(0, row - y));
}

/** Every cell above the line as near as the line in its column, every other as near as its row. */
export function raiseBehind(
  shape: Pick<Grid, 'width' | 'height'>,
  prior: Float32Array,
  line: GroundLine,
): Grid {
  const { width, height } = shape;
  const data = new Float32Array(width * height);
  for (let x = 0; x < width; x++) {
    const behind = priorAt(prior, line.rows[x]!);
    for (let y = 0; y < height; y++) data[y * width + x] = y < line.rows[x]! ? behind : prior[y]!;
  }
  return { width, height, data };
}
