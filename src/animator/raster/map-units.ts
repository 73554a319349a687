/** The unit of source maps: positions as the kernels read them. */
import { PICTURE_BORDER } from './picture-planes.ts';

/** 16.16 fixed point in samples of a plane of twice the output's size. */
export const UNITS_PER_PIXEL = 2 * 65_536;

/** How far beyond the picture a node may read: taps reach one sample further, chroma half a sample more. */
export const OUTER_REACH = PICTURE_BORDER - 4;

/**
 * A position in a picture or plate of so many pixels, no farther outside it than its border has samples.
 * @param beyond Pixels that the picture goes on for on either side.
 */
export function toUnits(position: number, length: number, beyond = 0): number {
  const reach = OUTER_REACH + beyond;
  const inReach = Math.max(-reach, Math.min(length - 1 + reach, position));
  return Math.floor(inReach * UNITS_PER_PIXEL + 0.5);
}
