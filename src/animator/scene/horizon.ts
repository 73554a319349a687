/**
 * The row where the ground ends. The skyline lies higher wherever something stands on the horizon (hills, houses,
 * trees), so the ground's end is looked for below it: a row along which many columns change from above to below, as
 * they do along a shore, a street's end or the sea.
 */
import { percentile } from './percentile.ts';
import { ramp } from './ramp.ts';
import type { WorkGrid } from './work-grid.ts';

const HIGHEST = 0.2;
const LOWEST = 0.7;
/** Where cameras held level put it. */
const USUAL = 0.47;
const USUAL_SPREAD = 0.13;
/** Shares of the columns that a row needs to be trusted at all, and fully. */
const LEAST_COLUMNS = 0.25;
const ENOUGH_COLUMNS = 0.5;

/**
 * Share of the height, 0.2..0.7.
 *
 * @param skyline First row below the sky in every column.
 */
export function findHorizon(work: WorkGrid, skyline: Int32Array): number {
  const top = percentile(
    Float32Array.from(skyline, (row) => row / work.height),
    0.7,
  );
  const unaided = Math.max(top, (top + USUAL) / 2);
  let [best, bestScore] = [unaided, 0];
  for (let y = Math.max(2, Math.floor(top * work.height)); y < LOWEST * work.height; y++) {
    const usual = Math.exp(-(((y / work.height - USUAL) / USUAL_SPREAD) ** 2));
    const score = ramp(columnsThatChange(work, y), LEAST_COLUMNS, ENOUGH_COLUMNS) * usual;
    if (score > bestScore) [best, bestScore] = [y / work.height, score];
  }
  const horizon = bestScore * best + (1 - bestScore) * unaided;
  return Math.min(LOWEST, Math.max(HIGHEST, horizon));
}

/** The share of columns whose colour changes more from above row `y` to below it than along it. */
function columnsThatChange({ width, height, luma, blue, red }: WorkGrid, y: number): number {
  if (y + 2 >= height) return 0;
  let changing = 0;
  for (let x = 1; x < width - 1; x++) {
    const i = y * width + x;
    const down = [luma, blue, red].reduce(
      (sum, { data }) => sum + Math.abs(data[i + width]! - data[i - 2 * width]!),
      0,
    );
    const along = [luma, blue, red].reduce((sum, { data }) => sum + Math.abs(data[i + 1]! - data[i - 1]!), 0);
    if (down > 0.06 && down > 2 * along) changing++;
  }
  return changing / width;
}
