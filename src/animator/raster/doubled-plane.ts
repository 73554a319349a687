/**
 * Doubles a plane by Lanczos-3 interpolation in place: its even samples on even rows are given and stay as they are, every
 * other sample is interpolated from them, first along the rows, then down the columns.
 */
import type { PaddedPlane } from './memory-layout.ts';
import { LANCZOS_WEIGHTS } from './paint-kernels.ts';

const TAPS = 6;

/** `plane` is the doubled plane: width and height even, samples given at even columns of even rows. */
export function fillDoubledPlane(bytes: Uint8Array, plane: PaddedPlane): void {
  const { address, stride, width, height } = plane;
  for (let y = 0; y < height; y += 2) interpolateAlong(bytes, address + y * stride, width);
  const rows = new Array<number>(TAPS).fill(0);
  for (let y = 1; y < height; y += 2) {
    for (let tap = 0; tap < TAPS; tap += 1) rows[tap] = address + clamp(y - 5 + 2 * tap, height - 2) * stride;
    interpolateAcross(bytes, rows, address + y * stride, width);
  }
}

function clamp(index: number, last: number): number {
  return Math.max(0, Math.min(last, index));
}

/** The odd samples of one row from its even ones. */
function interpolateAlong(bytes: Uint8Array, row: number, width: number): void {
  const { outer, middle, inner } = LANCZOS_WEIGHTS;
  for (let x = 1; x < width; x += 2) {
    const inside = x >= 5 && x <= width - 7;
    const at = (offset: number) => bytes[row + (inside ? x + offset : clamp(x + offset, width - 2))]!;
    bytes[row + x] = round(outer * (at(-5) + at(5)) + middle * (at(-3) + at(3)) + inner * (at(-1) + at(1)));
  }
}

/** One odd row from the six even rows around it. */
function interpolateAcross(bytes: Uint8Array, rows: readonly number[], out: number, width: number): void {
  const { outer, middle, inner } = LANCZOS_WEIGHTS;
  const [a, b, c, d, e, f] = rows as [number, number, number, number, number, number];
  for (let x = 0; x < width; x += 1) {
    bytes[out + x] = round(
      outer * (bytes[a + x]! + bytes[f + x]!) +
        middle * (bytes[b + x]! + bytes[e + x]!) +
        inner * (bytes[c + x]! + bytes[d + x]!),
    );
  }
}

function round(sumQ14: number): number {
  const value = (sumQ14 + 8192) >> 14;
  return Math.max(0, Math.min(255, value));
}
