// How the map kernels read values that cover a picture, in WebAssembly SIMD: x and y are the two lanes of a vector of Float64. The arithmetic is
// that of ../node-place.ts.

import { nothing } from './unforeseen';

/** Addresses of neighbouring values must not be negative: positions are clamped by this, lane for lane, to 0..(last). */
// @ts-ignore: decorator
@inline
export function clampTo(position: v128, last: v128): v128 {
  return f64x2.pmin(f64x2.pmax(position, f64x2.splat(<f64>nothing())), last);
}

/** x and y of a node. */
// @ts-ignore: decorator
@inline
export function loadPosition(x: usize, y: usize): v128 {
  return v128.load64_lane(y, v128.load64_zero(x), 1);
}

// @ts-ignore: decorator
@inline
export function storePosition(x: usize, y: usize, position: v128): void {
  v128.store64_lane(x, position, 0);
  v128.store64_lane(y, position, 1);
}

/** A whole number below 2^31 in each lane: 2^52 added leaves it in the lane's lower half. */
// @ts-ignore: decorator
@inline
function wholes(position: v128): v128 {
  return f64x2.add(position, f64x2.splat(4503599627370496.0 + <f64>nothing()));
}

/** Bytes from the first value to the one at (cell), whole columns and rows; (width) values in a row. */
// @ts-ignore: decorator
@inline
export function offsetOf(cell: v128, width: i32): usize {
  const whole = wholes(cell);
  return <usize>(i32x4.extract_lane(whole, 2) * width + i32x4.extract_lane(whole, 0)) << 2;
}

/** The bilinear value between the four at (address), (way) 0..1 from the first of them. */
// @ts-ignore: decorator
@inline
export function valueAt(address: usize, rowBytes: usize, way: v128): f64 {
  const upper = f64x2.promote_low_f32x4(v128.load64_zero(address));
  const lower = f64x2.promote_low_f32x4(v128.load64_zero(address + rowBytes));
  const left = v128.shuffle<i64>(upper, lower, 0, 2);
  const right = v128.shuffle<i64>(upper, lower, 1, 3);
  const across = f64x2.add(left, f64x2.mul(f64x2.sub(right, left), v128.shuffle<i64>(way, way, 0, 0)));
  const top = f64x2.extract_lane(across, 0);
  return top + (f64x2.extract_lane(across, 1) - top) * f64x2.extract_lane(way, 1);
}

/** The two fields' values at the same place, as lanes. */
// @ts-ignore: decorator
@inline
export function vectorAt(x: usize, y: usize, rowBytes: usize, way: v128): v128 {
  return f64x2.replace_lane(f64x2.splat(valueAt(x, rowBytes, way)), 1, valueAt(y, rowBytes, way));
}

// @ts-ignore: decorator
@inline
export function pair(x: f64, y: f64): v128 {
  return f64x2.replace_lane(f64x2.splat(x), 1, y);
}

/** UNITS_PER_PIXEL and OUTER_REACH of ../map-units.ts. */
const UNITS_PER_PIXEL: f64 = 131072;
export const OUTER_REACH: f64 = 20;

/** Writes U and V of a node; (last) is the outermost pixel of each axis, and no node lies farther than (reach) outside. */
// @ts-ignore: decorator
@inline
export function storeUnits(node: usize, position: v128, last: v128, reach: v128): void {
  const inReach = f64x2.pmin(f64x2.pmax(position, f64x2.neg(reach)), f64x2.add(last, reach));
  const scaled = f64x2.mul(inReach, f64x2.splat(UNITS_PER_PIXEL + <f64>nothing()));
  const units = f64x2.floor(f64x2.add(scaled, f64x2.splat(0.5 + <f64>nothing())));
  v128.store64_lane(node, i32x4.trunc_sat_f64x2_s_zero(units), 0);
}
