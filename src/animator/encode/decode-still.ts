import type { FrameSize } from '#domain/media/frame-size.ts';
import type { RgbaImage } from '../raster/picture.ts';
import { decodeOrRefuse, openStill } from './open-still.ts';

/**
 * Decodes a picture and crops it, centred, to cover exactly `size`: upright as its EXIF data says, converted from its colour
 * profile (CMYK and 16 bits included) to 8-bit sRGB, transparency on white, the first frame of an animated file.
 *
 * @param largestScale The same part of the picture is wanted up to so many times as large; it is never drawn larger than the
 *   picture itself is, nor smaller than `size`.
 * @throws AnimaticError `media_unsupported`, `media_too_large`, `media_unreadable`, without an input path.
 */
export async function decodeStill(path: string, size: FrameSize, largestScale = 1): Promise<RgbaImage> {
  const { image, info } = await openStill(path);
  const ownScale = Math.min(info.width / size.width, info.height / size.height);
  const scale = Math.max(1, Math.min(largestScale, ownScale));
  const [width, height] = [Math.round(scale * size.width), Math.round(scale * size.height)];
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
