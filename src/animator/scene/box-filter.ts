/** Means over square windows, shortened at the edges so that a constant grid stays constant. */
import type { Grid } from './scene.ts';

/** The mean over the window of `2 * radius + 1` cells a side; running sums, so the cost does not depend on the radius. */
export function boxMean(grid: Grid, radius: number): Grid {
  const { width, height } = grid;
  const rows = new Float32Array(width * height);
  const result = new Float32Array(width * height);
  for (let y = 0; y < height; y++) slidingMean(grid.data, rows, y * width, 1, width, radius);
  for (let x = 0; x < width; x++) slidingMean(rows, result, x, width, height, radius);
  return { width, height, data: result };
}

/** The means of `count` values that start at `start`, `stride` apart. */
function slidingMean(
  source: Float32Array,
  target: Float32Array,
  start: number,
  stride: number,
  count: number,
  radius: number,
): void {
  let sum = 0;
  for (let i = 0; i < Math.min(radius, count); i++) sum += source[start + i * stride]!;
  for (let i = 0; i < count; i++) {
    if (i + radius < count) sum += source[start + (i + radius) * stride]!;
    if (i - radius - 1 >= 0) sum -= source[start + (i - radius - 1) * stride]!;
    const window = Math.min(count - 1, i + radius) - Math.max(0, i - radius) + 1;
    target[start + i * stride] = sum / window;
  }
}

export const mean3x3 = (grid: Grid): Grid => boxMean(grid, 1);
