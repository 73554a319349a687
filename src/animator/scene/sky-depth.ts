/**
 * Corrections to a flooded sky. Where glare or blur has washed an edge out, the flood runs on into the land; what it
 * reached there lies deeper than the sky does to either side, and is darker.
 */
import { percentile } from './percentile.ts';
import { colourDistance } from './region-shapes.ts';
import type { Grid } from './scene.ts';
import { colourAt, paletteOf } from './sky-palette.ts';
import type { WorkGrid } from './work-grid.ts';

/** Columns to either side that count as neighbours, share of the width. */
const NEIGHBOURHOOD = 0.2;
/** Of the neighbouring columns' depths, the one that is taken for usual. */
const USUAL_DEPTH = 0.75;
/** Land is darker than the sky on the whole, by this much luma, and this far from any of its colours. */
const DARKER = 0.1;
const SAME_SKY = 0.2;

/** Takes out what lies below the usual depth of the sky, is dark, and has no colour that is in the sky higher up. */
export function trimLeaks(work: WorkGrid, sky: Grid): void {
  const { width, height } = work;
  const usual = usualDepths(sky);
  const isDeep = (cell: number) => Math.floor(cell / width) >= usual[cell % width]!;
  const upper = { ...sky, data: sky.data.map((value, cell) => (isDeep(cell) ? 0 : value)) };
  const palette = paletteOf(work, upper);
  if (palette.length === 0) return;
  const lightness = palette.reduce((sum, { light }) => sum + light, 0) / palette.length;
  for (let cell = 0; cell < width * height; cell++) {
    if (sky.data[cell] === 0 || !isDeep(cell)) continue;
    const colour = colourAt(work, cell);
    const isLand =
      colour.light < lightness - DARKER && palette.every((other) => colourDistance(colour, other) > SAME_SKY);
    if (isLand) sky.data[cell] = 0;
  }
}

/** For every column the row that the sky reaches down to in most columns around it. */
function usualDepths(sky: Grid): Int32Array {
  const reach = Math.round(NEIGHBOURHOOD * sky.width);
  const depths = Float32Array.from({ length: sky.width }, (_, x) => firstRowBelow(sky, x));
  return Int32Array.from(depths, (_, x) => {
    const around = depths.subarray(Math.max(0, x - reach), x + reach + 1);
    return Math.floor(
      percentile(
        around.filter((depth) => depth > 0),
        USUAL_DEPTH,
      ),
    );
  });
}

/** The first row below the sky in a column, seen from the top; 0 where something hangs into the picture there. */
function firstRowBelow({ width, height, data }: Grid, x: number): number {
  let y = 0;
  while (y < height && data[y * width + x] === 1) y++;
  return y;
}

/** The flood is judged when it covers more than this share of the picture: no sky over land is so large. */
const WHOLE_PICTURE = 0.75;
/** Where a straight horizon is looked for, and the rows that are compared across it. */
const HIGHEST = 0.25;
const LOWEST = 0.9;
const ROWS_ACROSS = 3;
/** Mean change of luma, and the share of columns that have to change the same way. */
const LEAST_CHANGE = 0.035;
const LEAST_COLUMNS = 0.7;

/** In a picture without crisp edges the flood ends nowhere; then a row across which the light changes is the horizon. */
export function cutAtStraightHorizon({ width, height, luma }: WorkGrid, sky: Grid): void {
  const covered = sky.data.reduce((sum, share) => sum + share, 0);
  if (covered < WHOLE_PICTURE * sky.data.length) return;
  let [best, bestChange] = [height, LEAST_CHANGE];
  for (let y = Math.floor(HIGHEST * height); y < LOWEST * height; y++) {
    let [sum, darker] = [0, 0];
    for (let x = 0; x < width; x++) {
      const change =
        luma.data[(y - ROWS_ACROSS) * width + x]! - luma.data[(y + ROWS_ACROSS - 1) * width + x]!;
      sum += change;
      if (change > 0) darker++;
    }
    const alike = Math.max(darker, width - darker) / width;
    if (alike < LEAST_COLUMNS || Math.abs(sum / width) <= bestChange) continue;
    [best, bestChange] = [y, Math.abs(sum / width)];
  }
  sky.data.fill(0, best * width);
}

/** The lowest row of sky in every column. */
export function lowestRows({ width, height, data }: Grid): Int32Array {
  return Int32Array.from({ length: width }, (_, x) => {
    let y = height - 1;
    while (y > 0 && data[y * width + x] === 0) y--;
    return y;
  });
}
