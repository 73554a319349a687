// The fluid passes in WebAssembly SIMD. ../fluid-kernels-typescript.ts is the reference that they must match byte for byte. A node of the
// maps is 8 bytes (U, V), one of the tone 4 (k, c).

import { addGrain, edgesAt, lerp, sampleCell, sampleCellPair, storeRounded } from './sampling';
import { nothing } from './unforeseen';

/** (k, c) on a line through a cell: left k, left c, right k, right c. */
// @ts-ignore: decorator
@inline
function toneEdges(node: usize, rowBytes: usize, down: v128, shift: i32): v128 {
  return edgesAt(v128.load16x4_s(node), v128.load16x4_s(node + rowBytes), down, shift);
}

/** mix + mix * k + (c >> 2), clamped to 0..255 in Q6. */
// @ts-ignore: decorator
@inline
function tune(mix: v128, k: v128, c: v128): v128 {
  const tuned = i16x8.add(i16x8.add(mix, i16x8.q15mulr_sat_s(mix, k)), i16x8.shr_s(c, 2));
  return i16x8.max_s(i16x8.min_s(tuned, i16x8.splat(255 << 6)), i16x8.splat(0));
}

/** Opacity in Q6 of 0..255 to Q15, 255 to the whole. */
// @ts-ignore: decorator
@inline
function toOpacity(alpha: v128): v128 {
  return i16x8.add(i16x8.shl(alpha, 1), i16x8.shr_s(alpha, 7));
}

/** Stores drawn + (value - drawn) * opacity * strength over what is drawn at (out). */
// @ts-ignore: decorator
@inline
function lay(out: usize, value: v128, opacity: v128, strength: i32): void {
  if (strength < 0x7fff) opacity = i16x8.q15mulr_sat_s(opacity, i16x8.splat(<i16>strength));
  storeRounded(out, lerp(i16x8.shl(v128.load8x8_u(out), 6), value, opacity));
}

export function flowLuma(
  plate: usize, plateStride: i32, plateHalvings: i32, tone: usize,
  cells: usize, matte: usize, matteStride: i32, matteHalvings: i32,
  base: usize, mapColumns: i32, first: usize, second: usize, secondWeight: i32, strength: i32,
  target: usize, targetStride: i32, columns: i32, rows: i32,
  grain: usize, grainBase: i32, grainSlope: i32, grainX: i32, grainY: i32,
): void {
  const lanes = i32x4.add(i32x4(0, 1, 2, 3), i32x4.splat(nothing()));
  const one = i16x8.splat(<i16>(1 + nothing()));
  const lanes16 = i16x8.add(i16x8(0, 1, 2, 3, 4, 5, 6, 7), i16x8.splat(<i16>nothing()));
  const rowBytes = <usize>mapColumns << 3;
  const weight = i16x8.splat(<i16>secondWeight);
  for (let row = 0; row < rows; row++) {
    for (let line = 0; line < 8; line++) {
      const y = row * 8 + line;
      const down = i32x4.splat(line);
      const tileRow = grain + <usize>(((y + grainY) & 255) << 8);
      const cellRow = cells + <usize>(row * columns);
      for (let column = 0; column < columns; column++) {
        const cell = load<u8>(cellRow + column);
        if (cell == 0) continue;
        const node = <usize>(row * mapColumns + column);
        const out = target + <usize>(y * targetStride + column * 8);
        let value = sampleCell(plate, plateStride, plateHalvings, first + (node << 3), rowBytes, down, lanes, one);
        if (second) {
          value = lerp(
            value,
            sampleCell(plate, plateStride, plateHalvings, second + (node << 3), rowBytes, down, lanes, one),
            weight,
          );
        }
        if (tone) {
          const edges = toneEdges(tone + (node << 2), rowBytes >> 1, down, 3);
          const steps = i32x4.shr_s(i32x4.sub(v128.shuffle<i32>(edges, edges, 2, 3, 2, 3), edges), 3);
          const k = i16x8.add(
            i16x8.splat(<i16>i32x4.extract_lane(edges, 0)),
            i16x8.mul(i16x8.splat(<i16>i32x4.extract_lane(steps, 0)), lanes16),
          );
          const c = i16x8.add(
            i16x8.splat(<i16>i32x4.extract_lane(edges, 1)),
            i16x8.mul(i16x8.splat(<i16>i32x4.extract_lane(steps, 1)), lanes16),
          );
          value = tune(value, k, c);
        }
        if (grainBase) {
          value = addGrain(value, tileRow + <usize>((column * 8 + grainX) & 255), grainBase, grainSlope);
        }
        let opacity = i16x8.splat(0x7fff);
        if (cell == 1) {
          opacity = toOpacity(
            sampleCell(matte, matteStride, matteHalvings, base + (node << 3), rowBytes, down, lanes, one),
          );
        }
        lay(out, value, opacity, strength);
      }
    }
  }
}

export function flowChroma(
  plate: usize, plateStride: i32, plateHalvings: i32, tone: usize,
  cells: usize, matte: usize, matteStride: i32, matteHalvings: i32,
  base: usize, mapColumns: i32, first: usize, second: usize, secondWeight: i32, strength: i32,
  target: usize, targetStride: i32, columns: i32, rows: i32,
): void {
  const lanes = i32x4.add(i32x4(0, 1, 2, 3), i32x4.splat(nothing()));
  const one = i16x8.splat(<i16>(1 + nothing()));
  const lanes16 = i16x8.add(i16x8(0, 1, 2, 3, 0, 1, 2, 3), i16x8.splat(<i16>nothing()));
  const rowBytes = <usize>mapColumns << 3;
  const weight = i16x8.splat(<i16>secondWeight);
  const halfRow = i32x4.splat(0x10000 + nothing());
  const level = i32x4.splat(nothing());
  for (let row = 0; row < rows; row++) {
    for (let line = 0; line < 4; line++) {
      const down = i32x4.splat(4 * line + 1);
      const cellRow = cells + <usize>(row * columns);
      for (let column = 0; column < columns; column += 2) {
        const pair = <i32>load<u16>(cellRow + column);
        if (pair == 0) continue;
        const node = <usize>(row * mapColumns + column);
        const out = target + <usize>((row * 4 + line) * targetStride + column * 4);
        let value = sampleCellPair(
          plate, plateStride, plateHalvings, first + (node << 3), rowBytes, down, lanes, halfRow, one,
        );
        if (second) {
          value = lerp(
            value,
            sampleCellPair(
              plate, plateStride, plateHalvings, second + (node << 3), rowBytes, down, lanes, halfRow, one,
            ),
            weight,
          );
        }
        if (tone) {
          const near = toneEdges(tone + (node << 2), rowBytes >> 1, down, 4);
          const far = toneEdges(tone + (node << 2) + 4, rowBytes >> 1, down, 4);
          const nearStep = i32x4.shr_s(i32x4.sub(v128.shuffle<i32>(near, near, 2, 3, 2, 3), near), 2);
          const farStep = i32x4.shr_s(i32x4.sub(v128.shuffle<i32>(far, far, 2, 3, 2, 3), far), 2);
          const k = i16x8.add(
            bothHalves(i32x4.extract_lane(near, 0), i32x4.extract_lane(far, 0)),
            i16x8.mul(bothHalves(i32x4.extract_lane(nearStep, 0), i32x4.extract_lane(farStep, 0)), lanes16),
          );
          const c = i16x8.add(
            bothHalves(i32x4.extract_lane(near, 1), i32x4.extract_lane(far, 1)),
            i16x8.mul(bothHalves(i32x4.extract_lane(nearStep, 1), i32x4.extract_lane(farStep, 1)), lanes16),
          );
          value = tune(value, k, c);
        }
        let opacity = i16x8.splat(0x7fff);
        if (pair != 0x0202) {
          opacity = toOpacity(sampleCellPair(
            matte, matteStride, matteHalvings, base + (node << 3), rowBytes, down, lanes, level, one,
          ));
        }
        lay(out, value, opacity, strength);
      }
    }
  }
}

/** One value in the lower four lanes, another in the upper four. */
// @ts-ignore: decorator
@inline
function bothHalves(lower: i32, upper: i32): v128 {
  return v128.shuffle<i16>(i16x8.splat(<i16>lower), i16x8.splat(<i16>upper), 0, 1, 2, 3, 12, 13, 14, 15);
}
