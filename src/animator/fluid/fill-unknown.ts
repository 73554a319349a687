/**
 * Paints over unknown pixels from known ones around them by a pyramid (push-pull, Gortler et al. 1996): means of what is known are taken at
 * ever coarser scales until everything is covered, and each scale lends the next finer one what that does not know itself. Smooth, with no
 * direction of its own, and exact wherever pixels are known.
 */
import type { RgbaImage } from '../raster/picture.ts';

/** Red, green, blue and how well they are known (0..1), interleaved. */
interface Level {
  readonly width: number;
  readonly height: number;
  readonly data: Float32Array;
}

const CHANNELS = 4;

/**
 * Changes the pixels of `image` in place, as far as they are not known (a byte a pixel, 255 for known), and returns it; all of it
 * stays as it is when nothing is known.
 */
export function fillUnknown(image: RgbaImage, known: Uint8Array): RgbaImage {
  const levels = [halve(readImage(image, known))];
  while (levels.at(-1)!.width > 1 || levels.at(-1)!.height > 1) levels.push(halve(readLevel(levels.at(-1)!)));
  if (levels.at(-1)!.data[3] === 0) return image;
  for (let i = levels.length - 2; i >= 0; i -= 1) lend(levels[i + 1]!, levels[i]!);
  const colour = new Float32Array(CHANNELS);
  for (let y = 0, pixel = 0; y < image.height; y += 1) {
    for (let x = 0; x < image.width; x += 1, pixel += 1) {
      const weight = known[pixel]! / 255;
      if (weight === 1) continue;
      sampleFiner(levels[0]!, x, y, colour);
      for (let at = CHANNELS * pixel, c = 0; c < 3; c += 1, at += 1)
        image.data[at] = Math.round(weight * image.data[at]! + (1 - weight) * colour[c]!);
    }
  }
  return image;
}

/** How `halve` reads what lies below: adds pixel (x, y), weighted by how well it is known, to the sums at `at`. */
interface Source {
  readonly width: number;
  readonly height: number;
  add(x: number, y: number, sums: Float32Array, at: number): void;
}

function readImage({ width, height, data }: RgbaImage, known: Uint8Array): Source {
  return {
    width,
    height,
    add(x, y, sums, at) {
      const pixel = y * width + x;
      const weight = known[pixel]! / 255;
      if (weight === 0) return;
      for (let c = 0; c < 3; c += 1) sums[at + c]! += weight * data[CHANNELS * pixel + c]!;
      sums[at + 3]! += weight;
    },
  };
}

function readLevel({ width, height, data }: Level): Source {
  return {
    width,
    height,
    add(x, y, sums, at) {
      const from = CHANNELS * (y * width + x);
      const weight = data[from + 3]!;
      for (let c = 0; c < 3; c += 1) sums[at + c]! += weight * data[from + c]!;
      sums[at + 3]! += weight;
    },
  };
}

function halve(source: Source): Level {
  const width = Math.ceil(source.width / 2);
  const height = Math.ceil(source.height / 2);
  const data = new Float32Array(CHANNELS * width * height);
  for (let y = 0; y < source.height; y += 1) {
    for (let x = 0; x < source.width; x += 1)
      source.add(x, y, data, CHANNELS * ((y >> 1) * width + (x >> 1)));
  }
  for (let at = 0; at < data.length; at += CHANNELS) {
    const weight = data[at + 3]!;
    if (weight === 0) continue;
    for (let c = 0; c < 3; c += 1) data[at + c]! /= weight;
    data[at + 3] = Math.min(1, weight);
  }
  return { width, height, data };
}

/** What `fine` knows poorly it takes from `coarse`, which knows everything. */
function lend(coarse: Level, fine: Level): void {
  const colour = new Float32Array(CHANNELS);
  for (let y = 0, at = 0; y < fine.height; y += 1) {
    for (let x = 0; x < fine.width; x += 1, at += CHANNELS) {
      const weight = fine.data[at + 3]!;
      if (weight >= 1) continue;
      sampleFiner(coarse, x, y, colour);
      for (let c = 0; c < 3; c += 1)
        fine.data[at + c] = weight * fine.data[at + c]! + (1 - weight) * colour[c]!;
      fine.data[at + 3] = 1;
    }
  }
}

/** The colour at pixel (x, y) of a level twice as fine, bilinear. */
function sampleFiner({ width, height, data }: Level, x: number, y: number, colour: Float32Array): void {
  const column = Math.max(0, (x - 1) >> 1);
  const row = Math.max(0, (y - 1) >> 1);
  const right = Math.min(width - 1, column + 1);
  const lower = Math.min(height - 1, row + 1);
  const across = x === 0 ? 0 : x % 2 === 0 ? 0.75 : 0.25;
  const down = y === 0 ? 0 : y % 2 === 0 ? 0.75 : 0.25;
  for (let c = 0; c < 3; c += 1) {
    const at = (columnAt: number, rowAt: number) => data[CHANNELS * (rowAt * width + columnAt) + c]!;
    const top = at(column, row) + (at(right, row) - at(column, row)) * across;
    const bottom = at(column, lower) + (at(right, lower) - at(column, lower)) * across;
    colour[c] = top + (bottom - top) * down;
  }
}
