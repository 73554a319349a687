/** The kernels that make a picture's planes in plain TypeScript: the reference for `assembly/paint.ts`. */
import { fillDoubledPlane } from './doubled-plane.ts';
import { CHROMA_WEIGHTS, LUMA_WEIGHTS, type PaintKernels, type PixelRow } from './paint-kernels.ts';

export function createTypeScriptPaintKernels(bytes: Uint8Array): PaintKernels {
  return {
    paintLuma: (row, out, step) => paintLuma(bytes, row, out, step),
    paintChroma: (rows, outCb, outCr, step) => paintChroma(bytes, rows, outCb, outCr, step),
    doublePlane: (plane) => fillDoubledPlane(bytes, plane),
  };
}

function paintLuma(bytes: Uint8Array, { address, count }: PixelRow, out: number, step: number): void {
  const { red, green, blue, offset } = LUMA_WEIGHTS;
  for (let x = 0; x < count; x += 1) {
    const pixel = address + 4 * x;
    const sum = red * bytes[pixel]! + green * bytes[pixel + 1]! + blue * bytes[pixel + 2]!;
    bytes[out + x * step] = (sum + offset) >> 16;
  }
}

function paintChroma(
  bytes: Uint8Array,
  { address, count }: PixelRow,
  outCb: number,
  outCr: number,
  step: number,
): void {
  const { redToCb, greenToCb, half, greenToCr, blueToCr, offset } = CHROMA_WEIGHTS;
  for (let x = 0; x < count; x += 2) {
    const middle = address + 4 * x;
    const left = x === 0 ? middle : middle - 4;
    const red = weigh121(bytes, left, middle, 4 * count);
    const green = weigh121(bytes, left + 1, middle + 1, 4 * count);
    const blue = weigh121(bytes, left + 2, middle + 2, 4 * count);
    const at = (x / 2) * step;
    bytes[outCb + at] = (redToCb * red + greenToCb * green + half * blue + offset) >> 19;
    bytes[outCr + at] = (half * red + greenToCr * green + blueToCr * blue + offset) >> 19;
  }
}

/** 1-2-1 across, 1-1 down; `left` equals `middle` at the picture's edge. */
function weigh121(bytes: Uint8Array, left: number, middle: number, rowBytes: number): number {
  const upper = bytes[left]! + 2 * bytes[middle]! + bytes[middle + 4]!;
  return upper + bytes[left + rowBytes]! + 2 * bytes[middle + rowBytes]! + bytes[middle + rowBytes + 4]!;
}
