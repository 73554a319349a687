import { boxMean } from './box-filter.ts';
import type { Grid } from './scene.ts';
import { emptyGrid } from './work-grid.ts';

/** Cells around a cell whose slopes are compared. */
const RADIUS = 5;
/** Squared slopes, luma 0..1 a cell, below which there is no direction to speak of. */
const FAINT = 1e-5;

/** -1..1 for every cell: light around it changes only sideways (stems, trunks), or only downwards (a surface seen at a slant). */
export function slantOf(luma: Grid): Grid {
  const { width, height, data } = luma;
  const [across, down] = [emptyGrid(luma), emptyGrid(luma)];
  for (let y = 1; y < height - 1; y++) {
    for (let cell = y * width + 1; cell < (y + 1) * width - 1; cell++) {
      across.data[cell] = (data[cell + 1]! - data[cell - 1]!) ** 2;
      down.data[cell] = (data[cell + width]! - data[cell - width]!) ** 2;
    }
  }
  const sideways = boxMean(across, RADIUS).data;
  const downwards = boxMean(down, RADIUS);
  return {
    ...downwards,
    data: downwards.data.map((value, cell) => (value - sideways[cell]!) / (value + sideways[cell]! + FAINT)),
  };
}
