/**
 * Takes a part of a picture for a picture of its own, at any size: Lanczos-3, wide enough for reductions, and exact where a pixel falls on a
 * pixel.
 */
import type { FrameSize } from '#domain/media/frame-size.ts';
import type { RgbaImage } from './picture.ts';

/** In shares of the picture's sides; within the picture. */
export interface Part {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

const LOBES = 3;
const CHANNELS = 4;

export function cropPicture(image: RgbaImage, part: Part, size: FrameSize): RgbaImage {
  const columns = resampling(image.width, part.left, part.width, size.width);
  const rows = resampling(image.height, part.top, part.height, size.height);
  const firstRow = Math.min(...rows.map(({ first }) => first));
  const lastRow = Math.max(...rows.map(({ first, weights }) => first + weights.length));
  const strip = new Float32Array(CHANNELS * size.width * (lastRow - firstRow));
  for (let y = firstRow; y < lastRow; y++) {
    const out = CHANNELS * size.width * (y - firstRow);
    for (const [x, column] of columns.entries())
      addUp(
        image.data,
        CHANNELS * (y * image.width + column.first),
        CHANNELS,
        column,
        strip,
        out + CHANNELS * x,
      );
  }
  const data = new Uint8Array(CHANNELS * size.width * size.height);
  const sums = new Float32Array(CHANNELS);
  for (const [y, row] of rows.entries()) {
    for (let x = 0; x < size.width; x++) {
      const from = CHANNELS * (size.width * (row.first - firstRow) + x);
      addUp(strip, from, CHANNELS * size.width, row, sums, 0);
      for (let channel = 0; channel < CHANNELS; channel++) {
        const value = Math.round(sums[channel]!);
        data[CHANNELS * (y * size.width + x) + channel] = Math.max(0, Math.min(255, value));
      }
    }
  }
  return { ...size, data };
}

/** Which samples make one of the new ones, and how much each counts; the weights sum to 1. */
interface Taps {
  readonly first: number;
  readonly weights: Float64Array;
}

/** Taps of `count` samples that lie evenly over the share `start`..`start + share` of `length` old ones. */
function resampling(length: number, start: number, share: number, count: number): readonly Taps[] {
  const step = (share * length) / count;
  const reach = LOBES * Math.max(1, step);
  return Array.from({ length: count }, (_, i) => {
    const centre = start * length + (i + 0.5) * step - 0.5;
    const first = Math.max(0, Math.ceil(centre - reach + 1e-9));
    const last = Math.min(length - 1, Math.floor(centre + reach - 1e-9));
    const weights = new Float64Array(Math.max(1, last - first + 1));
    let sum = 0;
    for (let k = 0; k < weights.length; k++) {
      weights[k] = lanczos((first + k - centre) / Math.max(1, step));
      sum += weights[k]!;
    }
    return { first, weights: weights.map((weight) => weight / sum) };
  });
}

function lanczos(x: number): number {
  if (Math.abs(x) < 1e-9) return 1;
  if (Math.abs(x) >= LOBES) return 0;
  const turn = Math.PI * x;
  return (LOBES * Math.sin(turn) * Math.sin(turn / LOBES)) / (turn * turn);
}

/** The weighted sum of pixels that begin at `from`, `stride` values apart. */
function addUp(
  source: Uint8Array | Float32Array,
  from: number,
  stride: number,
  { weights }: Taps,
  target: Float32Array,
  to: number,
): void {
  let [red, green, blue, alpha] = [0, 0, 0, 0];
  for (let k = 0, at = from; k < weights.length; k++, at += stride) {
    const weight = weights[k]!;
    red += weight * source[at]!;
    green += weight * source[at + 1]!;
    blue += weight * source[at + 2]!;
    alpha += weight * source[at + 3]!;
  }
  target[to] = red;
  target[to + 1] = green;
  target[to + 2] = blue;
  target[to + 3] = alpha;
}
