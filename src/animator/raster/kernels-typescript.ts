/**
 * The frame kernels in plain TypeScript: the reference for the WebAssembly ones, and their stand-in where those cannot
 * run. About a seventh as fast (see `bench/kernels.ts`), which at 720p is still twice as fast as the clip plays.
 */
import { edgeAt, grainColumn, grainRow, sampleAt, toByte, withGrain } from './fixed-point.ts';
import { createTypeScriptFluidKernels } from './fluid-kernels-typescript.ts';
import {
  CELL_OPAQUE,
  CELL_SIDE,
  FULL_WEIGHT,
  type Grain,
  type KernelMemory,
  type Kernels,
  type WarpMap,
  type WarpSource,
  type WarpTarget,
} from './kernels.ts';
import { createTypeScriptMixKernels } from './mix-kernels-typescript.ts';
import { createTypeScriptVeilKernels } from './veil-kernels-typescript.ts';

export function createTypeScriptKernels(memory: KernelMemory): Kernels {
  const bytes = new Uint8Array(memory.buffer);
  const grains = new Int8Array(memory.buffer);
  const words = new Int32Array(memory.buffer);
  return {
    warpLuma: (source, map, target, grain, covered) =>
      warpLuma(bytes, grains, words, source, map, target, grain, covered),
    warpChroma: (source, map, target, covered) => warpChroma(bytes, words, source, map, target, covered),
    ...createTypeScriptFluidKernels(memory),
    ...createTypeScriptVeilKernels(memory),
    ...createTypeScriptMixKernels(memory),
    dissolve: (target, over, byteLength, weight) => {
      const keep = FULL_WEIGHT - weight;
      for (let at = 0; at < byteLength; at += 1) {
        bytes[target + at] = (bytes[target + at]! * keep + bytes[over + at]! * weight + 128) >> 8;
      }
    },
  };
}

function warpLuma(
  bytes: Uint8Array,
  grains: Int8Array,
  words: Int32Array,
  { address, stride, halvings }: WarpSource,
  map: WarpMap,
  target: WarpTarget,
  grain: Grain | undefined,
  covered: number | undefined,
): void {
  for (let y = 0; y < target.rows * CELL_SIDE; y += 1) {
    const line = y % CELL_SIDE;
    const tileRow = grain && grainRow(grain, y);
    const cells = covered === undefined ? undefined : covered + ((y - line) / CELL_SIDE) * target.columns;
    for (let column = 0; column < target.columns; column += 1) {
      if (cells !== undefined && bytes[cells + column] === CELL_OPAQUE) continue;
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
          value = withGrain(value, grain!, grains[tileRow + grainColumn(grain!, x + i)]!);
        }
        bytes[out + i] = toByte(value);
      }
    }
  }
}

function warpChroma(
  bytes: Uint8Array,
  words: Int32Array,
  { address, stride, halvings }: WarpSource,
  map: WarpMap,
  target: WarpTarget,
  covered: number | undefined,
): void {
  const side = CELL_SIDE / 2;
  for (let y = 0; y < target.rows * side; y += 1) {
    const line = y % side;
    // Half a luma row below an even one, in sixteenths of the cell; one unit of the map is that half row.
    const step = 4 * line + 1;
    const cells = covered === undefined ? undefined : covered + ((y - line) / side) * target.columns;
    for (let column = 0; column < target.columns; column += 1) {
      if (cells !== undefined && bytes[cells + column] === CELL_OPAQUE) continue;
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
