/** A grid at another number of cells over the same picture. */
import type { Grid } from './scene.ts';
import { emptyGrid } from './work-grid.ts';

/**
 * A triangle filter as wide as the coarser of the two grids' cells: linear between cells where the result is finer, a weighted mean of
 * all cells where it is coarser. Beyond the grid its edge goes on.
 */
export function resampleGrid(grid: Grid, shape: Pick<Grid, 'width' | 'height'>): Grid {
  const across = emptyGrid({ width: shape.width, height: grid.height });
  const columns = tapsOf(grid.width, shape.width);
  for (let y = 0; y < grid.height; y++) {
    for (let x = 0; x < shape.width; x++) {
      let sum = 0;
      for (const { from, weight } of columns[x]!) sum += weight * grid.data[y * grid.width + from]!;
      across.data[y * shape.width + x] = sum;
    }
  }
  const result = emptyGrid(shape);
  const rows = tapsOf(grid.height, shape.height);
  for (let y = 0; y < shape.height; y++) {
    for (let x = 0; x < shape.width; x++) {
      let sum = 0;
      for (const { from, weight } of rows[y]!) sum += weight * across.data[from * shape.width + x]!;
      result.data[y * shape.width + x] = sum;
    }
  }
  return result;
}

/** One cell that a new cell is made of; a new cell's weights add up to 1. */
interface Tap {
  readonly from: number;
  readonly weight: number;
}

function tapsOf(length: number, newLength: number): readonly (readonly Tap[])[] {
  const ratio = length / newLength;
  const radius = Math.max(1, ratio);
  return Array.from({ length: newLength }, (_, cell) => {
    const centre = (cell + 0.5) * ratio - 0.5;
    const taps: Tap[] = [];
    let total = 0;
    for (let from = Math.ceil(centre - radius); from <= centre + radius; from++) {
      const weight = 1 - Math.abs(from - centre) / radius;
      taps.push({ from: Math.max(0, Math.min(length - 1, from)), weight });
      total += weight;
    }
    return taps.map(({ from, weight }) => ({ from, weight: weight / total }));
  });
}
