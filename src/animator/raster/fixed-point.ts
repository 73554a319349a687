/** The arithmetic that all frame kernels in TypeScript share; what it computes is set down in `kernels.ts`. */
import { GRAIN_TILE_SIDE, type Grain } from './kernels.ts';

const GRAIN_WRAP = GRAIN_TILE_SIDE - 1;

/** (a * b + 2^14) >> 15: a product of two Q15 numbers, or of any number with a Q15 weight. */
export function multiplyQ15(a: number, b: number): number {
  return (Math.imul(a, b) + 0x4000) >> 15;
}

/** The Q6 value at a 16.16 position, bilinear. */
export function sampleAt(bytes: Uint8Array, address: number, stride: number, u: number, v: number): number {
  const at = address + Math.imul(v >> 16, stride) + (u >> 16);
  const across = (u >>> 1) & 0x7fff;
  const top = lerpBytes(bytes[at]!, bytes[at + 1]!, across);
  const bottom = lerpBytes(bytes[at + stride]!, bytes[at + stride + 1]!, across);
  return top + multiplyQ15(bottom - top, (v >>> 1) & 0x7fff);
}

/** a + ((b - a) * weight + 2^14 >> 15) of two bytes in Q6: the factor 64 is taken out of the rounded shift. */
function lerpBytes(left: number, right: number, weight: number): number {
  return (left << 6) + ((Math.imul(right - left, weight) + 0x100) >> 9);
}

/** A node's value, or a map's, on a line through a cell: `step` parts of 2^shift below its upper node. */
export function edgeAt(
  values: Int32Array | Int16Array,
  node: number,
  below: number,
  step: number,
  shift: number,
): number {
  return values[node]! + (((values[below]! - values[node]!) * step) >> shift);
}

/** Address of the tile's row that a row of the frame takes its grain from. */
export function grainRow({ address, offsetY }: Grain, y: number): number {
  return address + ((y + offsetY) & GRAIN_WRAP) * GRAIN_TILE_SIDE;
}

export function grainColumn({ offsetX }: Grain, x: number): number {
  return (x + offsetX) & GRAIN_WRAP;
}

export function withGrain(value: number, { base, slope }: Grain, tileValue: number): number {
  const t = value << 1;
  const middle = multiplyQ15(t, 0x7fff - t) << 1;
  return value + multiplyQ15(tileValue, base + multiplyQ15(middle, slope));
}

export function toByte(valueQ6: number): number {
  const rounded = (valueQ6 + 32) >> 6;
  return Math.max(0, Math.min(255, rounded));
}
