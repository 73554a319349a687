/**
 * The slope limiter: after it, no two points of a shot's depth map differ so much that the camera move would tear, fold
 * or smear the picture between them. It only ever raises values. Near objects therefore keep their depth over their
 * whole silhouette, and the transition is pushed outwards into the background, where it is not seen.
 *
 *     w'(p) = max over q of ( w(q) - (kappa / B) * |p - q| )        B: the shot's largest parallax in output pixels
 */
import type { FrameSize } from '#domain/media/frame-size.ts';
import { mean3x3 } from './box-filter.ts';
import type { Grid } from './scene.ts';

/** The usual bound: the picture is stretched or squeezed by at most this share. 0.5 suits bold styles. */
export const LIMITER_KAPPA = 0.35;

/**
 * Chamfer steps (1, sqrt 2) overrate a distance by up to 1 / cos(22.5 degrees); the steps are shortened by that to keep
 * the bound exact.
 */
const CHAMFER = Math.cos(Math.PI / 8);

export interface LimitOptions {
  /** The largest shift between near and far in the shot, output pixels; 0 or less leaves the depth as it is. */
  readonly parallaxPx: number;
  readonly size: FrameSize;
  readonly kappa: number;
}

/**
 * A new grid whose slope is at most `kappa / parallaxPx` per output pixel and whose values are at least `depth`'s, but
 * for two 3x3 means.
 */
export function limitSlope(depth: Grid, options: LimitOptions): Grid {
  const limited: Grid = { ...depth, data: Float32Array.from(depth.data) };
  if (!(options.parallaxPx > 0)) return limited;
  const perPixel = (CHAMFER * options.kappa) / options.parallaxPx;
  const across = (perPixel * options.size.width) / depth.width;
  const down = (perPixel * options.size.height) / depth.height;
  spread(limited, { across, down, diagonal: Math.hypot(across, down) });
  return mean3x3(mean3x3(limited));
}

interface StepLoss {
  readonly across: number;
  readonly down: number;
  readonly diagonal: number;
}

/** Two passes of a distance transform: forward from the rows above, backward from the rows below. */
function spread(grid: Grid, loss: StepLoss): void {
  for (let y = 0; y < grid.height; y++) spreadRow(grid, y, -1, loss);
  for (let y = grid.height - 1; y >= 0; y--) spreadRow(grid, y, 1, loss);
}

/** Raises row `y` from the row `y + side` and from the neighbour already visited in the row itself. */
function spreadRow({ width, height, data }: Grid, y: number, side: -1 | 1, loss: StepLoss): void {
  const row = y * width;
  const hasOther = y + side >= 0 && y + side < height;
  const other = (y + side) * width;
  for (let step = 0; step < width; step++) {
    const x = side === -1 ? step : width - 1 - step;
    let value = data[row + x]!;
    if (step > 0) value = Math.max(value, data[row + x + side]! - loss.across);
    if (hasOther) {
      value = Math.max(value, data[other + x]! - loss.down);
      if (x > 0) value = Math.max(value, data[other + x - 1]! - loss.diagonal);
      if (x < width - 1) value = Math.max(value, data[other + x + 1]! - loss.diagonal);
    }
    data[row + x] = value;
  }
}
