// How all frame kernels read a plane, in WebAssembly SIMD: eight samples at a time, at positions that a map gives. The arithmetic and its reasons are
// in ../kernels.ts; ../fixed-point.ts is the reference that this must match byte for byte, so only fixed-width instructions with one defined
// result are used (no relaxed SIMD).

/** Eight bytes at (address), (address + 1) as 16-bit lanes: the sample in the low byte, its right neighbour in the high. */
// @ts-ignore: decorator
@inline
export function gather(origin: usize, near: v128, far: v128): v128 {
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
export function lerp(from: v128, to: v128, weight: v128): v128 {
  return i16x8.add(from, i16x8.q15mulr_sat_s(i16x8.sub(to, from), weight));
}

/** Splits the pairs of `gather` and interpolates between the two samples of each. */
// @ts-ignore: decorator
@inline
export function lerpPairs(pairs: v128, weight: v128): v128 {
  const left = i16x8.shr_u(i16x8.shl(pairs, 8), 2);
  const right = i16x8.shl(i16x8.shr_u(pairs, 8), 6);
  return lerp(left, right, weight);
}

/** The 15 bits below the whole part of eight 16.16 positions. */
// @ts-ignore: decorator
@inline
export function weights(near: v128, far: v128): v128 {
  return i16x8.narrow_i32x4_s(i32x4.shr_u(i32x4.shl(near, 16), 17), i32x4.shr_u(i32x4.shl(far, 16), 17));
}

/** Whole parts (v, u) as 16-bit halves of each lane, multiplied by (stride, 1) and summed: four addresses at once. */
// @ts-ignore: decorator
@inline
export function addresses(u: v128, v: v128, strideAndOne: v128): v128 {
  const wholes = v128.or(v128.and(v, i32x4.splat(0xffff0000)), i32x4.shr_u(u, 16));
  return i32x4.dot_i16x8_s(wholes, strideAndOne);
}

/** Pairs as `gather` makes them, from the 16 samples at (row): (columns) holds for each pair its left and its right column as bytes. */
// @ts-ignore: decorator
@inline
export function pick(row: usize, columns: v128): v128 {
  return i8x16.swizzle(v128.load(row), columns);
}

/**
 * Eight samples in Q6 at the given 16.16 positions. Nearly always they lie between the same two rows and within 16 samples of
 * the first: then one load and one swizzle a row take the place of eight loads.
 */
// @ts-ignore: decorator
@inline
export function sample(
  source: usize, stride: i32, uNear: v128, uFar: v128, vNear: v128, vFar: v128, one: v128,
): v128 {
  const columns = i16x8.narrow_i32x4_s(i32x4.shr_s(uNear, 16), i32x4.shr_s(uFar, 16));
  const rows = i16x8.narrow_i32x4_s(i32x4.shr_s(vNear, 16), i32x4.shr_s(vFar, 16));
  const column = i16x8.extract_lane_s(columns, 0);
  const row = i16x8.extract_lane_s(rows, 0);
  const left = i16x8.sub(columns, i16x8.splat(column));
  const right = i16x8.add(left, one);
  const below = i16x8.sub(rows, i16x8.splat(row));
  if (v128.any_true(v128.or(below, i16x8.shr_u(v128.or(left, right), 4)))) {
    return sampleApart(source, stride, uNear, uFar, vNear, vFar);
  }
  const across = weights(uNear, uFar);
  const pairs = v128.or(left, i16x8.shl(right, 8));
  const upper = source + <usize>(row * stride + column);
  return lerp(
    lerpPairs(pick(upper, pairs), across),
    lerpPairs(pick(upper + stride, pairs), across),
    weights(vNear, vFar),
  );
}

/** The same for samples that lie anywhere. */
// @ts-ignore: decorator
@inline
export function sampleApart(source: usize, stride: i32, uNear: v128, uFar: v128, vNear: v128, vFar: v128): v128 {
  const strideAndOne = i32x4.splat((stride << 16) | 1);
  const near = addresses(uNear, vNear, strideAndOne);
  const far = addresses(uFar, vFar, strideAndOne);
  const across = weights(uNear, uFar);
  return lerp(
    lerpPairs(gather(source, near, far), across),
    lerpPairs(gather(source + stride, near, far), across),
    weights(vNear, vFar),
  );
}

/** Q6 to eight bytes. */
// @ts-ignore: decorator
@inline
export function storeRounded(address: usize, value: v128): void {
  const rounded = i16x8.shr_s(i16x8.add(value, i16x8.splat(32)), 6);
  v128.store64_lane(address, i8x16.narrow_i16x8_u(rounded, rounded), 0);
}

// @ts-ignore: decorator
@inline
export function addGrain(value: v128, tile: usize, base: i32, slope: i32): v128 {
  const t = i16x8.shl(value, 1);
  const middle = i16x8.shl(i16x8.q15mulr_sat_s(t, i16x8.sub(i16x8.splat(0x7fff), t)), 1);
  const amplitude = i16x8.add(i16x8.splat(<i16>base), i16x8.q15mulr_sat_s(middle, i16x8.splat(<i16>slope)));
  return i16x8.add(value, i16x8.q15mulr_sat_s(v128.load8x8_s(tile), amplitude));
}

/** The map on a line through a cell, from the nodes above and below: left U, left V, right U, right V. */
// @ts-ignore: decorator
@inline
export function edgesAt(top: v128, bottom: v128, down: v128, shift: i32): v128 {
  return i32x4.add(top, i32x4.shr_s(i32x4.mul(i32x4.sub(bottom, top), down), shift));
}

/** Positions along one line of a chroma cell: left + i * ((right - left) >> 2). */
// @ts-ignore: decorator
@inline
export function spread(left: v128, right: v128, lanes: v128): v128 {
  return i32x4.add(left, i32x4.mul(i32x4.shr_s(i32x4.sub(right, left), 2), lanes));
}

/** Eight luma samples on a line through the cell whose upper left node is (node): positions are `left + i * step`. */
// @ts-ignore: decorator
@inline
export function sampleCell(
  source: usize, stride: i32, halvings: i32, node: usize, rowBytes: usize, down: v128, lanes: v128, one: v128,
): v128 {
  const edges = edgesAt(v128.load(node), v128.load(node + rowBytes), down, 3);
  const u = v128.shuffle<i32>(edges, edges, 0, 0, 0, 0);
  const v = v128.shuffle<i32>(edges, edges, 1, 1, 1, 1);
  const du = i32x4.shr_s(i32x4.sub(v128.shuffle<i32>(edges, edges, 2, 2, 2, 2), u), 3);
  const dv = i32x4.shr_s(i32x4.sub(v128.shuffle<i32>(edges, edges, 3, 3, 3, 3), v), 3);
  let uNear = i32x4.add(u, i32x4.mul(du, lanes));
  let vNear = i32x4.add(v, i32x4.mul(dv, lanes));
  let uFar = i32x4.add(uNear, i32x4.shl(du, 2));
  let vFar = i32x4.add(vNear, i32x4.shl(dv, 2));
  // A branch that always goes the same way is cheaper than four shifts by nothing.
  if (halvings) {
    uNear = i32x4.shr_s(uNear, halvings);
    uFar = i32x4.shr_s(uFar, halvings);
    vNear = i32x4.shr_s(vNear, halvings);
    vFar = i32x4.shr_s(vFar, halvings);
  }
  return sample(source, stride, uNear, uFar, vNear, vFar, one);
}

/** Eight chroma samples on a line through two cells, read (rise) above the map. */
// @ts-ignore: decorator
@inline
export function sampleCellPair(
  source: usize, stride: i32, halvings: i32, node: usize, rowBytes: usize,
  down: v128, lanes: v128, rise: v128, one: v128,
): v128 {
  const below = node + rowBytes;
  const near = edgesAt(v128.load(node), v128.load(below), down, 4);
  const far = edgesAt(v128.load(node + 8), v128.load(below + 8), down, 4);
  const uNear = spread(v128.shuffle<i32>(near, near, 0, 0, 0, 0), v128.shuffle<i32>(near, near, 2, 2, 2, 2), lanes);
  const vNear = spread(v128.shuffle<i32>(near, near, 1, 1, 1, 1), v128.shuffle<i32>(near, near, 3, 3, 3, 3), lanes);
  const uFar = spread(v128.shuffle<i32>(far, far, 0, 0, 0, 0), v128.shuffle<i32>(far, far, 2, 2, 2, 2), lanes);
  const vFar = spread(v128.shuffle<i32>(far, far, 1, 1, 1, 1), v128.shuffle<i32>(far, far, 3, 3, 3, 3), lanes);
  return sample(
    source, stride,
    i32x4.shr_s(uNear, halvings), i32x4.shr_s(uFar, halvings),
    i32x4.shr_s(i32x4.sub(vNear, rise), halvings), i32x4.shr_s(i32x4.sub(vFar, rise), halvings),
    one,
  );
}
