/** A subject that breathes: it swells by some tenths of a percent from its foot up, at the pace of somebody at rest. */
import type { FrameSize } from '#domain/media/frame-size.ts';
import { sampleGrid } from '../atmosphere/sample-grid.ts';
import { seededUnit } from '../camera/seeded-noise.ts';
import type { Fluid } from '../director/plan.ts';
import { boxMean } from '../scene/box-filter.ts';
import type { Grid } from '../scene/scene.ts';
import { drawWave, type Wave } from './moving-field.ts';
import { freeOfRim } from './rim.ts';

const HERTZ = 0.25;
/** Share of its size, across and up. */
const SWELLING = 0.003;
/** Cells over which the surroundings give way. */
const SOFTNESS = 6;

export function breathe({ strength }: Fluid, subject: Grid, size: FrameSize, seed: number): readonly Wave[] {
  const matte = boxMean(boxMean(subject, SOFTNESS), SOFTNESS);
  const foot = footOf(subject);
  const phase = seededUnit(seed, 'breath');
  return [
    drawWave(size, HERTZ, (x, y) => {
      const [u, v] = [x / size.width, y / size.height];
      const level = strength * SWELLING * sampleGrid(matte, u, v) * freeOfRim(x, y, size);
      return { amplitude: [level * (foot.x * size.width - x), level * (foot.y * size.height - y)], phase };
    }),
  ];
}

/** What does not move: the middle of the subject's lowest part, as shares of width and height. */
function footOf({ width, height, data }: Grid): { readonly x: number; readonly y: number } {
  let [sum, column, lowest] = [1e-6, 0.5e-6 * width, 0];
  for (let cell = 0; cell < data.length; cell += 1) {
    sum += data[cell]!;
    column += data[cell]! * (cell % width);
    if (data[cell]! > 0.5) lowest = Math.floor(cell / width) + 1;
  }
  return { x: (column / sum + 0.5) / width, y: lowest / height };
}
