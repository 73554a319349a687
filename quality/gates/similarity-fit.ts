/** The similarity that carries points onto others, robust against those that move by themselves. */
import type { Point } from './track-points.ts';

export interface Similarity {
  readonly zoom: number;
  readonly rollDegrees: number;
  /** Shift of the picture's centre, pixels. */
  readonly shiftX: number;
  readonly shiftY: number;
}

const ROUNDS = 12;

/**
 * Least squares re-weighted by 1 / (1 + e^2 / 4), e in pixels. Points are relative to `centre`; at least two are needed,
 * else every entry is NaN.
 */
export function fitSimilarity(from: readonly Point[], to: readonly Point[], centre: Point): Similarity {
  if (from.length < 2)
    return { zoom: Number.NaN, rollDegrees: Number.NaN, shiftX: Number.NaN, shiftY: Number.NaN };
  const weights = from.map(() => 1);
  let [a, b, shiftX, shiftY] = [1, 0, 0, 0];
  for (let round = 0; round < ROUNDS; round++) {
    let [w, sx, sy, tx, ty, squares, dot, cross] = [0, 0, 0, 0, 0, 0, 0, 0];
    for (const [i, weight] of weights.entries()) {
      const [x, y] = [from[i]!.x - centre.x, from[i]!.y - centre.y];
      const [u, v] = [to[i]!.x - centre.x, to[i]!.y - centre.y];
      w += weight;
      sx += weight * x;
      sy += weight * y;
      tx += weight * u;
      ty += weight * v;
      squares += weight * (x * x + y * y);
      dot += weight * (x * u + y * v);
      cross += weight * (x * v - y * u);
    }
    // u = a x - b y + shiftX, v = b x + a y + shiftY, solved after taking out the means.
    const spread = squares - (sx * sx + sy * sy) / w;
    a = (dot - (sx * tx + sy * ty) / w) / spread;
    b = (cross - (sx * ty - sy * tx) / w) / spread;
    shiftX = (tx - a * sx + b * sy) / w;
    shiftY = (ty - b * sx - a * sy) / w;
    for (const i of weights.keys()) {
      const [x, y] = [from[i]!.x - centre.x, from[i]!.y - centre.y];
      const errorX = a * x - b * y + shiftX - (to[i]!.x - centre.x);
      const errorY = b * x + a * y + shiftY - (to[i]!.y - centre.y);
      weights[i] = 1 / (1 + (errorX * errorX + errorY * errorY) / 4);
    }
  }
  return { zoom: Math.hypot(a, b), rollDegrees: (Math.atan2(b, a) * 180) / Math.PI, shiftX, shiftY };
}
