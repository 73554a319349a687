/** Leaves, needles and grass: green or straw-coloured, textured, and neither laid like planks nor upright like trunks. */
import type { Area } from './areas.ts';
import { boxMean } from './box-filter.ts';
import { ramp } from './ramp.ts';
import type { Grid } from './scene.ts';
import { slantOf } from './slant.ts';
import type { WorkGrid } from './work-grid.ts';

/** Shares of the picture. */
const LEAST_SHARE = 0.01;
const ENOUGH_SHARE = 0.04;

/** Crispness of leaves out of focus, and in focus. */
const SOFT = 0.02;
const CRISP = 0.06;
/** Slants (see `slantOf`): what is drawn out sideways, and what stands side by side, is timber. */
const PLANKS = 0.45;
const GRASS = 0.15;
const STEMS = -0.5;
const TRUNKS = -0.8;
/** How dense leaves have to be, as a mean over some cells. */
const SPARSE = 0.2;
const DENSE = 0.4;

/** @param taken 1 where something else was found. */
export function findFoliage(work: WorkGrid, taken: Grid): Area | undefined {
  const slant = slantOf(work.luma);
  const raw = work.luma.data.map(
    (light, cell) =>
      (1 - taken.data[cell]!) *
      leafColour(light, work.blue.data[cell]!, work.red.data[cell]!) *
      ramp(work.crispness.data[cell]!, SOFT, CRISP) *
      ramp(slant.data[cell]!, PLANKS, GRASS) *
      ramp(slant.data[cell]!, TRUNKS, STEMS),
  );
  const dense = boxMean(boxMean({ ...taken, data: raw }, 2), 2);
  const mask = { ...dense, data: dense.data.map((value) => ramp(value, SPARSE, DENSE)) };
  const share = mask.data.reduce((sum, value) => sum + value, 0) / mask.data.length;
  const confidence = ramp(share, LEAST_SHARE, ENOUGH_SHARE);
  return confidence > 0 ? { mask, confidence } : undefined;
}

/** 0..1 from luma and colour differences; in the shade colours are weak, so they count relative to the light. */
function leafColour(light: number, blue: number, red: number): number {
  const scale = 1 / (light + 0.08);
  // G' - Y' of BT.709.
  const green = -(0.1873 * blue + 0.4681 * red) * scale;
  const straw = ramp(-blue * scale, 0.14, 0.24) * ramp(red * scale, 0.2, 0.12);
  return Math.max(ramp(green, 0.015, 0.05), straw);
}
