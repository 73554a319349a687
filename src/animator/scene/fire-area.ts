/** Flames: the brightest part of a picture, and warm, from yellow to red. */
import type { Area } from './areas.ts';
import { boxMean } from './box-filter.ts';
import { connectedParts } from './connected-cells.ts';
import { ramp } from './ramp.ts';
import type { Grid } from './scene.ts';
import { emptyGrid, type WorkGrid } from './work-grid.ts';

/** Shares of the picture: less is a lamp or a reflection, more a sunset. */
const SMALLEST_FLAME = 0.0006;
const LARGEST_FIRE = 0.4;
/** Cells. */
const HALO = 1;

/** @param sky 1 for sky: a sunset has the colours of a fire. */
export function findFire(work: WorkGrid, sky: Grid): Area | undefined {
  const { luma, blue, red } = work;
  const flame = luma.data.map((light, cell) => {
    const warm = ramp(red.data[cell]!, 0.05, 0.12) * ramp(-blue.data[cell]!, 0.06, 0.14);
    // The core of a flame is so bright that it has hardly any colour left.
    const core = ramp(light, 0.8, 0.92) * ramp(-blue.data[cell]!, 0.01, 0.05);
    return (1 - sky.data[cell]!) * Math.max(warm * ramp(light, 0.3, 0.5), core);
  });
  const soft = boxMean({ ...sky, data: flame }, HALO);
  const mask = emptyGrid(sky);
  let cells = 0;
  for (const part of connectedParts(soft, (cell) => soft.data[cell]! > 0.4)) {
    if (part.length < SMALLEST_FLAME * mask.data.length) continue;
    cells += part.length;
    for (const cell of part) mask.data[cell] = 1;
  }
  const share = cells / mask.data.length;
  const confidence = ramp(share, 0, 2 * SMALLEST_FLAME) * ramp(share, LARGEST_FIRE, LARGEST_FIRE / 2);
  return confidence > 0 ? { mask, confidence } : undefined;
}
