/** A dissolve that takes near things first, and within one distance here sooner than there, as if by chance. */
import { seededUnit, smootherstep } from '../camera/seeded-noise.ts';
import type { Grid } from '../scene/scene.ts';

/** How much chance counts beside nearness. */
const CHANCE = 0.3;
/** Patches of chance across the width. */
const PATCHES = 9;
/** A place takes this part of the whole time to fade. */
const SOFTNESS = 0.35;
/** A depth that varies less than this says nothing of what is near. */
const LEAST_RANGE = 0.1;

/** When each place begins to fade: 0 the first, 1 the last. */
export function createFadeOrder(depth: Grid, seed: number): Grid {
  const { width, height, data } = depth;
  const nearest = data.reduce((most, w) => Math.max(most, w), 0);
  const farthest = data.reduce((least, w) => Math.min(least, w), 1);
  const range = Math.max(LEAST_RANGE, nearest - farthest);
  const order = new Float32Array(data.length);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const cell = y * width + x;
      const distance = (nearest - data[cell]!) / range;
      order[cell] =
        (1 - CHANCE) * distance + CHANCE * chance(seed, (x * PATCHES) / width, (y * PATCHES) / width);
    }
  }
  return { width, height, data: order };
}

/** Smooth noise 0..1 with one value per whole place. */
function chance(seed: number, x: number, y: number): number {
  const [column, row] = [Math.floor(x), Math.floor(y)];
  const [across, down] = [smootherstep(x - column), smootherstep(y - row)];
  const at = (dx: number, dy: number) => seededUnit(seed, 'fade order', 1000 * (row + dy) + column + dx);
  const top = at(0, 0) + (at(1, 0) - at(0, 0)) * across;
  const bottom = at(0, 1) + (at(1, 1) - at(0, 1)) * across;
  return top + (bottom - top) * down;
}

/** How far each place has faded, 0..1, at `progress` 0..1 of the whole: 0 everywhere at 0, 1 everywhere at 1. */
export function fadeAt(order: Grid, progress: number): Grid {
  const time = progress * (1 + SOFTNESS);
  return { ...order, data: order.data.map((start) => smootherstep((time - start) / SOFTNESS)) };
}
