// The map kernels in WebAssembly SIMD. The arithmetic and its reasons are in ../map-kernels.ts; ../map-kernels-typescript.ts is the reference that
// they must match byte for byte.

import {
  clampTo, loadPosition, offsetOf, OUTER_REACH, pair, storePosition, storeUnits, valueAt, vectorAt,
} from './places';
import { nothing } from './unforeseen';

/** A position of the picture in cells of a grid, from the first cell's centre. */
// @ts-ignore: decorator
@inline
function toGrid(position: v128, cellsPerPixel: v128, half: v128): v128 {
  return f64x2.sub(f64x2.mul(f64x2.add(position, half), cellsPerPixel), half);
}

/** The cell that a place inside the grid belongs to: never one of the last ones, which have no right or lower neighbour. */
// @ts-ignore: decorator
@inline
function cellAt(inside: v128, lastCell: v128): v128 {
  return f64x2.pmin(f64x2.floor(inside), lastCell);
}

export function placeNodes(
  x: usize, y: usize, columns: i32, rows: i32, width: i32, height: i32, beyondX: i32, beyondY: i32, rowTerms: usize,
  cosine: f64, sine: f64, panX: f64, panY: f64, truckX: f64, truckY: f64, dolly: f64, pivot: f64, steps: i32,
  depth: usize, depthWidth: i32, depthHeight: i32,
): void {
  const centre = pair(<f64>(width - 1) / 2, <f64>(height - 1) / 2);
  const turn = pair(cosine, sine);
  const pan = pair(panX, panY);
  const truck = pair(truckX, truckY);
  const half = f64x2.splat(0.5 + <f64>nothing());
  const one = f64x2.splat(1 + <f64>nothing());
  const cellsPerPixel = pair(<f64>depthWidth / <f64>width, <f64>depthHeight / <f64>height);
  const last = pair(<f64>(depthWidth - 1), <f64>(depthHeight - 1));
  const lastCell = f64x2.sub(last, one);
  const rowBytes = <usize>depthWidth << 2;
  for (let row = 0; row < rows; row++) {
    const fromCentreY = <f64>min(8 * row, height - 1) - <f64>(height - 1) / 2;
    const down = pair(-(sine * fromCentreY), cosine * fromCentreY);
    const firstX = x + (<usize>(row * columns) << 3);
    const firstY = y + (<usize>(row * columns) << 3);
    for (let column = 0; column < columns; column++) {
      const fromCentreX = <f64>min(8 * column, width - 1) - <f64>(width - 1) / 2;
      const view = f64x2.add(f64x2.add(f64x2.mul(turn, f64x2.splat(fromCentreX)), down), pan);
      v128.store(rowTerms + (<usize>column << 4), view);
      storePosition(firstX + (<usize>column << 3), firstY + (<usize>column << 3), f64x2.add(view, centre));
    }
    // Step by step over the row instead of node by node: neighbours do not wait for each other.
    for (let step = 0; step < steps; step++) {
      for (let column = 0; column < columns; column++) {
        const atX = firstX + (<usize>column << 3);
        const atY = firstY + (<usize>column << 3);
        const inside = clampTo(toGrid(loadPosition(atX, atY), cellsPerPixel, half), last);
        const cell = cellAt(inside, lastCell);
        const w = valueAt(depth + offsetOf(cell, depthWidth), rowBytes, f64x2.sub(inside, cell));
        const scaled = f64x2.mul(v128.load(rowTerms + (<usize>column << 4)), f64x2.splat(1 - dolly * w));
        const shifted = f64x2.add(scaled, f64x2.mul(truck, f64x2.splat(w - pivot)));
        storePosition(atX, atY, f64x2.add(shifted, centre));
      }
    }
  }
  fitIntoPicture(x, columns * rows, <f64>(-beyondX), <f64>(width - 1 + beyondX));
  fitIntoPicture(y, columns * rows, <f64>(-beyondY), <f64>(height - 1 + beyondY));
}

/** MARGIN_SHARE and MARGIN_PER_OVERSHOOT of ../elastic-border.ts. */
const MARGIN_SHARE: f64 = 0.16;
const MARGIN_PER_OVERSHOOT: f64 = 2.2;

// @ts-ignore: decorator
@inline
function larger(a: f64, b: f64): f64 {
  return a > b ? a : b;
}

function fitIntoPicture(positions: usize, count: i32, first: f64, last: f64): void {
  let lowest = first;
  let highest = last;
  const end = positions + (<usize>count << 3);
  for (let at = positions; at < end; at += 8) {
    const position = load<f64>(at);
    if (position < lowest) lowest = position;
    if (position > highest) highest = position;
  }
  if (lowest == first && highest == last) return;
  const low = first - lowest;
  const high = highest - last;
  const length = last - first;
  const lowMargin = larger(MARGIN_SHARE * (length + 1), MARGIN_PER_OVERSHOOT * low);
  const highMargin = larger(MARGIN_SHARE * (length + 1), MARGIN_PER_OVERSHOOT * high);
  const lowPull = low / ((lowMargin + low) * (lowMargin + low));
  const highPull = high / ((highMargin + high) * (highMargin + high));
  for (let at = positions; at < end; at += 8) {
    const position = load<f64>(at);
    const insideLow = larger(0, first + lowMargin - position);
    const insideHigh = larger(0, position - (last - highMargin));
    const fitted = position + lowPull * insideLow * insideLow - highPull * insideHigh * insideHigh;
    store<f64>(at, larger(first, fitted < last ? fitted : last));
  }
}

export function displaceNodes(
  x: usize, y: usize, count: i32, width: i32, height: i32,
  along: usize, down: usize, gridWidth: i32, gridHeight: i32, share: f64,
): void {
  const half = f64x2.splat(0.5 + <f64>nothing());
  const cellsPerPixel = pair(<f64>gridWidth / <f64>width, <f64>gridHeight / <f64>height);
  const last = pair(<f64>(gridWidth - 1), <f64>(gridHeight - 1));
  const lastCell = f64x2.sub(last, f64x2.splat(1));
  const lastPixel = pair(<f64>(width - 1), <f64>(height - 1));
  const shares = f64x2.splat(share);
  const rowBytes = <usize>gridWidth << 2;
  for (let node: usize = 0; node < <usize>count << 3; node += 8) {
    const position = loadPosition(x + node, y + node);
    const inside = clampTo(toGrid(position, cellsPerPixel, half), last);
    const cell = cellAt(inside, lastCell);
    const offset = offsetOf(cell, gridWidth);
    const way = f64x2.sub(inside, cell);
    const cells = f64x2.mul(shares, vectorAt(along + offset, down + offset, rowBytes, way));
    const moved = f64x2.add(position, f64x2.div(cells, cellsPerPixel));
    storePosition(x + node, y + node, clampTo(moved, lastPixel));
  }
}

export function shiftNodes(
  x: usize, y: usize, columns: i32, rows: i32, fieldX: usize, fieldY: usize,
): void {
  const perNode = f64x2.splat(0.125 + <f64>nothing());
  const last = pair(<f64>(columns - 1), <f64>(rows - 1));
  const lastCell = f64x2.sub(last, f64x2.splat(1));
  const rowBytes = <usize>columns << 2;
  for (let node: usize = 0; node < <usize>(columns * rows) << 3; node += 8) {
    const position = loadPosition(x + node, y + node);
    const inside = clampTo(f64x2.mul(position, perNode), last);
    const cell = cellAt(inside, lastCell);
    const offset = offsetOf(cell, columns);
    const way = f64x2.sub(inside, cell);
    storePosition(
      x + node, y + node,
      f64x2.add(position, vectorAt(fieldX + offset, fieldY + offset, rowBytes, way)),
    );
  }
}

export function weighNodes(
  x: usize, y: usize, count: i32, width: i32, height: i32,
  grid: usize, gridWidth: i32, gridHeight: i32, weights: usize,
): void {
  const half = f64x2.splat(0.5 + <f64>nothing());
  const cellsPerPixel = pair(<f64>gridWidth / <f64>width, <f64>gridHeight / <f64>height);
  const last = pair(<f64>(gridWidth - 1), <f64>(gridHeight - 1));
  const lastCell = f64x2.sub(last, f64x2.splat(1));
  const rowBytes = <usize>gridWidth << 2;
  for (let node = 0; node < count; node++) {
    const position = loadPosition(x + (<usize>node << 3), y + (<usize>node << 3));
    const inside = clampTo(toGrid(position, cellsPerPixel, half), last);
    const cell = cellAt(inside, lastCell);
    const value = valueAt(grid + offsetOf(cell, gridWidth), rowBytes, f64x2.sub(inside, cell));
    const weight = larger(0, value < 1 ? value : 1);
    store<i16>(weights + (<usize>node << 1), <i16><i32>Math.floor(4096 * weight + 0.5));
  }
}

export function writeMap(
  x: usize, y: usize, columns: i32, rows: i32, width: i32, height: i32, beyondX: i32, beyondY: i32, map: usize,
): void {
  extendAxis(x, columns, rows, width, height);
  extendAxis(y, columns, rows, width, height);
  const last = pair(<f64>(width - 1), <f64>(height - 1));
  const reach = pair(OUTER_REACH + <f64>beyondX, OUTER_REACH + <f64>beyondY);
  for (let node: usize = 0; node < <usize>(columns * rows) << 3; node += 8) {
    storeUnits(map + node, loadPosition(x + node, y + node), last, reach);
  }
}

function extendAxis(positions: usize, columns: i32, rows: i32, width: i32, height: i32): void {
  for (let row = 0; row < rows; row++) {
    extrapolate(positions + (<usize>(row * columns) << 3), 8, width, columns);
  }
  for (let column = 0; column < columns; column++) {
    extrapolate(positions + (<usize>column << 3), <usize>columns << 3, height, rows);
  }
}

/** Continues the line from the last inner node through the outermost pixel; (step) bytes lie between nodes. */
function extrapolate(first: usize, step: usize, length: i32, count: i32): void {
  const edge = (length + 6) >> 3;
  const innerPosition = <f64>(8 * (edge - 1));
  const inner = load<f64>(first + <usize>(edge - 1) * step);
  const rise = load<f64>(first + <usize>edge * step) - inner;
  for (let node = edge; node < count; node++) {
    const beyond = rise * (<f64>(8 * node) - innerPosition);
    store<f64>(first + <usize>node * step, inner + beyond / (<f64>(length - 1) - innerPosition));
  }
}
