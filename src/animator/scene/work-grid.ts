/**
 * The picture as the analysis sees it: colour averaged over a grid with a long side of 320 cells, and the crispness of
 * every cell, which is taken from the full-resolution pixels because it is lost in any average.
 */
import type { RgbaImage } from '../raster/picture.ts';
import type { Grid } from './scene.ts';

const LONG_SIDE = 320;

export interface WorkGrid {
  readonly width: number;
  readonly height: number;
  /** 0..1. */
  readonly luma: Grid;
  /** Blue and red difference, about -0.5..0.5. */
  readonly blue: Grid;
  readonly red: Grid;
  /**
   * Largest Laplacian |4L - neighbours| of a cell's pixels, with L in 0..1. Clouds and blur are low even where their
   * gradient is not.
   */
  readonly crispness: Grid;
  /** Length of the luma gradient per cell. */
  readonly gradient: Grid;
}

export const emptyGrid = ({ width, height }: Pick<Grid, 'width' | 'height'>): Grid => ({
  width,
  height,
  data: new Float32Array(width * height),
});

/**
 * First pixel of each of `cells` equal parts of `length`, and `length` itself at the end; every part is at least one
 * pixel.
 */
function cellStarts(cells: number, length: number): Int32Array {
  return Int32Array.from({ length: cells + 1 }, (_, i) => Math.floor((i * length) / cells));
}

export function sampleWorkGrid(image: RgbaImage): WorkGrid {
  const long = Math.max(image.width, image.height);
  const shape = {
    width: Math.max(2, Math.round((LONG_SIDE * image.width) / long)),
    height: Math.max(2, Math.round((LONG_SIDE * image.height) / long)),
  };
  const colours = averageColours(image, shape);
  return {
    ...shape,
    ...colours,
    crispness: measureCrispness(image, shape),
    gradient: gradientOf(colours.luma),
  };
}

type Shape = Pick<Grid, 'width' | 'height'>;

function averageColours(image: RgbaImage, shape: Shape) {
  const [luma, blue, red] = [emptyGrid(shape), emptyGrid(shape), emptyGrid(shape)];
  const columns = cellStarts(shape.width, image.width);
  const rows = cellStarts(shape.height, image.height);
  for (let y = 0, cell = 0; y < shape.height; y++) {
    const bottom = Math.max(rows[y]! + 1, rows[y + 1]!);
    for (let x = 0; x < shape.width; x++, cell++) {
      const right = Math.max(columns[x]! + 1, columns[x + 1]!);
      let [r, g, b] = [0, 0, 0];
      for (let py = rows[y]!; py < bottom; py++) {
        for (let i = 4 * (py * image.width + columns[x]!); i < 4 * (py * image.width + right); i += 4) {
          r += image.data[i]!;
          g += image.data[i + 1]!;
          b += image.data[i + 2]!;
        }
      }
      const scale = 1 / (255 * (bottom - rows[y]!) * (right - columns[x]!));
      const value = (0.2126 * r + 0.7152 * g + 0.0722 * b) * scale;
      luma.data[cell] = value;
      blue.data[cell] = (b * scale - value) / 1.8556;
      red.data[cell] = (r * scale - value) / 1.5748;
    }
  }
  return { luma, blue, red };
}

function measureCrispness(image: RgbaImage, shape: Shape): Grid {
  const { width, height } = image;
  const light = new Int32Array(width * height);
  for (let i = 0; i < light.length; i++) {
    light[i] = 54 * image.data[4 * i]! + 183 * image.data[4 * i + 1]! + 19 * image.data[4 * i + 2]!;
  }
  const crispness = emptyGrid(shape);
  for (let y = 1; y < height - 1; y++) {
    const row = Math.floor((y * shape.height) / height) * shape.width;
    for (let x = 1; x < width - 1; x++) {
      const i = y * width + x;
      const laplacian = Math.abs(
        4 * light[i]! - light[i - 1]! - light[i + 1]! - light[i - width]! - light[i + width]!,
      );
      const cell = row + Math.floor((x * shape.width) / width);
      if (laplacian > crispness.data[cell]!) crispness.data[cell] = laplacian;
    }
  }
  for (let i = 0; i < crispness.data.length; i++) crispness.data[i]! /= 255 * 256;
  return crispness;
}

function gradientOf(luma: Grid): Grid {
  const { width, height, data } = luma;
  const gradient = emptyGrid(luma);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const across = data[y * width + Math.min(width - 1, x + 1)]! - data[y * width + Math.max(0, x - 1)]!;
      const down = data[Math.min(height - 1, y + 1) * width + x]! - data[Math.max(0, y - 1) * width + x]!;
      gradient.data[y * width + x] = Math.hypot(across, down) / 2;
    }
  }
  return gradient;
}
