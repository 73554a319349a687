/** The colours that a sky has in one picture. */
import type { Grid } from './scene.ts';
import type { WorkGrid } from './work-grid.ts';

export interface Colour {
  readonly light: number;
  readonly blue: number;
  readonly red: number;
}

export const colourAt = (
  { luma, blue, red }: Pick<WorkGrid, 'luma' | 'blue' | 'red'>,
  cell: number,
): Colour => ({ light: luma.data[cell]!, blue: blue.data[cell]!, red: red.data[cell]! });

const ROWS = 8;
const COLUMNS = 4;
/** Cells of sky that a part needs to have a colour. */
const LEAST_CELLS = 20;

/** Means over the parts of a coarse raster that hold enough sky. */
export function paletteOf(work: Pick<WorkGrid, 'luma' | 'blue' | 'red'>, sky: Grid): readonly Colour[] {
  const { width, height, data } = sky;
  const sums = Array.from({ length: ROWS * COLUMNS }, () => ({ cells: 0, light: 0, blue: 0, red: 0 }));
  for (let cell = 0; cell < data.length; cell++) {
    if (data[cell] === 0) continue;
    const row = Math.floor((ROWS * Math.floor(cell / width)) / height);
    const sum = sums[row * COLUMNS + Math.floor((COLUMNS * (cell % width)) / width)]!;
    sum.cells++;
    sum.light += work.luma.data[cell]!;
    sum.blue += work.blue.data[cell]!;
    sum.red += work.red.data[cell]!;
  }
  return sums
    .filter(({ cells }) => cells > LEAST_CELLS)
    .map(({ cells, light, blue, red }) => ({ light: light / cells, blue: blue / cells, red: red / cells }));
}
