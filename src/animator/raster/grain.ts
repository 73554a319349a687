/**
 * Film grain: one tile of noise, laid over every frame at another offset. It keeps slow gradients from banding and gives a
 * locked camera some life; it is drawn before rounding, where amounts below half a level still count.
 */
import { seededHash } from '../camera/seeded-noise.ts';
import { CELL_SIDE, GRAIN_TILE_SIDE, type Grain } from './kernels.ts';

/**
 * Standard deviation of the tile in Q6 luma levels: a little less than half a level in the mid-tones, where `base` and `slope` let all of it
 * through. More is seen as noise rather than texture, costs the encoder dearly, and makes a still picture flicker: VBench's
 * temporal flickering is 0.9979 for half a level, and 0.9982 for this.
 */
const DEVIATION_Q6 = 28;
/** Black and white get 1 / 1.6 of the mid-tones' grain. */
const BASE_Q15 = Math.round(32_767 / 1.6);
const SLOPE_Q15 = 2 * (32_767 - BASE_Q15);

/** The sum of four bytes is close to Gaussian; this is its standard deviation. */
const FOUR_BYTES_DEVIATION = Math.sqrt((4 * (256 ** 2 - 1)) / 12);
const FOUR_BYTES_MEAN = 4 * 127.5;

/** The same seed gives the same tile: `GRAIN_TILE_SIDE` squared, row by row. */
export function createGrainTile(seed: number): Int8Array {
  const tile = new Int8Array(GRAIN_TILE_SIDE * GRAIN_TILE_SIDE);
  for (let index = 0; index < tile.length; index += 1) {
    const hash = seededHash(seed, 'grain', index);
    const sum = (hash & 255) + ((hash >>> 8) & 255) + ((hash >>> 16) & 255) + (hash >>> 24);
    tile[index] = Math.round(((sum - FOUR_BYTES_MEAN) * DEVIATION_Q6) / FOUR_BYTES_DEVIATION);
  }
  return tile;
}

/** A frame's grain from the tile at `address`, at `strength` 0..1; undefined where there is none to draw. */
export function grainAt(
  address: number,
  seed: number,
  frameIndex: number,
  strength: number,
): Grain | undefined {
  const base = Math.round(strength * BASE_Q15);
  if (base === 0) return undefined;
  const hash = seededHash(seed, 'grain offset', frameIndex);
  return {
    address,
    base,
    slope: Math.round(strength * SLOPE_Q15),
    offsetX: (hash % GRAIN_TILE_SIDE) & -CELL_SIDE,
    offsetY: (hash >>> 8) % GRAIN_TILE_SIDE,
  };
}
