/**
 * The frame kernels in plain TypeScript: the reference for the WebAssembly ones, and their stand-in where those cannot
 * run. About a third as fast (see `bench/kernels.ts`), which at 720p is still three times faster than the clip plays.
 */
import {
  CELL_SIDE,
  FULL_WEIGHT,
  GRAIN_TILE_SIDE,
  type Grain,
  type KernelMemory,
  type Kernels,
  type WarpMap,
  type WarpSource,
  type WarpTarget,
} from './kernels.ts';

const GRAIN_WRAP = GRAIN_TILE_SIDE - 1;

export function createTypeScriptKernels(memory: KernelMemory): Kernels {
  const bytes = new Uint8Array(memory.buffer);
  const grains = new Int8Array(memory.buffer);
  const words = new Int32Array(memory.buffer);
  return {
    warpLuma: (source, map, target, grain) => warpLuma(bytes, grains, words, source, map, target, grain),
    warpChroma: (source, map, target) => warpChroma(bytes, words, source, map, target),
    dissolve: (target, over, byteLength, weight) => {
      const keep = FULL_WEIGHT - weight;
      for (let at = 0; at < byteLength; at += 1) {
        bytes[target + at] = (bytes[target + at]! * keep + bytes[over + at]! * weight + 128) >> 8;
      }
    },
  };
}

/** (a * b + 2^14) >> 15: a product of two Q15 numbers, or of any number with a Q15 weight. */
function multiplyQ15(a: number, b: number): number {
  return (Math.imul(a, b) + 0x4000) >> 15;
}

/** The Q6 value at a 16.16 position, bilinear. */
function sampleAt(bytes: Uint8Array, address: number, stride: number, u: number, v: number): number {
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

function withGrain(value: number, { base, slope }: Grain, tileValue: number): number {
  const t = value << 1;
  const middle = multiplyQ15(t, 0x7fff - t) << 1;
  return value + multiplyQ15(tileValue, base + multiplyQ15(middle, slope));
}

function toByte(valueQ6: number): number {
  const rounded = (valueQ6 + 32) >> 6;
  return Math.max(0, Math.min(255, rounded));
}

function warpLuma(
  bytes: Uint8Array,
  grains: Int8Array,
  words: Int32Array,
  { address, stride, halvings }: WarpSource,
  map: WarpMap,
  target: WarpTarget,
  grain: Grain | undefined,
): void {
  for (let y = 0; y < target.rows * CELL_SIDE; y += 1) {
    const line = y % CELL_SIDE;
    const tileRow = grain && grain.address + ((y + grain.offsetY) & GRAIN_WRAP) * GRAIN_TILE_SIDE;
    for (let column = 0; column < target.columns; column += 1) {
      const node = (map.address >> 2) + 2 * (((y - line) / CELL_SIDE) * map.columns + column);
      const below = node + 2 * map.columns;
      const left = edgeAt(words, node, below, line, 3);
      const top = edgeAt(words, node + 1, below + 1, line, 3);
      const du = (edgeAt(words, node + 2, below + 2, line, 3) - left) >> 3;
      const dv = (edgeAt(words, node + 3, below + 3, line, 3) - top) >> 3;
      const x = column * CELL_SIDE;
      const out = target.address + y * target.stride + x;
      for (let i = 0; i < CELL_SIDE; i += 1) {
        let value = sampleAt(bytes, address, stride, (left + i * du) >> halvings, (top + i * dv) >> halvings);
        if (tileRow !== undefined) {
          value = withGrain(value, grain!, grains[tileRow + ((x + grain!.offsetX + i) & GRAIN_WRAP)]!);
        }
        bytes[out + i] = toByte(value);
      }
    }
  }
}

/** The map along a cell's edge, `step` parts of 2^shift below its upper node. */
function edgeAt(words: Int32Array, node: number, below: number, step: number, shift: number): number {
  return words[node]! + (((words[below]! - words[node]!) * step) >> shift);
}

function warpChroma(
  bytes: Uint8Array,
  words: Int32Array,
  { address, stride, halvings }: WarpSource,
  map: WarpMap,
  target: WarpTarget,
): void {
  const side = CELL_SIDE / 2;
  for (let y = 0; y < target.rows * side; y += 1) {
    const line = y % side;
    // Half a luma row below an even one, in sixteenths of the cell; one unit of the map is that half row.
    const step = 4 * line + 1;
    for (let column = 0; column < target.columns; column += 1) {
      const node = (map.address >> 2) + 2 * (((y - line) / side) * map.columns + column);
      const below = node + 2 * map.columns;
      const left = edgeAt(words, node, below, step, 4);
      const top = edgeAt(words, node + 1, below + 1, step, 4);
      const du = (edgeAt(words, node + 2, below + 2, step, 4) - left) >> 2;
      const dv = (edgeAt(words, node + 3, below + 3, step, 4) - top) >> 2;
      const out = target.address + y * target.stride + column * side;
      for (let i = 0; i < side; i += 1) {
        const u = (left + i * du) >> halvings;
        const v = (top - 0x10000 + i * dv) >> halvings;
        bytes[out + i] = toByte(sampleAt(bytes, address, stride, u, v));
      }
    }
  }
}
