// The frame kernels in WebAssembly SIMD. The arithmetic and its reasons are in ../kernels.ts; ../kernels-typescript.ts is
// the reference that this must match byte for byte, so only fixed-width instructions with one defined result are used
// (no relaxed SIMD). All memory is the caller's: nothing is allocated here.

/** Eight bytes at (address), (address + 1) as 16-bit lanes: the sample in the low byte, its right neighbour in the high. */
// @ts-ignore: decorator
@inline
function gather(origin: usize, near: v128, far: v128): v128 {
  let pairs = v128.load16_splat(origin + i32x4.extract_lane(near, 0));
  pairs = v128.load16_lane(origin + i32x4.extract_lane(near, 1), pairs, 1);
  pairs = v128.load16_lane(origin + i32x4.extract_lane(near, 2), pairs, 2);
  pairs = v128.load16_lane(origin + i32x4.extract_lane(near, 3), pairs, 3);
  pairs = v128.load16_lane(origin + i32x4.extract_lane(far, 0), pairs, 4);
  pairs = v128.load16_lane(origin + i32x4.extract_lane(far, 1), pairs, 5);
  pairs = v128.load16_lane(origin + i32x4.extract_lane(far, 2), pairs, 6);
  return v128.load16_lane(origin + i32x4.extract_lane(far, 3), pairs, 7);
}

/** Linear interpolation in Q6 with a 15-bit weight. */
// @ts-ignore: decorator
@inline
function lerp(from: v128, to: v128, weight: v128): v128 {
  return i16x8.add(from, i16x8.q15mulr_sat_s(i16x8.sub(to, from), weight));
}

/** Splits the pairs of `gather` and interpolates between the two samples of each. */
// @ts-ignore: decorator
@inline
function lerpPairs(pairs: v128, weight: v128): v128 {
  const left = i16x8.shl(v128.and(pairs, i16x8.splat(0xff)), 6);
  const right = i16x8.shl(i16x8.shr_u(pairs, 8), 6);
  return lerp(left, right, weight);
}

/** The 15 bits below the whole part of eight 16.16 positions. */
// @ts-ignore: decorator
@inline
function weights(near: v128, far: v128): v128 {
  const mask = i32x4.splat(0x7fff);
  return i16x8.narrow_i32x4_s(v128.and(i32x4.shr_u(near, 1), mask), v128.and(i32x4.shr_u(far, 1), mask));
}

/** Whole parts (v, u) as 16-bit halves of each lane, multiplied by (stride, 1) and summed: four addresses at once. */
// @ts-ignore: decorator
@inline
function addresses(u: v128, v: v128, strideAndOne: v128): v128 {
  const wholes = v128.or(v128.and(v, i32x4.splat(0xffff0000)), i32x4.shr_u(u, 16));
  return i32x4.dot_i16x8_s(wholes, strideAndOne);
}

/** Eight samples in Q6 at the given 16.16 positions. */
// @ts-ignore: decorator
@inline
function sample(source: usize, stride: i32, uNear: v128, uFar: v128, vNear: v128, vFar: v128): v128 {
  const strideAndOne = i32x4.splat((stride << 16) | 1);
  const near = addresses(uNear, vNear, strideAndOne);
  const far = addresses(uFar, vFar, strideAndOne);
  const across = weights(uNear, uFar);
  const top = lerpPairs(gather(source, near, far), across);
  const bottom = lerpPairs(gather(source + stride, near, far), across);
  return lerp(top, bottom, weights(vNear, vFar));
}

/** Q6 to eight bytes. */
// @ts-ignore: decorator
@inline
function storeRounded(address: usize, value: v128): void {
  const rounded = i16x8.shr_s(i16x8.add(value, i16x8.splat(32)), 6);
  v128.store64_lane(address, i8x16.narrow_i16x8_u(rounded, rounded), 0);
}

// @ts-ignore: decorator
@inline
function addGrain(value: v128, tile: usize, base: i32, slope: i32): v128 {
  const t = i16x8.shl(value, 1);
  const middle = i16x8.shl(i16x8.q15mulr_sat_s(t, i16x8.sub(i16x8.splat(0x7fff), t)), 1);
  const amplitude = i16x8.add(i16x8.splat(<i16>base), i16x8.q15mulr_sat_s(middle, i16x8.splat(<i16>slope)));
  return i16x8.add(value, i16x8.q15mulr_sat_s(v128.load8x8_s(tile), amplitude));
}

/** The map on a line through a cell, from the nodes above and below: left U, left V, right U, right V. */
// @ts-ignore: decorator
@inline
function edgesAt(top: v128, bottom: v128, down: v128, shift: i32): v128 {
  return i32x4.add(top, i32x4.shr_s(i32x4.mul(i32x4.sub(bottom, top), down), shift));
}

// Both warps go line by line over the whole width: reading ahead along two source rows suits the memory better than
// seventeen at once (5 % at 720p, up to a quarter at 1080p).

export function warpLuma(
  source: usize, stride: i32, halvings: i32,
  map: usize, mapColumns: i32,
  target: usize, targetStride: i32, columns: i32, rows: i32,
  grain: usize, grainBase: i32, grainSlope: i32, grainX: i32, grainY: i32,
): void {
  const lanes = i32x4(0, 1, 2, 3);
  for (let row = 0; row < rows; row++) {
    for (let line = 0; line < 8; line++) {
      const y = row * 8 + line;
      const down = i32x4.splat(line);
      const tileRow = grain + <usize>(((y + grainY) & 255) << 8);
      let node = map + (<usize>(row * mapColumns) << 3);
      let out = target + <usize>(y * targetStride);
      for (let column = 0; column < columns; column++) {
        const edges = edgesAt(v128.load(node), v128.load(node + (<usize>mapColumns << 3)), down, 3);
        const u = v128.shuffle<i32>(edges, edges, 0, 0, 0, 0);
        const v = v128.shuffle<i32>(edges, edges, 1, 1, 1, 1);
        const du = i32x4.shr_s(i32x4.sub(v128.shuffle<i32>(edges, edges, 2, 2, 2, 2), u), 3);
        const dv = i32x4.shr_s(i32x4.sub(v128.shuffle<i32>(edges, edges, 3, 3, 3, 3), v), 3);
        const uNear = i32x4.add(u, i32x4.mul(du, lanes));
        const vNear = i32x4.add(v, i32x4.mul(dv, lanes));
        const uFar = i32x4.add(uNear, i32x4.shl(du, 2));
        const vFar = i32x4.add(vNear, i32x4.shl(dv, 2));
        let value = sample(
          source, stride,
          i32x4.shr_s(uNear, halvings), i32x4.shr_s(uFar, halvings),
          i32x4.shr_s(vNear, halvings), i32x4.shr_s(vFar, halvings),
        );
        if (grainBase) {
          value = addGrain(value, tileRow + <usize>((column * 8 + grainX) & 255), grainBase, grainSlope);
        }
        storeRounded(out, value);
        node += 8;
        out += 8;
      }
    }
  }
}

/** Positions along one line of a chroma cell: left + i * ((right - left) >> 2). */
// @ts-ignore: decorator
@inline
function spread(left: v128, right: v128, lanes: v128): v128 {
  return i32x4.add(left, i32x4.mul(i32x4.shr_s(i32x4.sub(right, left), 2), lanes));
}

export function warpChroma(
  source: usize, stride: i32, halvings: i32,
  map: usize, mapColumns: i32,
  target: usize, targetStride: i32, columns: i32, rows: i32,
): void {
  const lanes = i32x4(0, 1, 2, 3);
  const halfRow = i32x4.splat(0x10000);
  for (let row = 0; row < rows; row++) {
    for (let line = 0; line < 4; line++) {
      const down = i32x4.splat(4 * line + 1);
      let node = map + (<usize>(row * mapColumns) << 3);
      let out = target + <usize>((row * 4 + line) * targetStride);
      for (let column = 0; column < columns; column += 2) {
        const below = node + (<usize>mapColumns << 3);
        const near = edgesAt(v128.load(node), v128.load(below), down, 4);
        const far = edgesAt(v128.load(node + 8), v128.load(below + 8), down, 4);
        const uNear = spread(v128.shuffle<i32>(near, near, 0, 0, 0, 0), v128.shuffle<i32>(near, near, 2, 2, 2, 2), lanes);
        const vNear = spread(v128.shuffle<i32>(near, near, 1, 1, 1, 1), v128.shuffle<i32>(near, near, 3, 3, 3, 3), lanes);
        const uFar = spread(v128.shuffle<i32>(far, far, 0, 0, 0, 0), v128.shuffle<i32>(far, far, 2, 2, 2, 2), lanes);
        const vFar = spread(v128.shuffle<i32>(far, far, 1, 1, 1, 1), v128.shuffle<i32>(far, far, 3, 3, 3, 3), lanes);
        const value = sample(
          source, stride,
          i32x4.shr_s(uNear, halvings), i32x4.shr_s(uFar, halvings),
          i32x4.shr_s(i32x4.sub(vNear, halfRow), halvings), i32x4.shr_s(i32x4.sub(vFar, halfRow), halvings),
        );
        storeRounded(out, value);
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
