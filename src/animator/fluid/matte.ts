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
/** What stays below this, whatever is lost to rounding, stays transparent. */
const NOTHING = TRANSPARENT - 1e-4;

/** One byte a pixel, 0..255. */
export function drawMatte(still: RgbaImage, mask: Grid): Uint8Array {
  const luma = lumaOf(still);
  const { slope, offset } = guidedCoefficients(reduceLuma(luma, still, mask), mask, RADIUS, EPSILON);
  const { width, height } = still;
  const matte = new Uint8Array(width * height);
  const [slopeRow, offsetRow] = [new StretchedRow(slope, width), new StretchedRow(offset, width)];
  const [slopes, offsets] = [new Float32Array(width), new Float32Array(width)];
  for (let y = 0; y < height; y += 1) {
    const gridY = ((y + 0.5) * mask.height) / height - 0.5;
    const most = offsetRow.moveTo(gridY) + Math.max(0, slopeRow.moveTo(gridY));
    // Luma is at most 1: far from the mask nothing can be seen, and most rows of most masks are far.
    if (most < NOTHING) continue;
    slopeRow.fill(slopes);
    offsetRow.fill(offsets);
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

/** One row of a grid at any height, bilinear, stretched over a row of pixels. */
class StretchedRow {
  readonly #grid: Grid;
  /** For every pixel, the cell to its left and the way to the next one, 0..1. */
  readonly #columns: Int32Array;
  readonly #across: Float64Array;
  /** At the height in hand, cell by cell. */
  readonly #values: Float64Array;

  constructor(grid: Grid, pixels: number) {
    const cells = grid.width;
    this.#grid = grid;
    this.#columns = new Int32Array(pixels);
    this.#across = new Float64Array(pixels);
    this.#values = new Float64Array(cells);
    for (let x = 0; x < pixels; x += 1) {
      const gridX = Math.max(0, Math.min(cells - 1, ((x + 0.5) * cells) / pixels - 0.5));
      this.#columns[x] = Math.min(cells - 2, Math.floor(gridX));
      this.#across[x] = gridX - this.#columns[x]!;
    }
  }

  /** The largest value there. */
  moveTo(gridY: number): number {
    const { width, height, data } = this.#grid;
    const insideY = Math.max(0, Math.min(height - 1, gridY));
    const top = Math.min(height - 2, Math.floor(insideY));
    const down = insideY - top;
    let most = Number.NEGATIVE_INFINITY;
    for (let column = 0, at = top * width; column < width; column += 1, at += 1) {
      const value = data[at]! + (data[at + width]! - data[at]!) * down;
      this.#values[column] = value;
      if (value > most) most = value;
    }
    return most;
  }

  fill(row: Float32Array): void {
    const [columns, across, values] = [this.#columns, this.#across, this.#values];
    for (let x = 0; x < row.length; x += 1) {
      const left = values[columns[x]!]!;
      row[x] = left + (values[columns[x]! + 1]! - left) * across[x]!;
    }
  }
}
