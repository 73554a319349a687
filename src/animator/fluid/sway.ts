/**
 * Leaves, grass, hair and cloth sway in the wind: the picture itself is bent a little, most at the tips and not at all at the foot. What lies
 * around gives way softly, so nothing has to be cut out.
 */
import type { FrameSize } from '#domain/media/frame-size.ts';
import { sampleGrid } from '../atmosphere/sample-grid.ts';
import { seededUnit } from '../camera/seeded-noise.ts';
import type { Fluid } from '../director/plan.ts';
import { boxMean } from '../scene/box-filter.ts';
import type { Grid } from '../scene/scene.ts';
import { emptyGrid } from '../scene/work-grid.ts';
import { sineOfTurns } from '../sound/elementary-functions.ts';
import { drawWave, pixelScale, type Wave } from './moving-field.ts';
import { freeOfRim } from './rim.ts';

/** A gust bends all it passes, one place after another; leaves and blades have a flutter of their own on top. */
const GUSTS = [
  { hertz: 0.31, across: 2.6, down: 0.5, gustLength: 900, patch: 380 },
  { hertz: 0.53, across: 1.4, down: 0.3, gustLength: 520, patch: 190 },
  { hertz: 0.97, across: 0.7, down: 0.5, gustLength: 330, patch: 70 },
] as const;

/** What reaches this share of the picture's height above its foot sways in full. */
const FULL_HEIGHT = 0.22;
/** Cells over which the sway fades out around what sways: keeps its slope well below folding. */
const SOFTNESS = 4;

/** @param reach How far each cell may sway, 0..1. */
export function swayInWind(
  { heading, strength }: Fluid,
  reach: Grid,
  size: FrameSize,
  seed: number,
): readonly Wave[] {
  const soft = boxMean(boxMean(reach, SOFTNESS), SOFTNESS);
  const scale = pixelScale(size);
  const side = heading === 'left' ? -1 : 1;
  return GUSTS.map(({ hertz, across, down, gustLength, patch }, i) => {
    const start = seededUnit(seed, 'gust', i);
    const turn = seededUnit(seed, 'gust turn', i);
    return drawWave(size, hertz, (x, y) => {
      const level =
        strength * scale * sampleGrid(soft, x / size.width, y / size.height) * freeOfRim(x, y, size);
      const u = x / (patch * scale);
      const v = y / (patch * scale);
      const local =
        0.35 * sineOfTurns(0.7 * u + 0.2 * v + turn) + 0.25 * sineOfTurns(0.3 * u - 0.8 * v + start);
      return {
        amplitude: [level * across, level * down],
        phase: start + (side * x) / (gustLength * scale) + local,
      };
    });
  });
}

/** How far each cell of a mask of plants may sway, 0..1: what is high above its foot the most. */
export function reachOfPlants(mask: Grid): Grid {
  const { width, height } = mask;
  const reach = emptyGrid(mask);
  for (let x = 0; x < width; x += 1) {
    let stem = 0;
    for (let cell = (height - 1) * width + x; cell >= 0; cell -= width) {
      // A gap does not cut a crown off from what carries it at once.
      stem = mask.data[cell]! > 0.5 ? stem + 1 : Math.max(0, stem - 2);
      reach.data[cell] = mask.data[cell]! * Math.min(1, stem / (FULL_HEIGHT * height));
    }
  }
  return reach;
}
