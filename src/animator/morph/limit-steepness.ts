/**
 * Bounds how fast a flow changes from cell to cell. Where it changes faster it is smoothed, little by little and only there, so that the rest
 * stays as it is.
 */

import type { FlowField } from '../raster/displacement.ts';
import { boxMean } from '../scene/box-filter.ts';

/** Smoothing spreads a step over about the root of this many cells. */
const MOST_ROUNDS = 600;
/** Smoothed a little further than the bound asks, so that the rounds come to an end. */
const MARGIN = 0.98;

/** A flow whose Jacobian has no singular value above `largest`, anywhere between its cells, where it is read bilinearly. */
export function limitSteepness(flow: FlowField, largest: number): FlowField {
  const { width, height } = flow;
  const dx = Float32Array.from(flow.dx);
  const dy = Float32Array.from(flow.dy);
  const isSteep = new Float32Array(width * height);
  for (let round = 0; round < MOST_ROUNDS; round++) {
    if (!markSteep({ width, height, dx, dy }, MARGIN * largest, isSteep)) return { width, height, dx, dy };
    const near = boxMean({ width, height, data: isSteep }, 1).data;
    smoothWhere(dx, near, width, height);
    smoothWhere(dy, near, width, height);
  }
  return flattened({ width, height, dx, dy }, largest);
}

/** Marks the corners of every square of four cells that is too steep; false when there is none. */
function markSteep(flow: FlowField, largest: number, isSteep: Float32Array): boolean {
  const { width, height } = flow;
  isSteep.fill(0);
  let isAny = false;
  for (let y = 0; y + 1 < height; y++) {
    for (let x = 0; x + 1 < width; x++) {
      if (steepness(flow, y * width + x) <= largest) continue;
      const cell = y * width + x;
      isSteep[cell] = isSteep[cell + 1] = isSteep[cell + width] = isSteep[cell + width + 1] = 1;
      isAny = true;
    }
  }
  return isAny;
}

/**
 * The largest singular value of the Jacobian between `cell` and its neighbours to the right and below. Between the cells the column for x is a
 * mean of the differences along the upper and the lower edge, that for y of those along the left and the right one, so the largest of
 * the four combinations bounds them all.
 */
function steepness({ width, dx, dy }: FlowField, cell: number): number {
  const [right, below, across] = [cell + 1, cell + width, cell + width + 1];
  const [upperX, upperY] = [dx[right]! - dx[cell]!, dy[right]! - dy[cell]!];
  const [lowerX, lowerY] = [dx[across]! - dx[below]!, dy[across]! - dy[below]!];
  const [leftX, leftY] = [dx[below]! - dx[cell]!, dy[below]! - dy[cell]!];
  const [rightX, rightY] = [dx[across]! - dx[right]!, dy[across]! - dy[right]!];
  return Math.max(
    singularValue(upperX, upperY, leftX, leftY),
    singularValue(upperX, upperY, rightX, rightY),
    singularValue(lowerX, lowerY, leftX, leftY),
    singularValue(lowerX, lowerY, rightX, rightY),
  );
}

/** The larger singular value of the matrix with the columns (a, c) and (b, d), from the sum of squares and the determinant. */
function singularValue(a: number, c: number, b: number, d: number): number {
  const squares = a * a + b * b + c * c + d * d;
  const determinant = a * d - b * c;
  return Math.sqrt((squares + Math.sqrt(Math.max(0, squares * squares - 4 * determinant * determinant))) / 2);
}

/** The mean of a cell, counted twice, and its four neighbours, in place and in order, for cells where `near` is not 0. */
function smoothWhere(data: Float32Array, near: Float32Array, width: number, height: number): void {
  for (let y = 0; y < height; y++) {
    const up = y === 0 ? 0 : -width;
    const down = y === height - 1 ? 0 : width;
    for (let x = 0; x < width; x++) {
      const cell = y * width + x;
      if (near[cell] === 0) continue;
      const left = x === 0 ? 0 : -1;
      const right = x === width - 1 ? 0 : 1;
      data[cell] =
        (data[cell]! * 2 + data[cell + left]! + data[cell + right]! + data[cell + up]! + data[cell + down]!) /
        6;
    }
  }
}

/** The last resort: the whole flow less steep by one factor. */
function flattened(flow: FlowField, largest: number): FlowField {
  let steepest = 0;
  for (let y = 0; y + 1 < flow.height; y++) {
    for (let x = 0; x + 1 < flow.width; x++)
      steepest = Math.max(steepest, steepness(flow, y * flow.width + x));
  }
  const factor = Math.min(1, largest / steepest);
  return { ...flow, dx: flow.dx.map((value) => factor * value), dy: flow.dy.map((value) => factor * value) };
}
