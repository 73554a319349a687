/**
 * A picture as the flow search compares it: luma, halved again and again, and at every level with the local brightness taken out and the local
 * contrast made even. Two pictures of one place at different hours look alike in it.
 */
import type { RgbaImage } from '../raster/picture.ts';
import { boxMean } from '../scene/box-filter.ts';
import type { Grid } from '../scene/scene.ts';

/** Long side of the finest level, in cells. */
export const FLOW_LONG_SIDE = 320;
/** Levels end where the next one would have a side shorter than this. */
const SHORTEST_SIDE = 10;

export interface ContrastLevel {
  /** Luma over its local deviation from its local mean: about -3..3, near 0 where nothing is to be seen. */
  readonly contrast: Grid;
  /** 0..1. */
  readonly luma: Grid;
  /** Local standard deviation of luma (0..1 scale): how much there is to recognise. */
  readonly texture: Grid;
}

/** Finest level first. */
export function createContrastPyramid(image: RgbaImage): readonly ContrastLevel[] {
  const levels: ContrastLevel[] = [];
  let luma = reduceLuma(image);
  for (;;) {
    levels.push(normaliseContrast(luma));
    if (Math.min(luma.width, luma.height) / 2 < SHORTEST_SIDE) return levels;
    luma = halve(luma);
  }
}

/** Cells around a cell that its brightness and contrast are judged against. */
const WINDOW_RADIUS = 6;
/** Deviation of luma (0..1 scale) that counts as noise: below it contrast is not raised. */
const NOISE_DEVIATION = 0.015;

function normaliseContrast(luma: Grid): ContrastLevel {
  const mean = boxMean(luma, WINDOW_RADIUS);
  const square = boxMean({ ...luma, data: luma.data.map((value) => value * value) }, WINDOW_RADIUS);
  const contrast = new Float32Array(luma.data.length);
  const texture = new Float32Array(luma.data.length);
  for (let i = 0; i < contrast.length; i++) {
    const deviation = Math.sqrt(Math.max(0, square.data[i]! - mean.data[i]! * mean.data[i]!));
    texture[i] = deviation;
    contrast[i] = (luma.data[i]! - mean.data[i]!) / (deviation + NOISE_DEVIATION);
  }
  return { luma, contrast: { ...luma, data: contrast }, texture: { ...luma, data: texture } };
}

/** Means over 2 x 2 cells, the last row or column of an odd side repeated. */
function halve({ width, height, data }: Grid): Grid {
  const half = { width: Math.ceil(width / 2), height: Math.ceil(height / 2) };
  const result = new Float32Array(half.width * half.height);
  for (let y = 0; y < half.height; y++) {
    const top = 2 * y * width;
    const bottom = Math.min(2 * y + 1, height - 1) * width;
    for (let x = 0; x < half.width; x++) {
      const right = Math.min(2 * x + 1, width - 1);
      result[y * half.width + x] =
        (data[top + 2 * x]! + data[top + right]! + data[bottom + 2 * x]! + data[bottom + right]!) / 4;
    }
  }
  return { ...half, data: result };
}

/** Luma 0..1 at a long side of 320 cells, every pixel counted by the share of it that a cell covers. */
function reduceLuma({ width, height, data }: RgbaImage): Grid {
  const scale = FLOW_LONG_SIDE / Math.max(width, height);
  const columns = Math.max(2, Math.round(width * scale));
  const rows = Math.max(2, Math.round(height * scale));
  const across = coverage(width, columns);
  const down = coverage(height, rows);
  const strips = new Float32Array(columns * height);
  for (let y = 0; y < height; y++) {
    for (const [x, { first, shares }] of across.entries()) {
      let sum = 0;
      for (const [k, share] of shares.entries()) {
        const pixel = 4 * (y * width + first + k);
        sum += share * (0.2126 * data[pixel]! + 0.7152 * data[pixel + 1]! + 0.0722 * data[pixel + 2]!);
      }
      strips[y * columns + x] = sum / 255;
    }
  }
  const result = new Float32Array(columns * rows);
  for (const [y, { first, shares }] of down.entries()) {
    for (const [k, share] of shares.entries()) {
      const strip = (first + k) * columns;
      for (let x = 0; x < columns; x++) result[y * columns + x]! += share * strips[strip + x]!;
    }
  }
  return { width: columns, height: rows, data: result };
}

interface Coverage {
  readonly first: number;
  /** Of the cell's area, pixel by pixel from `first`; they sum to 1. */
  readonly shares: readonly number[];
}

/** Which of `pixels` each of `cells` equal parts covers. */
function coverage(pixels: number, cells: number): readonly Coverage[] {
  return Array.from({ length: cells }, (_, cell) => {
    const start = (cell * pixels) / cells;
    const end = ((cell + 1) * pixels) / cells;
    const first = Math.floor(start);
    const last = Math.min(pixels, Math.ceil(end));
    const shares = Array.from(
      { length: last - first },
      (_, k) => (Math.min(end, first + k + 1) - Math.max(start, first + k)) / (end - start),
    );
    return { first, shares };
  });
}
