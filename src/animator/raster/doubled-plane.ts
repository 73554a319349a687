/**
 * Doubles a plane by Lanczos-3 interpolation in place: its even samples on even rows are given and stay as they are, every
 * other sample is interpolated from them, first along the rows, then down the columns.
 */
import type { PaddedPlane } from './memory-layout.ts';

const TAPS = 6;

/** Q14 weights of the six samples around a midpoint, at distances -2.5 to 2.5; they sum to exactly one. */
const WEIGHTS: readonly number[] = lanczosWeights();

function lanczosWeights(): number[] {
  const sinc = (x: number) => Math.sin(Math.PI * x) / (Math.PI * x);
  const weights = [0.5, 1.5, 2.5].map((x) => sinc(x) * sinc(x / 3));
  const sum = 2 * weights.reduce((total, weight) => total + weight, 0);
  const outer = weights.slice(1).map((weight) => Math.round((weight / sum) * 16_384));
  const inner = 8192 - outer.reduce((total, weight) => total + weight, 0);
  return [outer[1]!, outer[0]!, inner, inner, outer[0]!, outer[1]!];
}

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
  const [outer, middle, inner] = WEIGHTS as [number, number, number];
  for (let x = 1; x < width; x += 2) {
    const inside = x >= 5 && x <= width - 7;
    const at = (offset: number) => bytes[row + (inside ? x + offset : clamp(x + offset, width - 2))]!;
    bytes[row + x] = round(outer * (at(-5) + at(5)) + middle * (at(-3) + at(3)) + inner * (at(-1) + at(1)));
  }
}

/** One odd row from the six even rows around it. */
function interpolateAcross(bytes: Uint8Array, rows: readonly number[], out: number, width: number): void {
  const [outer, middle, inner] = WEIGHTS as [number, number, number];
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
