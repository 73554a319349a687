import type { FrameSize } from '#domain/media/frame-size.ts';
import { cropCentre } from '../raster/crop-centre.ts';
import type { RgbaImage } from '../raster/picture.ts';
import { decodeStill } from './decode-still.ts';
import { openStill } from './open-still.ts';

/** No camera reaches farther beyond the frame than this share of its side. */
const LARGEST_REACH = 0.12;

export interface SurroundedStill {
  /** What `decodeStill` gives for `size`, to the byte. */
  readonly still: RgbaImage;
  /** The still with what the crop cut off on either side of it, as far as a camera can reach; undefined where nothing was cut off. */
  readonly surroundings: RgbaImage | undefined;
}

/**
 * Decodes a picture once, to cover `size` and the pixels around it.
 * @throws AnimaticError as `decodeStill` does.
 */
export async function decodeSurroundings(path: string, size: FrameSize): Promise<SurroundedStill> {
  const { info } = await openStill(path);
  const shrink = Math.min(info.width / size.width, info.height / size.height);
  const sideWith = (side: number, covered: number): number => {
    const cutOff = (Math.round(covered / shrink) - side) / 2;
    return side + 4 * Math.max(0, Math.floor(Math.min(cutOff, LARGEST_REACH * side) / 2));
  };
  const wide = { width: sideWith(size.width, info.width), height: sideWith(size.height, info.height) };
  const around = await decodeStill(path, wide);
  const still = cropCentre(around, size);
  return { still, surroundings: still === around ? undefined : around };
}
