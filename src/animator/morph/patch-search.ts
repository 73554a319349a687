/**
 * One level of dense inverse search (Kroeger, Timofte, Dai & Van Gool, "Fast Optical Flow using Dense Inverse Search", ECCV 2016): patches of 8 x 8
 * cells, half overlapping, each find their place in the other picture by inverse compositional descent, whose gradients and Hessian belong to
 * the patch and are computed once. Neighbours hand their finds on, so that one patch that has recognised its place tells the others.
 */

import type { FlowField } from '../raster/displacement.ts';
import type { Grid } from '../scene/scene.ts';
import { lengthOf } from './flow-field.ts';

const SIDE = 8;
const STRIDE = 4;
const AREA = SIDE * SIDE;
/** Displacements may carry a patch this far over the other picture's edge, which repeats. */
const BORDER = 12;
const MOST_STEPS = 10;
/** A step shorter than this, in cells, ends the descent. */
const SETTLED = 0.01;
/** Added to the Hessian: a patch without structure stays where it was put. */
const STIFFNESS = 0.2;
/** A descent that leaves its start by more than a patch has lost its way. */
const LONGEST_DESCENT = SIDE;

export interface PatchField {
  readonly columns: number;
  readonly rows: number;
  readonly dx: Float64Array;
  readonly dy: Float64Array;
}

/** The other picture with its edge repeated `BORDER` cells outwards. */
interface Target {
  readonly data: Float32Array;
  readonly stride: number;
  readonly width: number;
  readonly height: number;
}

const patchCount = (cells: number): number => Math.floor((cells - SIDE + STRIDE - 1) / STRIDE) + 1;
/** First cell of patch `index`; the last one ends with the grid. */
const patchStart = (index: number, cells: number): number => Math.min(index * STRIDE, cells - SIDE);

export class PatchSearch {
  readonly #source: Grid;
  readonly #gradientX: Float32Array;
  readonly #gradientY: Float32Array;
  readonly #target: Target;
  readonly #field: PatchField;
  readonly #cost: Float64Array;
  /** The patch in hand: its values and gradients, each less its mean, and the inverse of its Hessian. */
  readonly #values = new Float64Array(AREA);
  readonly #slopeX = new Float64Array(AREA);
  readonly #slopeY = new Float64Array(AREA);
  #inverse = { xx: 0, xy: 0, yy: 0 };
  /** What the last call of #measure found, besides the cost it returned: the descent's right side. */
  #pullX = 0;
  #pullY = 0;
  readonly #read = new Float64Array(AREA);

  constructor(source: Grid, target: Grid) {
    const { width, height } = source;
    this.#source = source;
    this.#gradientX = gradient(source, 1);
    this.#gradientY = gradient(source, width);
    this.#target = withBorder(target);
    const [columns, rows] = [patchCount(width), patchCount(height)];
    const count = columns * rows;
    this.#field = { columns, rows, dx: new Float64Array(count), dy: new Float64Array(count) };
    this.#cost = new Float64Array(count);
  }

  /** Finds every patch's displacement, starting from `start`, which covers the grid. */
  run(start: FlowField): PatchField {
    const { columns, rows, dx, dy } = this.#field;
    const { width, height } = this.#source;
    for (let row = 0; row < rows; row++) {
      for (let column = 0; column < columns; column++) {
        const patch = row * columns + column;
        const [x, y] = [patchStart(column, width), patchStart(row, height)];
        const centre = (y + STRIDE) * width + x + STRIDE;
        this.#takePatch(x, y);
        dx[patch] = start.dx[centre]!;
        dy[patch] = start.dy[centre]!;
        this.#cost[patch] = this.#measure(x, y, dx[patch]!, dy[patch]!);
        if (column > 0) this.#borrow(patch, patch - 1, x, y);
        if (row > 0) this.#borrow(patch, patch - columns, x, y);
        this.#descend(patch, x, y);
      }
    }
    for (let row = rows - 1; row >= 0; row--) {
      for (let column = columns - 1; column >= 0; column--) {
        const patch = row * columns + column;
        const [x, y] = [patchStart(column, width), patchStart(row, height)];
        this.#takePatch(x, y);
        let isBetter = column < columns - 1 && this.#borrow(patch, patch + 1, x, y);
        if (row < rows - 1) isBetter = this.#borrow(patch, patch + columns, x, y) || isBetter;
        if (isBetter) this.#descend(patch, x, y);
      }
    }
    return this.#field;
  }

  /** The mean of the patches over each cell, those counting most that look most like the other picture there. */
  densify(): FlowField {
    const { width, height, data } = this.#source;
    const { columns, rows, dx, dy } = this.#field;
    const sum = new Float64Array(width * height);
    const result = { width, height, dx: new Float32Array(sum.length), dy: new Float32Array(sum.length) };
    const [sumX, sumY] = [new Float64Array(sum.length), new Float64Array(sum.length)];
    for (let patch = 0; patch < columns * rows; patch++) {
      const x = patchStart(patch % columns, width);
      const y = patchStart(Math.floor(patch / columns), height);
      this.#readTarget(x, y, dx[patch]!, dy[patch]!);
      for (let i = 0; i < AREA; i++) {
        const cell = (y + (i >> 3)) * width + x + (i & 7);
        const weight = 1 / Math.max(SLIGHT_DIFFERENCE, Math.abs(this.#read[i]! - data[cell]!));
        sum[cell]! += weight;
        sumX[cell]! += weight * dx[patch]!;
        sumY[cell]! += weight * dy[patch]!;
      }
    }
    for (let cell = 0; cell < sum.length; cell++) {
      result.dx[cell] = sumX[cell]! / sum[cell]!;
      result.dy[cell] = sumY[cell]! / sum[cell]!;
    }
    return result;
  }

  #takePatch(x: number, y: number): void {
    const { width, data } = this.#source;
    let [value, slopeX, slopeY] = [0, 0, 0];
    for (let i = 0; i < AREA; i++) {
      const cell = (y + (i >> 3)) * width + x + (i & 7);
      this.#values[i] = data[cell]!;
      this.#slopeX[i] = this.#gradientX[cell]!;
      this.#slopeY[i] = this.#gradientY[cell]!;
      value += this.#values[i]!;
      slopeX += this.#slopeX[i]!;
      slopeY += this.#slopeY[i]!;
    }
    let [xx, xy, yy] = [STIFFNESS, 0, STIFFNESS];
    for (let i = 0; i < AREA; i++) {
      this.#values[i]! -= value / AREA;
      const sx = this.#slopeX[i]! - slopeX / AREA;
      const sy = this.#slopeY[i]! - slopeY / AREA;
      this.#slopeX[i] = sx;
      this.#slopeY[i] = sy;
      xx += sx * sx;
      xy += sx * sy;
      yy += sy * sy;
    }
    const determinant = xx * yy - xy * xy;
    this.#inverse = { xx: yy / determinant, xy: -xy / determinant, yy: xx / determinant };
  }

  /** The other picture under the displaced patch, bilinear: one displacement, so one set of weights. */
  #readTarget(x: number, y: number, dx: number, dy: number): void {
    const { data, stride, width, height } = this.#target;
    const left = Math.max(-BORDER, Math.min(width - SIDE + BORDER - 1, x + dx));
    const top = Math.max(-BORDER, Math.min(height - SIDE + BORDER - 1, y + dy));
    const column = Math.floor(left);
    const row = Math.floor(top);
    const [fx, fy] = [left - column, top - row];
    const [a, b, c, d] = [(1 - fx) * (1 - fy), fx * (1 - fy), (1 - fx) * fy, fx * fy];
    let at = (row + BORDER) * stride + column + BORDER;
    for (let i = 0; i < AREA; at += stride - SIDE) {
      for (const end = i + SIDE; i < end; i++, at++) {
        this.#read[i] =
          a * data[at]! + b * data[at + 1]! + c * data[at + stride]! + d * data[at + stride + 1]!;
      }
    }
  }

  /** The squared difference between the patch and what it is laid over, both less their means. */
  #measure(x: number, y: number, dx: number, dy: number): number {
    this.#readTarget(x, y, dx, dy);
    let mean = 0;
    for (let i = 0; i < AREA; i++) mean += this.#read[i]!;
    mean /= AREA;
    let [cost, pullX, pullY] = [0, 0, 0];
    for (let i = 0; i < AREA; i++) {
      const difference = this.#read[i]! - mean - this.#values[i]!;
      cost += difference * difference;
      pullX += difference * this.#slopeX[i]!;
      pullY += difference * this.#slopeY[i]!;
    }
    this.#pullX = pullX;
    this.#pullY = pullY;
    return cost;
  }

  /** Takes a neighbour's displacement where it fits better; true when it does. */
  #borrow(patch: number, neighbour: number, x: number, y: number): boolean {
    const { dx, dy } = this.#field;
    const cost = this.#measure(x, y, dx[neighbour]!, dy[neighbour]!);
    if (cost >= this.#cost[patch]!) return false;
    this.#cost[patch] = cost;
    dx[patch] = dx[neighbour]!;
    dy[patch] = dy[neighbour]!;
    return true;
  }

  #descend(patch: number, x: number, y: number): void {
    const { dx, dy } = this.#field;
    const { xx, xy, yy } = this.#inverse;
    const [startX, startY] = [dx[patch]!, dy[patch]!];
    let [atX, atY] = [startX, startY];
    this.#measure(x, y, atX, atY);
    for (let step = 0; step < MOST_STEPS; step++) {
      const moveX = xx * this.#pullX + xy * this.#pullY;
      const moveY = xy * this.#pullX + yy * this.#pullY;
      atX -= moveX;
      atY -= moveY;
      if (lengthOf(atX - startX, atY - startY) > LONGEST_DESCENT) return;
      const cost = this.#measure(x, y, atX, atY);
      if (cost >= this.#cost[patch]!) return;
      this.#cost[patch] = cost;
      dx[patch] = atX;
      dy[patch] = atY;
      if (lengthOf(moveX, moveY) < SETTLED) return;
    }
  }
}

/** Differences of contrast below this tell nothing. */
const SLIGHT_DIFFERENCE = 0.1;

/** Half the difference of the neighbours `step` cells apart; 0 on the grid's first and last cell in that direction. */
function gradient({ width, height, data }: Grid, step: number): Float32Array {
  const result = new Float32Array(data.length);
  const isAcross = step === 1;
  for (let y = isAcross ? 0 : 1; y < (isAcross ? height : height - 1); y++) {
    for (let x = isAcross ? 1 : 0; x < (isAcross ? width - 1 : width); x++) {
      const at = y * width + x;
      result[at] = (data[at + step]! - data[at - step]!) / 2;
    }
  }
  return result;
}

function withBorder({ width, height, data }: Grid): Target {
  const stride = width + 2 * BORDER;
  const padded = new Float32Array(stride * (height + 2 * BORDER));
  for (let y = -BORDER; y < height + BORDER; y++) {
    const row = Math.max(0, Math.min(height - 1, y)) * width;
    const at = (y + BORDER) * stride + BORDER;
    for (let x = -BORDER; x < width + BORDER; x++)
      padded[at + x] = data[row + Math.max(0, Math.min(width - 1, x))]!;
  }
  return { data: padded, stride, width, height };
}
