import type { FrameSize } from '#domain/media/frame-size.ts';
import type { RgbaImage } from '../raster/picture.ts';
import { decodeOrRefuse, openStill } from './open-still.ts';

/**
 * Decodes a picture and crops it, centred, to cover exactly `size`: upright as its EXIF data says, converted from its colour
 * profile (CMYK and 16 bits included) to 8-bit sRGB, transparency on white, the first frame of an animated file.
 * @throws AnimaticError `media_unsupported`, `media_too_large`, `media_unreadable`, without an input path.
 */
export async function decodeStill(path: string, size: FrameSize): Promise<RgbaImage> {
  const { image } = await openStill(path);
  const { width, height } = size;
  const data = await decodeOrRefuse(() =>
    image
      // Lanczos keeps the most detail. JPEG's own fast halving is left for the large steps, where it leaves no moire.
      .resize(width, height, {
        fit: 'cover',
        position: 'centre',
        kernel: 'lanczos3',
        fastShrinkOnLoad: false,
      })
      .ensureAlpha()
      .raw({ depth: 'uchar' })
      .toBuffer(),
  );
  return { width, height, data };
}
