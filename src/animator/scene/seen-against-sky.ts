/**
 * What is seen against the sky and touches what stands belongs to it: boughs beside a trunk, the top of a tower, a head above the
 * ridge. The ridge itself is what most columns nearby have below the sky.
 */
import { connectedParts } from './connected-cells.ts';
import { percentile } from './percentile.ts';
import type { Grid } from './scene.ts';
import { firstRowBelow } from './seen-sky.ts';

/** Columns on either side that say where the ridge is, share of the width. */
const NEARBY = 0.2;
/** Of those columns, the share whose ridge is higher: things hide it in the rest. */
const USUAL_RIDGE = 0.75;
/** To either side of what stands, share of the width: further off other things do. */
const REACH = 0.15;
/** Rows above the ridge that may be its own unevenness, share of the height. */
const UNEVEN = 0.015;
/** Of a part's rows, so many the stem runs through: it bears the boughs, and does not just come up to a roof. */
const LEAST_RUN = 0.6;

/**
 * Raises every part of the picture before the sky to the greatest depth among the stems that it holds.
 *
 * @param stems The depth of cells that belong to a standing stem, 0 elsewhere.
 */
export function joinSeenAgainstSky(depth: Grid, sky: Grid, stems: Grid): void {
  const { width, height } = sky;
  const ridge = ridgeOf(sky);
  const isBeforeSky = (cell: number) =>
    sky.data[cell]! < 0.5 && Math.floor(cell / width) < ridge[cell % width]! - UNEVEN * height;
  for (const part of connectedParts(sky, isBeforeSky)) {
    const standing = part.filter((cell) => stems.data[cell] !== 0);
    if (rowsOf(standing, width) < LEAST_RUN * rowsOf(part, width)) continue;
    let [nearest, left, right] = [0, width, 0];
    for (const cell of standing) {
      nearest = Math.max(nearest, stems.data[cell]!);
      left = Math.min(left, cell % width);
      right = Math.max(right, cell % width);
    }
    const isNear = (x: number) => x > left - REACH * width && x < right + REACH * width;
    for (const cell of part) if (isNear(cell % width)) depth.data[cell] = nearest;
  }
}

const rowsOf = (cells: readonly number[], width: number): number =>
  new Set(cells.map((cell) => Math.floor(cell / width))).size;

/** Per column the usual first row below the sky around it; 0 where there is no sky. */
function ridgeOf(sky: Grid): Float32Array {
  const rows = Float32Array.from({ length: sky.width }, (_, x) => firstRowBelow(sky, x));
  const reach = Math.round(NEARBY * sky.width);
  return rows.map((_, x) => percentile(rows.subarray(Math.max(0, x - reach), x + reach + 1), USUAL_RIDGE));
}
