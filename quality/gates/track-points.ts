/**
 * Follows points from frame to frame: Lucas-Kanade from coarse to fine (Bouguet 2000), on a grid of 8 x 14 points, each on
 * the best corner near it. Plain places have no corner and are left out.
 */
import type { LumaLevel } from './luma-pyramid.ts';

export interface Point {
  readonly x: number;
  readonly y: number;
}

const HALF = 6;
const SIDE = 2 * HALF + 1;
const ROUNDS = 12;
const PRECISE = 0.003;
/**
 * Smallest eigenvalue of the mean gradient matrix, squared levels a pixel: below it a place is too plain to follow. Grain of
 * half a level moves a point at this bound by 0.01 px.
 */
const CORNER = 30;
/** Mean difference of the patch where it was found, levels: above it the point is lost. */
const LOST = 12;

const patch = new Float64Array(SIDE * SIDE);
const slopeX = new Float64Array(SIDE * SIDE);
const slopeY = new Float64Array(SIDE * SIDE);

function sample({ width, height, data }: LumaLevel, x: number, y: number): number {
  const left = Math.min(width - 2, Math.max(0, Math.floor(x)));
  const top = Math.min(height - 2, Math.max(0, Math.floor(y)));
  const fx = Math.min(1, Math.max(0, x - left));
  const fy = Math.min(1, Math.max(0, y - top));
  const i = top * width + left;
  const upper = data[i]! + fx * (data[i + 1]! - data[i]!);
  const lower = data[i + width]! + fx * (data[i + width + 1]! - data[i + width]!);
  return upper + fy * (lower - upper);
}

interface Gradients {
  readonly xx: number;
  readonly xy: number;
  readonly yy: number;
}

/** Loads the patch around a point and its slopes into the scratch arrays. */
function loadPatch(level: LumaLevel, x: number, y: number): Gradients {
  let [xx, xy, yy] = [0, 0, 0];
  for (let v = -HALF, i = 0; v <= HALF; v++) {
    for (let u = -HALF; u <= HALF; u++, i++) {
      patch[i] = sample(level, x + u, y + v);
      const dx = (sample(level, x + u + 1, y + v) - sample(level, x + u - 1, y + v)) / 2;
      const dy = (sample(level, x + u, y + v + 1) - sample(level, x + u, y + v - 1)) / 2;
      slopeX[i] = dx;
      slopeY[i] = dy;
      xx += dx * dx;
      xy += dx * dy;
      yy += dy * dy;
    }
  }
  return { xx, xy, yy };
}

const smallestEigenvalue = ({ xx, xy, yy }: Gradients): number =>
  ((xx + yy) / 2 - Math.hypot((xx - yy) / 2, xy)) / (SIDE * SIDE);

/** Corners on a grid over the picture without `margin` (a share of each side) around it. */
export function choosePoints(level: LumaLevel, margin = 0.06, rows = 8, columns = 14): readonly Point[] {
  const points: Point[] = [];
  const stepX = ((1 - 2 * margin) * level.width) / columns;
  const stepY = ((1 - 2 * margin) * level.height) / rows;
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      let best: Point | undefined;
      let strength = CORNER;
      for (const share of [0.5, 0.2, 0.8]) {
        for (const other of [0.5, 0.2, 0.8]) {
          const x = Math.round(margin * level.width + (column + share) * stepX);
          const y = Math.round(margin * level.height + (row + other) * stepY);
          const value = smallestEigenvalue(loadPatch(level, x, y));
          if (value <= strength) continue;
          strength = value;
          best = { x, y };
        }
      }
      if (best !== undefined) points.push(best);
    }
  }
  return points;
}

/** Where a point of one frame is in another; undefined when it is lost. */
export function trackPoint(
  from: readonly LumaLevel[],
  to: readonly LumaLevel[],
  point: Point,
): Point | undefined {
  let [shiftX, shiftY] = [0, 0];
  for (let depth = from.length - 1; depth >= 0; depth--) {
    const scale = 2 ** depth;
    const [x, y] = [point.x / scale, point.y / scale];
    const gradients = loadPatch(from[depth]!, x, y);
    const found = refine(to[depth]!, x, y, shiftX / scale, shiftY / scale, gradients);
    if (found === undefined) {
      if (depth === 0) return undefined;
      continue;
    }
    [shiftX, shiftY] = [found.x * scale, found.y * scale];
  }
  const end = { x: point.x + shiftX, y: point.y + shiftY };
  const { width, height } = to[0]!;
  const isInside = end.x >= HALF && end.y >= HALF && end.x <= width - 1 - HALF && end.y <= height - 1 - HALF;
  return isInside && residual(to[0]!, end) < LOST ? end : undefined;
}

/** Moves the scratch patch over `level` until it fits; undefined where it has no corner. */
function refine(
  level: LumaLevel,
  x: number,
  y: number,
  startX: number,
  startY: number,
  { xx, xy, yy }: Gradients,
): Point | undefined {
  const determinant = xx * yy - xy * xy;
  if (smallestEigenvalue({ xx, xy, yy }) < CORNER / 8) return undefined;
  let [dx, dy] = [startX, startY];
  for (let round = 0; round < ROUNDS; round++) {
    let [bx, by] = [0, 0];
    for (let v = -HALF, i = 0; v <= HALF; v++) {
      for (let u = -HALF; u <= HALF; u++, i++) {
        const difference = patch[i]! - sample(level, x + u + dx, y + v + dy);
        bx += difference * slopeX[i]!;
        by += difference * slopeY[i]!;
      }
    }
    const stepX = (yy * bx - xy * by) / determinant;
    const stepY = (xx * by - xy * bx) / determinant;
    dx += stepX;
    dy += stepY;
    if (Math.abs(stepX) + Math.abs(stepY) < PRECISE) break;
  }
  return { x: dx, y: dy };
}

function residual(level: LumaLevel, at: Point): number {
  let sum = 0;
  for (let v = -HALF, i = 0; v <= HALF; v++) {
    for (let u = -HALF; u <= HALF; u++, i++) sum += Math.abs(patch[i]! - sample(level, at.x + u, at.y + v));
  }
  return sum / (SIDE * SIDE);
}

/** A point in frame after frame, until the end; only points that are never lost. */
export type Track = readonly Point[];

export function trackPoints(
  pyramids: readonly (readonly LumaLevel[])[],
  points: readonly Point[],
): readonly Track[] {
  const tracks: Track[] = [];
  for (const point of points) {
    const track: Point[] = [point];
    for (let frame = 1; frame < pyramids.length; frame++) {
      const next = trackPoint(pyramids[frame - 1]!, pyramids[frame]!, track.at(-1)!);
      if (next === undefined) break;
      track.push(next);
    }
    if (track.length === pyramids.length) tracks.push(track);
  }
  return tracks;
}
