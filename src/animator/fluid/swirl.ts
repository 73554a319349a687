/** A divergence-free wind of gentle eddies: the curl of a sum of plane waves, so that what it carries neither thins out nor piles up. */
import { seededUnit } from '../camera/seeded-noise.ts';
import { cosineOfTurns, sineOfTurns } from '../sound/elementary-functions.ts';
import type { Vector } from './moving-field.ts';

const WAVES = 5;

/** @param sizePx Breadth of the eddies. Speeds are about 1 on average. */
export function createSwirl(sizePx: number, seed: number): (x: number, y: number) => Vector {
  const waves = Array.from({ length: WAVES }, (_, i) => {
    const turns = (i + seededUnit(seed, 'swirl direction', i)) / WAVES;
    const perPixel = (0.35 + 0.3 * seededUnit(seed, 'swirl size', i)) / sizePx;
    return {
      x: perPixel * cosineOfTurns(turns),
      y: perPixel * sineOfTurns(turns),
      start: seededUnit(seed, 'swirl start', i),
      // Every wave adds the same mean square of speed.
      level: Math.sqrt(2 / WAVES) / perPixel,
    };
  });
  return (x, y) => {
    let [across, down] = [0, 0];
    for (const wave of waves) {
      const slope = wave.level * cosineOfTurns(wave.x * x + wave.y * y + wave.start);
      across += slope * wave.y;
      down -= slope * wave.x;
    }
    return [across, down];
  };
}
