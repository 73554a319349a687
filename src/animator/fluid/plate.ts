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
    const row = matte.subarray(y * width, (y + 1) * width);
    const first = row.findIndex((alpha) => alpha > 0);
    if (first === -1) continue;
    left = Math.min(left, first);
    right = Math.max(right, row.findLastIndex((alpha) => alpha > 0) + 1);
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
  const count = (pixels: Uint8Array) => pixels.reduce((sum, alpha) => sum + (alpha > UNKNOWN ? 1 : 0), 0);
  const known = count(eroded) >= 0.3 * count(opacity) ? eroded : opacity;
  return known.map((alpha) => Math.max(0, Math.min(255, (255 * (alpha - UNKNOWN)) / (KNOWN - UNKNOWN))));
}

/** The least opacity within `ERODED_PX`, not counting what lies outside the box; rows first, then columns. */
function erode(opacity: Uint8Array, columns: number, rows: number): Uint8Array {
  const across = new Uint8Array(opacity.length);
  for (let y = 0; y < rows; y += 1) erodeLine(opacity, across, y * columns, 1, columns);
  const eroded = new Uint8Array(opacity.length);
  for (let x = 0; x < columns; x += 1) erodeLine(across, eroded, x, columns, rows);
  return eroded;
}

function erodeLine(from: Uint8Array, to: Uint8Array, start: number, step: number, count: number): void {
  for (let i = 0; i < count; i += 1) {
    let least = 255;
    const last = Math.min(count - 1, i + ERODED_PX);
    for (let near = Math.max(0, i - ERODED_PX); near <= last; near += 1) {
      const opacity = from[start + near * step]!;
      if (opacity < least) least = opacity;
    }
    to[start + i * step] = least;
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
