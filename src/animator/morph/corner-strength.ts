/**
 * How firmly a cell's surroundings fix its place: the smaller eigenvalue of the structure tensor (Shi & Tomasi, "Good Features to Track", 1994), the
 * mean square rise of luma in the direction in which it rises least.
 */
import { boxMean } from '../scene/box-filter.ts';
import type { Grid } from '../scene/scene.ts';

const WINDOW_RADIUS = 4;

export function cornerStrength(luma: Grid): Grid {
  const { width, height, data } = luma;
  const products = [0, 1, 2].map(() => new Float32Array(data.length));
  const [xx, xy, yy] = products as [Float32Array, Float32Array, Float32Array];
  for (let y = 0; y < height; y++) {
    const up = Math.max(0, y - 1) * width;
    const down = Math.min(height - 1, y + 1) * width;
    for (let x = 0; x < width; x++) {
      const row = y * width;
      const across = (data[row + Math.min(width - 1, x + 1)]! - data[row + Math.max(0, x - 1)]!) / 2;
      const along = (data[down + x]! - data[up + x]!) / 2;
      xx[row + x] = across * across;
      xy[row + x] = across * along;
      yy[row + x] = along * along;
    }
  }
  const [a, b, c] = products.map((product) => boxMean({ width, height, data: product }, WINDOW_RADIUS).data);
  const smaller = a!.map((value, i) => {
    const half = (value - c![i]!) / 2;
    return Math.max(0, (value + c![i]!) / 2 - Math.sqrt(half * half + b![i]! * b![i]!));
  });
  return { width, height, data: smaller };
}
