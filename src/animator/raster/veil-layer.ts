/**
 * Draws a veil over a frame: its nodes in the kernels' memory, and the dither that keeps its slow gradients from
 * showing steps. 0.6 ms a 720p frame; in TypeScript, 5.
 */
import type { FrameBuffer } from './frame-buffer.ts';
import { DITHER_SIDE, type KernelMemory, type Kernels } from './kernels.ts';
import type { MemoryLayout } from './memory-layout.ts';
import type { NodeCount } from './source-map.ts';
import type { Veil } from './veil.ts';

export interface VeilAddresses extends NodeCount {
  readonly luma: number;
  readonly blue: number;
  readonly red: number;
  readonly dither: number;
}

export function reserveVeil(layout: MemoryLayout, { columns, rows }: NodeCount): VeilAddresses {
  const nodes = () => layout.reserve(8 * columns * rows);
  return {
    columns,
    rows,
    luma: nodes(),
    blue: nodes(),
    red: nodes(),
    dither: layout.reserve(4 * DITHER_SIDE * DITHER_SIDE),
  };
}

export function createVeilLayer(addresses: VeilAddresses, kernels: Kernels, { buffer }: KernelMemory) {
  const { columns, rows, dither } = addresses;
  const nodesAt = (address: number) => new Int32Array(buffer, address, 2 * columns * rows);
  const [luma, blue, red] = [nodesAt(addresses.luma), nodesAt(addresses.blue), nodesAt(addresses.red)];
  new Int32Array(buffer, dither).set(createThresholds());
  return {
    draw(veil: Veil, { y, u, v }: FrameBuffer): void {
      veil.write(luma, blue, red);
      kernels.veilLuma(y, { address: addresses.luma, columns, dither });
      kernels.veilChroma(u, { address: addresses.blue, columns, dither });
      kernels.veilChroma(v, { address: addresses.red, columns, dither });
    },
  };
}

/** Thresholds of an ordered dither (Bayer 1973), each of the 64 once, evenly spread over 0..65535. */
function createThresholds(): Int32Array {
  return Int32Array.from({ length: DITHER_SIDE * DITHER_SIDE }, (_, index) => {
    let threshold = 0;
    for (let bit = 0; bit < 3; bit += 1) {
      const x = (index >> bit) & 1;
      const y = (index >> (3 + bit)) & 1;
      threshold = 4 * threshold + 2 * (x ^ y) + y;
    }
    return (threshold + 0.5) * 1024;
  });
}
