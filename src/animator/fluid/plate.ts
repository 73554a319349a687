/**
 * The plate of a fluid: the fluid alone, with everything else painted over from its surroundings. Without it a moving sky would drag the
 * edges of leaves along, and water would make tree trunks wobble.
 */
import type { FrameSize } from '#domain/media/frame-size.ts';
import type { RgbaImage } from '../raster/picture.ts';
import { fillUnknown } from './fill-unknown.ts';

export interface FluidPlate {
  readonly image: RgbaImage;
  /** Where the plate's first pixel lies in the still, pixels; even. */
  readonly left: number;
  readonly top: number;
}

/** Pixels next to something else have a little of its colour. */
const ERODED_PX = 3;
/**
 * Opacity, eroded, from which and up to which a pixel counts as fluid. At a crisp edge the erosion alone decides; where a
 * matte only fades out the picture goes on under it.
 */
const UNKNOWN = 0.08 * 255;
const KNOWN = 0.5 * 255;

interface Box {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

/**
 * The plate for a matte, undefined where that shows nothing. It reaches `reachPx` beyond the matte on all sides; past the still's edge it
 * goes on as a mirror image.
 */
export function paintPlate(still: RgbaImage, matte: Uint8Array, reachPx: number): FluidPlate | undefined {
  const box = boundsOf(matte, still);
  if (box === undefined) return undefined;
  const known = knownPixels(matte, still, box);
  const filled = fillUnknown(cut(still, box), known);
  const reach = 2 * Math.ceil(reachPx / 2);
  return {
    image: extendMirrored(filled, reach),
    left: box.left - reach,
    top: box.top - reach,
  };
}

/** The smallest box with even corners around what is not transparent. */
function boundsOf(matte: Uint8Array, { width, height }: FrameSize): Box | undefined {
  let [left, top, right, bottom] = [width, height, 0, 0];
  for (let y = 0; y < height; y += 1) {
    const start = y * width;
    const end = start + width;
    let first = start;
    while (first < end && matte[first] === 0) first += 1;
    if (first === end) continue;
    let last = end - 1;
    while (matte[last] === 0) last -= 1;
    left = Math.min(left, first - start);
    right = Math.max(right, last - start + 1);
    top = Math.min(top, y);
    bottom = y + 1;
  }
  if (right === 0) return undefined;
  const even = (pixel: number) => pixel & ~1;
  return { left: even(left), top: even(top), right: even(right + 1), bottom: even(bottom + 1) };
}

/** How well each pixel of the box is known to show nothing but fluid, 0..255. A fluid too thin to be eroded is taken as it is. */
function knownPixels(matte: Uint8Array, { width }: FrameSize, box: Box): Uint8Array {
  const columns = box.right - box.left;
  const rows = box.bottom - box.top;
  const opacity = new Uint8Array(columns * rows);
  for (let y = 0; y < rows; y += 1) {
    const start = (box.top + y) * width + box.left;
    opacity.set(matte.subarray(start, start + columns), y * columns);
  }
  const eroded = erode(opacity, columns, rows);
  const known = countFluid(eroded) >= 0.3 * countFluid(opacity) ? eroded : opacity;
  return known.map((alpha) => KNOWLEDGE[alpha]!);
}

/** By opacity. */
const KNOWLEDGE = Uint8Array.from({ length: 256 }, (_, alpha) =>
  Math.max(0, Math.min(255, (255 * (alpha - UNKNOWN)) / (KNOWN - UNKNOWN))),
);

function countFluid(pixels: Uint8Array): number {
  let count = 0;
  for (let i = 0; i < pixels.length; i += 1) if (pixels[i]! > UNKNOWN) count += 1;
  return count;
}

/** The least opacity within `ERODED_PX`, not counting what lies outside the box; along rows first, then down columns. */
function erode(opacity: Uint8Array, columns: number, rows: number): Uint8Array {
  const across = opacity.slice();
  for (let y = 0; y < rows; y += 1) {
    for (let distance = 1; distance <= Math.min(ERODED_PX, columns - 1); distance += 1) {
      const start = y * columns;
      const count = columns - distance;
      lower(across, start, opacity, start + distance, count);
      lower(across, start + distance, opacity, start, count);
    }
  }
  const eroded = across.slice();
  for (let distance = 1; distance <= Math.min(ERODED_PX, rows - 1); distance += 1) {
    const count = (rows - distance) * columns;
    lower(eroded, 0, across, distance * columns, count);
    lower(eroded, distance * columns, across, 0, count);
  }
  return eroded;
}

/** Lowers `count` values to those of another array. */
function lower(values: Uint8Array, at: number, others: Uint8Array, from: number, count: number): void {
  for (let i = 0; i < count; i += 1) {
    const other = others[from + i]!;
    if (other < values[at + i]!) values[at + i] = other;
  }
}

function cut({ width, data }: RgbaImage, { left, top, right, bottom }: Box): RgbaImage {
  const columns = right - left;
  const image = new Uint8Array(4 * columns * (bottom - top));
  for (let y = top; y < bottom; y += 1)
    image.set(data.subarray(4 * (y * width + left), 4 * (y * width + right)), 4 * columns * (y - top));
  return { width: columns, height: bottom - top, data: image };
}

function extendMirrored({ width, height, data }: RgbaImage, reach: number): RgbaImage {
  const wide = width + 2 * reach;
  const high = height + 2 * reach;
  const from = new Uint32Array(data.buffer);
  const to = new Uint32Array(wide * high);
  for (let y = 0; y < high; y += 1) {
    const row = mirrored(y - reach, height) * width;
    to.set(from.subarray(row, row + width), y * wide + reach);
    for (let x = 1; x <= reach; x += 1) {
      to[y * wide + reach - x] = from[row + mirrored(-x, width)]!;
      to[y * wide + reach + width - 1 + x] = from[row + mirrored(width - 1 + x, width)]!;
    }
  }
  return { width: wide, height: high, data: new Uint8Array(to.buffer) };
}

/** The position's image between mirrors at the first and the last pixel, however far out. */
function mirrored(position: number, length: number): number {
  const period = Math.max(1, 2 * (length - 1));
  const within = ((position % period) + period) % period;
  return within < length ? within : period - within;
}
