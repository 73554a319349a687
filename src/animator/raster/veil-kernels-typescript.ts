/** The veil in plain TypeScript: the reference for that of `assembly/veil.ts`. */
import { edgeAt } from './fixed-point.ts';
import {
  CELL_SIDE,
  DITHER_SIDE,
  type KernelMemory,
  type Kernels,
  type VeilNodes,
  type WarpTarget,
} from './kernels.ts';

export function createTypeScriptVeilKernels(memory: KernelMemory): Pick<Kernels, 'veilLuma' | 'veilChroma'> {
  const bytes = new Uint8Array(memory.buffer);
  const clamped = new Uint8ClampedArray(bytes.buffer);
  const words = new Int32Array(memory.buffer);
  return {
    veilLuma: (target, nodes) => veil(clamped, words, target, nodes, CELL_SIDE, 3),
    veilChroma: (target, nodes) => veil(clamped, words, target, nodes, CELL_SIDE / 2, 2),
  };
}

/** `side` samples along a cell, a power of two: `side = 2^shift`. */
function veil(
  bytes: Uint8ClampedArray,
  words: Int32Array,
  target: WarpTarget,
  { address, columns, dither }: VeilNodes,
  side: number,
  shift: number,
): void {
  for (let y = 0; y < target.rows * side; y += 1) {
    const line = y % side;
    const thresholds = (dither >> 2) + (y % DITHER_SIDE) * DITHER_SIDE;
    for (let column = 0; column < target.columns; column += 1) {
      const node = (address >> 2) + 2 * (((y - line) / side) * columns + column);
      const below = node + 2 * columns;
      const factor = edgeAt(words, node, below, line, shift);
      const sum = edgeAt(words, node + 1, below + 1, line, shift);
      const factorStep = (edgeAt(words, node + 2, below + 2, line, shift) - factor) >> shift;
      const sumStep = (edgeAt(words, node + 3, below + 3, line, shift) - sum) >> shift;
      const x = column * side;
      const out = target.address + y * target.stride + x;
      for (let i = 0; i < side; i += 1) {
        const threshold = words[thresholds + ((x + i) % DITHER_SIDE)]!;
        const value = Math.imul(bytes[out + i]!, factor + i * factorStep) + sum + i * sumStep + threshold;
        bytes[out + i] = value >> 16;
      }
    }
  }
}
