/**
 * The flicker of a fire: luma rises and falls by some percent at 6 to 11 hertz, differently from place to place, so that flames dance while
 * the picture as a whole keeps its brightness.
 */
import type { FrameSize } from '#domain/media/frame-size.ts';
import { seededUnit } from '../camera/seeded-noise.ts';
import { sineOfTurns } from '../sound/elementary-functions.ts';
import { drawWave, pixelScale, type Wave } from './moving-field.ts';

/** Each wave's share of luma; three together stay within 8 %. */
const AMPLITUDE = 0.027;
const HERTZ = [6.3, 8.1, 10.7] as const;
/** Pixels. */
const PATCH = 46;

/** Waves whose x part is the gain; there is nothing in y. */
export function flickerFlames(strength: number, size: FrameSize, seed: number): readonly Wave[] {
  const patch = PATCH * pixelScale(size);
  const amplitude = AMPLITUDE * Math.min(1.5, strength);
  return HERTZ.map((hertz, i) => {
    const random = (name: string) => seededUnit(seed, `flicker ${name}`, i);
    const turn = random('turn');
    return drawWave(size, hertz, (x, y) => {
      const u = x / patch;
      const v = y / patch;
      const phase =
        random('start') +
        0.6 * sineOfTurns(0.31 * u + 0.17 * v + turn) +
        0.6 * sineOfTurns(0.13 * u - 0.37 * v + random('fold'));
      return { amplitude: [amplitude, 0], phase };
    });
  });
}
