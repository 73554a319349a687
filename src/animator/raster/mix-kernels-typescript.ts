/** The kernels that lay one frame over another by weights at nodes, in plain TypeScript: the reference for `assembly/mix.ts`. */
import { CELL_SIDE, type KernelMemory, type Kernels, type MixWeights, type WarpTarget } from './kernels.ts';

export function createTypeScriptMixKernels(memory: KernelMemory): Pick<Kernels, 'mixLuma' | 'mixChroma'> {
  const bytes = new Uint8Array(memory.buffer);
  const nodes = new Int16Array(memory.buffer);
  return {
    mixLuma: (target, over, weights) => mix(bytes, nodes, target, over, weights, CELL_SIDE),
    mixChroma: (target, over, weights) => mix(bytes, nodes, target, over, weights, CELL_SIDE / 2),
  };
}

function mix(
  bytes: Uint8Array,
  nodes: Int16Array,
  target: WarpTarget,
  over: number,
  weights: MixWeights,
  side: number,
): void {
  const shift = Math.log2(side);
  for (let y = 0; y < target.rows * side; y += 1) {
    const line = y % side;
    const row = (weights.address >> 1) + ((y - line) / side) * weights.columns;
    const edge = (column: number) => {
      const top = nodes[row + column]!;
      return top + (((nodes[row + weights.columns + column]! - top) * line) >> shift);
    };
    for (let column = 0; column < target.columns; column += 1) {
      const left = edge(column);
      const rise = edge(column + 1) - left;
      for (let i = 0; i < side; i += 1) {
        const weight = (left + ((rise * i) >> shift) + 8) >> 4;
        const at = y * target.stride + column * side + i;
        const under = bytes[target.address + at]! * (256 - weight);
        bytes[target.address + at] = (under + bytes[over + at]! * weight + 128) >> 8;
      }
    }
  }
}
