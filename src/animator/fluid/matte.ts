/**
 * From a mask on the analysis grid to an opacity for every pixel: the guided filter's coefficients are found on the grid and applied to the
 * still's own luma (fast guided filter, He & Sun 2015), so that the matte follows edges much finer than a cell.
 */
import type { RgbaImage } from '../raster/picture.ts';
import { guidedCoefficients } from '../scene/guided-filter.ts';
import type { Grid } from '../scene/scene.ts';
import { lumaOf, reduceLuma } from './luma-grid.ts';

/** Cells; with 320 on the long side, about 1 % of it. */
const RADIUS = 3;
const EPSILON = 4e-4;
/** What the filter leaves undecided is not of the mask: pixels that should move and rest are seen less than the other way round. */
const TRANSPARENT = 0.55;
const OPAQUE = 0.95;

/** One byte a pixel, 0..255. */
export function drawMatte(still: RgbaImage, mask: Grid): Uint8Array {
  const luma = lumaOf(still);
  const { slope, offset } = guidedCoefficients(reduceLuma(luma, still, mask), mask, RADIUS, EPSILON);
  const { width, height } = still;
  const matte = new Uint8Array(width * height);
  const slopes = new Float32Array(width);
  const offsets = new Float32Array(width);
  for (let y = 0; y < height; y += 1) {
    const gridY = ((y + 0.5) * mask.height) / height - 0.5;
    stretchRow(slope, gridY, slopes);
    stretchRow(offset, gridY, offsets);
    for (let x = 0, at = y * width; x < width; x += 1, at += 1)
      matte[at] = opacityOf(slopes[x]! * luma[at]! + offsets[x]!);
  }
  return matte;
}

/** smoothstep between the two thresholds, 0..255. */
function opacityOf(share: number): number {
  const t = (share - TRANSPARENT) / (OPAQUE - TRANSPARENT);
  if (t <= 0) return 0;
  return t >= 1 ? 255 : Math.round(255 * t * t * (3 - 2 * t));
}

/** One row of a grid at any height, bilinear, stretched over `row`. */
function stretchRow({ width, height, data }: Grid, gridY: number, row: Float32Array): void {
  const insideY = Math.max(0, Math.min(height - 1, gridY));
  const top = Math.min(height - 2, Math.floor(insideY));
  const down = insideY - top;
  const valueAt = (column: number) => {
    const at = top * width + column;
    return data[at]! + (data[at + width]! - data[at]!) * down;
  };
  let column = -1;
  let [left, right] = [0, 0];
  for (let x = 0; x < row.length; x += 1) {
    const gridX = Math.max(0, Math.min(width - 1, ((x + 0.5) * width) / row.length - 0.5));
    const wanted = Math.min(width - 2, Math.floor(gridX));
    if (wanted !== column) {
      column = wanted;
      left = valueAt(column);
      right = valueAt(column + 1);
    }
    row[x] = left + (right - left) * (gridX - column);
  }
}
