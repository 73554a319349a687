/**
 * How much a picture looks like a page, a map or a wall: most of its pixels have one light, plain colour, and the rest
 * are marks on it.
 */
import type { RgbaImage } from '../raster/picture.ts';
import { ramp } from './ramp.ts';
import type { Grid } from './scene.ts';
import { emptyGrid } from './work-grid.ts';

export interface Page {
  /** 0..1. */
  readonly likeness: number;
  /** The share of every cell that has the page's colour. */
  readonly blank: Grid;
}

/** Levels per channel of the histogram that finds the commonest colour. */
const LEVELS = 12;
/** Pixels looked at per cell and direction; single pixels and not averages, because print averages to grey. */
const SAMPLES = 3;
/** Largest distance to the commonest colour, in byte values. */
const TOLERANCE = 36;

export function findPage(image: RgbaImage, shape: Pick<Grid, 'width' | 'height'>): Page {
  const samples = samplePixels(image, shape);
  const [red, green, blue] = commonestColour(samples);
  const blank = emptyGrid(shape);
  const perCell = SAMPLES ** 2;
  let alike = 0;
  for (let i = 0; i < samples.length; i += 3) {
    const distance = Math.hypot(samples[i]! - red, samples[i + 1]! - green, samples[i + 2]! - blue);
    if (distance >= TOLERANCE) continue;
    alike++;
    blank.data[Math.floor(i / (3 * perCell))]! += 1 / perCell;
  }
  const light = Math.max(red, green, blue) / 255;
  return { likeness: ramp(alike / (samples.length / 3), 0.35, 0.6) * ramp(light, 0.3, 0.5), blank };
}

/** Red, green and blue of the samples, cell by cell. */
function samplePixels({ width, height, data }: RgbaImage, shape: Pick<Grid, 'width' | 'height'>): Uint8Array {
  const samples = new Uint8Array(3 * SAMPLES ** 2 * shape.width * shape.height);
  let next = 0;
  for (let y = 0; y < shape.height; y++) {
    for (let x = 0; x < shape.width; x++) {
      for (let k = 0; k < SAMPLES ** 2; k++) {
        const column = Math.floor(((x + ((k % SAMPLES) + 0.5) / SAMPLES) * width) / shape.width);
        const row = Math.floor(((y + (Math.floor(k / SAMPLES) + 0.5) / SAMPLES) * height) / shape.height);
        const i = 4 * (row * width + column);
        samples[next++] = data[i]!;
        samples[next++] = data[i + 1]!;
        samples[next++] = data[i + 2]!;
      }
    }
  }
  return samples;
}

/** The mean of what lies in the fullest box of the colour cube. */
function commonestColour(samples: Uint8Array): readonly [red: number, green: number, blue: number] {
  const counts = new Int32Array(LEVELS ** 3);
  const sums = new Float64Array(3 * LEVELS ** 3);
  const level = (value: number) => Math.floor((value * LEVELS) / 256);
  for (let i = 0; i < samples.length; i += 3) {
    const [red, green, blue] = [samples[i]!, samples[i + 1]!, samples[i + 2]!];
    const box = (level(red) * LEVELS + level(green)) * LEVELS + level(blue);
    counts[box]!++;
    sums[3 * box]! += red;
    sums[3 * box + 1]! += green;
    sums[3 * box + 2]! += blue;
  }
  const fullest = counts.indexOf(Math.max(...counts));
  const count = counts[fullest]!;
  return [sums[3 * fullest]! / count, sums[3 * fullest + 1]! / count, sums[3 * fullest + 2]! / count];
}
