/** The part of a flow that is one enlargement, turn, shear and shift of the whole picture. */
import type { FlowField } from '../raster/displacement.ts';

/** dx = x0 + xx * x + xy * y and dy = y0 + yx * x + yy * y, in cells, with x and y counted from the grid's centre. */
export interface AffineFlow {
  readonly x0: number;
  readonly xx: number;
  readonly xy: number;
  readonly y0: number;
  readonly yx: number;
  readonly yy: number;
}

export const AFFINE_REST: AffineFlow = { x0: 0, xx: 0, xy: 0, y0: 0, yx: 0, yy: 0 };

/** Cells that miss the fit by this many cells count half in the next round: things that move on their own pull little. */
const TOLERANCE = 1.5;
const ROUNDS = 6;
/** A fit on less than this much trust in all says nothing. */
const LEAST_TRUST = 20;

/** The weighted least-squares fit, weights refined round by round; no flow where there is too little to go by. */
export function fitAffine(flow: FlowField, trust: Float32Array): AffineFlow {
  let fit = AFFINE_REST;
  for (let round = 0; round < ROUNDS; round++) {
    const next = solve(sumUp(flow, trust, round === 0 ? undefined : fit));
    if (next === undefined) return AFFINE_REST;
    fit = next;
  }
  return fit;
}

interface Sums {
  w: number;
  x: number;
  y: number;
  xx: number;
  xy: number;
  yy: number;
  dx: number;
  dxX: number;
  dxY: number;
  dy: number;
  dyX: number;
  dyY: number;
}

function sumUp(flow: FlowField, trust: Float32Array, fit: AffineFlow | undefined): Sums {
  const s: Sums = { w: 0, x: 0, y: 0, xx: 0, xy: 0, yy: 0, dx: 0, dxX: 0, dxY: 0, dy: 0, dyX: 0, dyY: 0 };
  const [centreX, centreY] = [(flow.width - 1) / 2, (flow.height - 1) / 2];
  for (let cell = 0; cell < trust.length; cell++) {
    if (trust[cell] === 0) continue;
    const x = (cell % flow.width) - centreX;
    const y = Math.floor(cell / flow.width) - centreY;
    const [dx, dy] = [flow.dx[cell]!, flow.dy[cell]!];
    const w = trust[cell]! * (fit === undefined ? 1 : fidelity(fit, x, y, dx, dy));
    s.w += w;
    s.x += w * x;
    s.y += w * y;
    s.xx += w * x * x;
    s.xy += w * x * y;
    s.yy += w * y * y;
    s.dx += w * dx;
    s.dxX += w * dx * x;
    s.dxY += w * dx * y;
    s.dy += w * dy;
    s.dyX += w * dy * x;
    s.dyY += w * dy * y;
  }
  return s;
}

function fidelity(
  { x0, xx, xy, y0, yx, yy }: AffineFlow,
  x: number,
  y: number,
  dx: number,
  dy: number,
): number {
  const missX = dx - x0 - xx * x - xy * y;
  const missY = dy - y0 - yx * x - yy * y;
  return 1 / (1 + (missX * missX + missY * missY) / (TOLERANCE * TOLERANCE));
}

/** Both right sides share one 3 x 3 matrix, inverted by its adjugate; undefined where it is singular. */
function solve(s: Sums): AffineFlow | undefined {
  if (s.w < LEAST_TRUST) return undefined;
  const a = s.xx * s.yy - s.xy * s.xy;
  const b = s.xy * s.y - s.x * s.yy;
  const c = s.x * s.xy - s.xx * s.y;
  const determinant = s.w * a + s.x * b + s.y * c;
  if (!(determinant > 1e-6 * s.w * s.xx * s.yy)) return undefined;
  const d = s.w * s.yy - s.y * s.y;
  const e = s.x * s.y - s.w * s.xy;
  const f = s.w * s.xx - s.x * s.x;
  return {
    x0: (a * s.dx + b * s.dxX + c * s.dxY) / determinant,
    xx: (b * s.dx + d * s.dxX + e * s.dxY) / determinant,
    xy: (c * s.dx + e * s.dxX + f * s.dxY) / determinant,
    y0: (a * s.dy + b * s.dyX + c * s.dyY) / determinant,
    yx: (b * s.dy + d * s.dyX + e * s.dyY) / determinant,
    yy: (c * s.dy + e * s.dyX + f * s.dyY) / determinant,
  };
}
