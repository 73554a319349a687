/** A picture as a lens shows it that is focused elsewhere. Light is summed, not its code, so that bright points spread into discs. */
import type { RgbaImage } from './picture.ts';

/** Three box blurs in a row are close to a Gaussian of the same variance. */
const PASSES = 3;

/** @param sigmaPx Standard deviation of the blur. */
export function blurPicture(image: RgbaImage, sigmaPx: number): RgbaImage {
  const { width, height, data } = image;
  // A box of n pixels has the variance (n^2 - 1) / 12.
  const radius = Math.max(1, Math.round((Math.sqrt((12 * sigmaPx * sigmaPx) / PASSES + 1) - 1) / 2));
  const result = new Uint8Array(data.length).fill(255);
  for (let channel = 0; channel < 3; channel++) {
    const from = new Float32Array(width * height);
    const to = new Float32Array(width * height);
    // The square of a code value is close enough to its light (2.2), and its root is exact everywhere.
    for (let i = 0; i < from.length; i++) from[i] = data[4 * i + channel]! * data[4 * i + channel]!;
    for (let pass = 0; pass < PASSES; pass++) {
      for (let y = 0; y < height; y++) slide(from, to, y * width, 1, width, radius);
      for (let x = 0; x < width; x++) slide(to, from, x, width, height, radius);
    }
    for (let i = 0; i < from.length; i++)
      result[4 * i + channel] = Math.round(Math.sqrt(Math.max(0, from[i]!)));
  }
  return { width, height, data: result };
}

/** Means over 2 * radius + 1 values of a line; its ends go on beyond it. */
function slide(
  from: Float32Array,
  to: Float32Array,
  start: number,
  stride: number,
  count: number,
  radius: number,
): void {
  const at = (i: number) => from[start + Math.max(0, Math.min(count - 1, i)) * stride]!;
  let sum = 0;
  for (let i = -radius; i <= radius; i++) sum += at(i);
  const share = 1 / (2 * radius + 1);
  for (let i = 0; i < count; i++) {
    to[start + i * stride] = sum * share;
    sum += at(i + radius + 1) - at(i - radius);
  }
}
