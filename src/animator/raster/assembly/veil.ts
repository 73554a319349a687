// The veil in WebAssembly SIMD. Arithmetic and reasons as in ../kernels.ts, byte for byte; ../veil-kernels-typescript.ts is the
// reference.

import { nothing } from './unforeseen';

/**
 * Sum and factor on a line through a cell, from the nodes above and below: left factor, left sum, right factor, right
 * sum.
 */
// @ts-ignore: decorator
@inline
function nodesAt(top: v128, bottom: v128, down: v128, shift: i32): v128 {
  return i32x4.add(top, i32x4.shr_s(i32x4.mul(i32x4.sub(bottom, top), down), shift));
}

/** Four samples, as 32-bit lanes, times their factors plus their sums and the dither; whole numbers. */
// @ts-ignore: decorator
@inline
function veiled(samples: v128, factors: v128, sums: v128, dither: usize): v128 {
  return i32x4.shr_s(i32x4.add(i32x4.add(i32x4.mul(samples, factors), sums), v128.load(dither)), 16);
}

/** `left + i * step` for four samples in a row. */
// @ts-ignore: decorator
@inline
function along(left: v128, step: v128, lanes: v128): v128 {
  return i32x4.add(left, i32x4.mul(step, lanes));
}

// @ts-ignore: decorator
@inline
function stepOf(edges: v128, shift: i32): v128 {
  return i32x4.shr_s(i32x4.sub(v128.shuffle<i32>(edges, edges, 2, 3, 2, 3), edges), shift);
}

// @ts-ignore: decorator
@inline
function store(address: usize, near: v128, far: v128): void {
  const words = i16x8.narrow_i32x4_s(near, far);
  v128.store64_lane(address, i8x16.narrow_i16x8_u(words, words), 0);
}

export function veilLuma(
  target: usize, stride: i32, columns: i32, rows: i32,
  nodes: usize, nodeColumns: i32, dither: usize,
): void {
  const lanes = i32x4.add(i32x4(0, 1, 2, 3), i32x4.splat(nothing()));
  const lanesFar = i32x4.add(i32x4(4, 5, 6, 7), i32x4.splat(nothing()));
  const rowBytes = <usize>nodeColumns << 3;
  for (let row = 0; row < rows; row++) {
    for (let line = 0; line < 8; line++) {
      const down = i32x4.splat(line);
      const thresholds = dither + (<usize>line << 5);
      let node = nodes + <usize>row * rowBytes;
      let out = target + <usize>((row * 8 + line) * stride);
      for (let column = 0; column < columns; column++) {
        const edges = nodesAt(v128.load(node), v128.load(node + rowBytes), down, 3);
        const step = stepOf(edges, 3);
        const factor = v128.shuffle<i32>(edges, edges, 0, 0, 0, 0);
        const sum = v128.shuffle<i32>(edges, edges, 1, 1, 1, 1);
        const factorStep = v128.shuffle<i32>(step, step, 0, 0, 0, 0);
        const sumStep = v128.shuffle<i32>(step, step, 1, 1, 1, 1);
        const samples = v128.load8x8_u(out);
        store(
          out,
          veiled(i32x4.extend_low_i16x8_u(samples), along(factor, factorStep, lanes), along(sum, sumStep, lanes), thresholds),
          veiled(i32x4.extend_high_i16x8_u(samples), along(factor, factorStep, lanesFar), along(sum, sumStep, lanesFar), thresholds + 16),
        );
        node += 8;
        out += 8;
      }
    }
  }
}

/** Four chroma samples of the cell at (node). */
// @ts-ignore: decorator
@inline
function veiledCell(samples: v128, node: usize, rowBytes: usize, down: v128, lanes: v128, dither: usize): v128 {
  const edges = nodesAt(v128.load(node), v128.load(node + rowBytes), down, 2);
  const step = stepOf(edges, 2);
  return veiled(
    samples,
    along(v128.shuffle<i32>(edges, edges, 0, 0, 0, 0), v128.shuffle<i32>(step, step, 0, 0, 0, 0), lanes),
    along(v128.shuffle<i32>(edges, edges, 1, 1, 1, 1), v128.shuffle<i32>(step, step, 1, 1, 1, 1), lanes),
    dither,
  );
}

export function veilChroma(
  target: usize, stride: i32, columns: i32, rows: i32,
  nodes: usize, nodeColumns: i32, dither: usize,
): void {
  const lanes = i32x4.add(i32x4(0, 1, 2, 3), i32x4.splat(nothing()));
  const rowBytes = <usize>nodeColumns << 3;
  for (let row = 0; row < rows; row++) {
    for (let line = 0; line < 4; line++) {
      const down = i32x4.splat(line);
      const y = row * 4 + line;
      const thresholds = dither + (<usize>(y & 7) << 5);
      let node = nodes + <usize>row * rowBytes;
      let out = target + <usize>(y * stride);
      for (let column = 0; column < columns; column += 2) {
        const samples = v128.load8x8_u(out);
        store(
          out,
          veiledCell(i32x4.extend_low_i16x8_u(samples), node, rowBytes, down, lanes, thresholds),
          veiledCell(i32x4.extend_high_i16x8_u(samples), node + 8, rowBytes, down, lanes, thresholds + 16),
        );
        node += 16;
        out += 8;
      }
    }
  }
}
