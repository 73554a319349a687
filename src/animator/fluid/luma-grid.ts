/** The light of a still: for every pixel, and as means over the cells of a grid. */
import type { RgbaImage } from '../raster/picture.ts';
import type { Grid } from '../scene/scene.ts';
import { emptyGrid } from '../scene/work-grid.ts';

/** BT.709 luma 0..1, pixel by pixel. */
export function lumaOf({ width, height, data }: RgbaImage): Float32Array {
  const luma = new Float32Array(width * height);
  for (let i = 0, pixel = 0; i < luma.length; i += 1, pixel += 4)
    luma[i] = (0.2126 * data[pixel]! + 0.7152 * data[pixel + 1]! + 0.0722 * data[pixel + 2]!) / 255;
  return luma;
}

/** Means of a still's luma over a grid of `shape`, which has no more cells than the still has pixels on either axis. */
export function reduceLuma(
  luma: Float32Array,
  { width, height }: Pick<RgbaImage, 'width' | 'height'>,
  shape: Pick<Grid, 'width' | 'height'>,
): Grid {
  const reduced = emptyGrid(shape);
  for (let row = 0, cell = 0; row < shape.height; row += 1) {
    const top = Math.floor((row * height) / shape.height);
    const bottom = Math.max(top + 1, Math.floor(((row + 1) * height) / shape.height));
    for (let column = 0; column < shape.width; column += 1, cell += 1) {
      const left = Math.floor((column * width) / shape.width);
      const right = Math.max(left + 1, Math.floor(((column + 1) * width) / shape.width));
      let sum = 0;
      for (let y = top; y < bottom; y += 1) {
        for (let at = y * width + left; at < y * width + right; at += 1) sum += luma[at]!;
      }
      reduced.data[cell] = sum / ((bottom - top) * (right - left));
    }
  }
  return reduced;
}
