import type { FrameSize } from '#domain/media/frame-size.ts';
import { beyondOf } from './beyond.ts';
import type { RgbaImage } from './picture.ts';

/** What a frame shows of a picture at rest: its middle, pixel for pixel. */
export function cropCentre(picture: RgbaImage, { width, height }: FrameSize): RgbaImage {
  const { x, y } = beyondOf(picture, { width, height });
  if (x === 0 && y === 0) return picture;
  const data = new Uint8Array(4 * width * height);
  for (let row = 0; row < height; row += 1) {
    const from = 4 * ((y + row) * picture.width + x);
    data.set(picture.data.subarray(from, from + 4 * width), 4 * row * width);
  }
  return { width, height, data };
}
