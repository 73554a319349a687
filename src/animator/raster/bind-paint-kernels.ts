/** The kernels that make a picture's planes, of the WebAssembly module, behind their contract. */
import { CHROMA_WEIGHTS, LANCZOS_WEIGHTS, LUMA_WEIGHTS, type PaintKernels } from './paint-kernels.ts';

/** The exports of `assembly/paint.ts`. */
export interface WasmPaintKernels {
  paintLuma(...values: readonly number[]): void;
  paintChroma(...values: readonly number[]): void;
  doublePlane(...values: readonly number[]): void;
}

export function bindPaintKernels(exports: WasmPaintKernels): PaintKernels {
  return {
    paintLuma({ address, count }, out, step) {
      const { red, green, blue, offset } = LUMA_WEIGHTS;
      exports.paintLuma(address, count, out, step, red, green, blue, offset);
    },
    paintChroma({ address, count }, outCb, outCr, step) {
      const { redToCb, greenToCb, half, greenToCr, blueToCr, offset } = CHROMA_WEIGHTS;
      exports.paintChroma(
        ...[address, address + 4 * count, count, outCb, outCr, step],
        ...[redToCb, greenToCb, half, greenToCr, blueToCr, offset],
      );
    },
    doublePlane({ address, stride, width, height }) {
      const { outer, middle, inner } = LANCZOS_WEIGHTS;
      exports.doublePlane(address, stride, width, height, outer, middle, inner);
    },
  };
}
