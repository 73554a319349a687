// The warps and the dissolve in WebAssembly SIMD. ../kernels-typescript.ts is the reference that they must match byte for byte. All
// memory is the caller's: nothing is allocated here.

import { addGrain, sampleCell, sampleCellPair, storeRounded } from './sampling';
import { nothing } from './unforeseen';

// Both warps go line by line over the whole width: reading ahead along two source rows suits the memory better than
// seventeen at once (5 % at 720p, up to a quarter at 1080p).

export function warpLuma(
  source: usize, stride: i32, halvings: i32,
  map: usize, mapColumns: i32,
  target: usize, targetStride: i32, columns: i32, rows: i32,
  grain: usize, grainBase: i32, grainSlope: i32, grainX: i32, grainY: i32,
  covered: usize,
): void {
  const lanes = i32x4.add(i32x4(0, 1, 2, 3), i32x4.splat(nothing()));
  const one = i16x8.splat(<i16>(1 + nothing()));
  const rowBytes = <usize>mapColumns << 3;
  for (let row = 0; row < rows; row++) {
    for (let line = 0; line < 8; line++) {
      const y = row * 8 + line;
      const down = i32x4.splat(line);
      const tileRow = grain + <usize>(((y + grainY) & 255) << 8);
      let node = map + (<usize>(row * mapColumns) << 3);
      let out = target + <usize>(y * targetStride);
      const cells = covered + <usize>(row * columns);
      for (let column = 0; column < columns; column++) {
        if (!covered || load<u8>(cells + column) != 2) {
          let value = sampleCell(source, stride, halvings, node, rowBytes, down, lanes, one);
          if (grainBase) {
            value = addGrain(value, tileRow + <usize>((column * 8 + grainX) & 255), grainBase, grainSlope);
          }
          storeRounded(out, value);
        }
        node += 8;
        out += 8;
      }
    }
  }
}

export function warpChroma(
  source: usize, stride: i32, halvings: i32,
  map: usize, mapColumns: i32,
  target: usize, targetStride: i32, columns: i32, rows: i32,
  covered: usize,
): void {
  const lanes = i32x4.add(i32x4(0, 1, 2, 3), i32x4.splat(nothing()));
  const one = i16x8.splat(<i16>(1 + nothing()));
  const rowBytes = <usize>mapColumns << 3;
  const halfRow = i32x4.splat(0x10000 + nothing());
  for (let row = 0; row < rows; row++) {
    for (let line = 0; line < 4; line++) {
      const down = i32x4.splat(4 * line + 1);
      let node = map + (<usize>(row * mapColumns) << 3);
      let out = target + <usize>((row * 4 + line) * targetStride);
      const cells = covered + <usize>(row * columns);
      for (let column = 0; column < columns; column += 2) {
        if (!covered || load<u16>(cells + column) != 0x0202) {
          storeRounded(out, sampleCellPair(source, stride, halvings, node, rowBytes, down, lanes, halfRow, one));
        }
        node += 16;
        out += 8;
      }
    }
  }
}

export function dissolve(target: usize, over: usize, byteLength: i32, weight: i32): void {
  const keep = i16x8.splat(<i16>(256 - weight));
  const take = i16x8.splat(<i16>weight);
  const half = i16x8.splat(128);
  for (let at: usize = 0; at < <usize>byteLength; at += 16) {
    const under = v128.load(target + at);
    const upper = v128.load(over + at);
    const low = i16x8.add(
      i16x8.mul(i16x8.extend_low_i8x16_u(under), keep),
      i16x8.mul(i16x8.extend_low_i8x16_u(upper), take),
    );
    const high = i16x8.add(
      i16x8.mul(i16x8.extend_high_i8x16_u(under), keep),
      i16x8.mul(i16x8.extend_high_i8x16_u(upper), take),
    );
    const mixed = i8x16.narrow_i16x8_u(
      i16x8.shr_u(i16x8.add(low, half), 8),
      i16x8.shr_u(i16x8.add(high, half), 8),
    );
    v128.store(target + at, mixed);
  }
}
