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

/** Positions along one line of a chroma cell: left + i * ((right - left) >> 2). */
// @ts-ignore: decorator
@inline
function spread(left: v128, right: v128, lanes: v128): v128 {
  return i32x4.add(left, i32x4.mul(i32x4.shr_s(i32x4.sub(right, left), 2), lanes));
}

/** Eight luma samples on a line through the cell whose upper left node is (node): positions are `left + i * step`. */
// @ts-ignore: decorator
@inline
function sampleCell(
  source: usize, stride: i32, halvings: i32, node: usize, rowBytes: usize, down: v128, lanes: v128,
): v128 {
  const edges = edgesAt(v128.load(node), v128.load(node + rowBytes), down, 3);
  const u = v128.shuffle<i32>(edges, edges, 0, 0, 0, 0);
  const v = v128.shuffle<i32>(edges, edges, 1, 1, 1, 1);
  const du = i32x4.shr_s(i32x4.sub(v128.shuffle<i32>(edges, edges, 2, 2, 2, 2), u), 3);
  const dv = i32x4.shr_s(i32x4.sub(v128.shuffle<i32>(edges, edges, 3, 3, 3, 3), v), 3);
  const uNear = i32x4.add(u, i32x4.mul(du, lanes));
  const vNear = i32x4.add(v, i32x4.mul(dv, lanes));
  const uFar = i32x4.add(uNear, i32x4.shl(du, 2));
  const vFar = i32x4.add(vNear, i32x4.shl(dv, 2));
  return sample(
    source, stride,
    i32x4.shr_s(uNear, halvings), i32x4.shr_s(uFar, halvings),
    i32x4.shr_s(vNear, halvings), i32x4.shr_s(vFar, halvings),
  );
}

/** Eight chroma samples on a line through two cells, read (rise) above the map. */
// @ts-ignore: decorator
@inline
function sampleCellPair(
  source: usize, stride: i32, halvings: i32, node: usize, rowBytes: usize, down: v128, lanes: v128, rise: v128,
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
  );
}

// Both warps go line by line over the whole width: reading ahead along two source rows suits the memory better than
// seventeen at once (5 % at 720p, up to a quarter at 1080p).

export function warpLuma(
  source: usize, stride: i32, halvings: i32,
  map: usize, mapColumns: i32,
  target: usize, targetStride: i32, columns: i32, rows: i32,
  grain: usize, grainBase: i32, grainSlope: i32, grainX: i32, grainY: i32,
  covered: usize,
): void {
  const lanes = i32x4(0, 1, 2, 3);
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
          let value = sampleCell(source, stride, halvings, node, rowBytes, down, lanes);
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
  const lanes = i32x4(0, 1, 2, 3);
  const rowBytes = <usize>mapColumns << 3;
  const halfRow = i32x4.splat(0x10000);
  for (let row = 0; row < rows; row++) {
    for (let line = 0; line < 4; line++) {
      const down = i32x4.splat(4 * line + 1);
      let node = map + (<usize>(row * mapColumns) << 3);
      let out = target + <usize>((row * 4 + line) * targetStride);
      const cells = covered + <usize>(row * columns);
      for (let column = 0; column < columns; column += 2) {
        if (!covered || load<u16>(cells + column) != 0x0202) {
          storeRounded(out, sampleCellPair(source, stride, halvings, node, rowBytes, down, lanes, halfRow));
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

// The fluid passes. A node of the maps is 8 bytes (U, V), one of the tone 4 (k, c).

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
  const lanes = i32x4(0, 1, 2, 3);
  const lanes16 = i16x8(0, 1, 2, 3, 4, 5, 6, 7);
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
        let value = sampleCell(plate, plateStride, plateHalvings, first + (node << 3), rowBytes, down, lanes);
        if (second) {
          value = lerp(
            value,
            sampleCell(plate, plateStride, plateHalvings, second + (node << 3), rowBytes, down, lanes),
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
            sampleCell(matte, matteStride, matteHalvings, base + (node << 3), rowBytes, down, lanes),
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
  const lanes = i32x4(0, 1, 2, 3);
  const lanes16 = i16x8(0, 1, 2, 3, 0, 1, 2, 3);
  const rowBytes = <usize>mapColumns << 3;
  const weight = i16x8.splat(<i16>secondWeight);
  const halfRow = i32x4.splat(0x10000);
  const level = i32x4.splat(0);
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
          plate, plateStride, plateHalvings, first + (node << 3), rowBytes, down, lanes, halfRow,
        );
        if (second) {
          value = lerp(
            value,
            sampleCellPair(
              plate, plateStride, plateHalvings, second + (node << 3), rowBytes, down, lanes, halfRow,
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
            matte, matteStride, matteHalvings, base + (node << 3), rowBytes, down, lanes, level,
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
