/**
 * The light of a picture, as weather needs to know it: what the air between camera and scene would look like. Values
 * as in a frame: luma 16..235, chroma around 128.
 */
import type { RgbaImage } from '../raster/picture.ts';
import { percentile } from '../scene/percentile.ts';
import type { Grid } from '../scene/scene.ts';
import { emptyGrid } from '../scene/work-grid.ts';
import { sampleGrid } from './sample-grid.ts';
import type { Space } from './strata.ts';

/** Cells along the longer side. */
const LONG_SIDE = 160;
/** Samples along each side of a cell: a cell's mean need not be exact. */
const SAMPLES = 4;

export interface Air {
  readonly luma: Grid;
  readonly blue: Grid;
  readonly red: Grid;
  /** Colour of far air. */
  readonly farLuma: number;
  readonly farBlue: number;
  readonly farRed: number;
  /** Luma of what is lit by the whole scene. */
  readonly ambientLuma: number;
  readonly meanLuma: number;
}

/** Things farther than this stand in the air's colour. */
const FAR = 0.35;
/** Air is paler than what is seen through it. */
const AIR_SATURATION = 0.35;
const PALER = 0.2;
const PALEST = 218;
const DARKEST = 50;

export function readAir(still: RgbaImage, scene: Space): Air {
  const { luma, blue, red } = sampleColours(still);
  const far = farCells(luma, scene);
  const lights = Float32Array.from(far, (cell) => luma.data[cell]!);
  const mean = (grid: Grid) => far.reduce((sum, cell) => sum + grid.data[cell]!, 0) / far.length;
  return {
    luma,
    blue,
    red,
    farLuma: paled(0.5 * percentile(lights, 0.8) + 0.5 * percentile(luma.data, 0.9)),
    farBlue: 128 + AIR_SATURATION * (mean(blue) - 128),
    farRed: 128 + AIR_SATURATION * (mean(red) - 128),
    ambientLuma: percentile(luma.data, 0.9),
    meanLuma: luma.data.reduce((sum, value) => sum + value, 0) / luma.data.length,
  };
}

/** Air is a little paler than what stands in it, but neither white nor black. */
const paled = (luma: number): number => Math.max(DARKEST, Math.min(PALEST, luma + PALER * (PALEST - luma)));

/** Cells of the picture that are far; the farther half of it when hardly any are. */
function farCells(luma: Grid, { depth }: Space): readonly number[] {
  const { width, height } = luma;
  const depths = luma.data.map((_, cell) =>
    sampleGrid(depth, ((cell % width) + 0.5) / width, (Math.floor(cell / width) + 0.5) / height),
  );
  const limit = Math.max(FAR, percentile(depths, 0.3));
  const cells: number[] = [];
  for (const [cell, w] of depths.entries()) if (w <= limit) cells.push(cell);
  return cells;
}

function sampleColours({ width, height, data }: RgbaImage) {
  const perPixel = LONG_SIDE / Math.max(width, height);
  const shape = {
    width: Math.max(2, Math.round(width * perPixel)),
    height: Math.max(2, Math.round(height * perPixel)),
  };
  const [luma, blue, red] = [emptyGrid(shape), emptyGrid(shape), emptyGrid(shape)];
  for (let cell = 0; cell < luma.data.length; cell += 1) {
    const column = cell % shape.width;
    const row = (cell - column) / shape.width;
    let [r, g, b] = [0, 0, 0];
    for (let sample = 0; sample < SAMPLES * SAMPLES; sample += 1) {
      const x = Math.floor(((column + ((sample % SAMPLES) + 0.5) / SAMPLES) * width) / shape.width);
      const y = Math.floor(((row + (Math.floor(sample / SAMPLES) + 0.5) / SAMPLES) * height) / shape.height);
      const at = 4 * (y * width + x);
      r += data[at]!;
      g += data[at + 1]!;
      b += data[at + 2]!;
    }
    const scale = 1 / (255 * SAMPLES * SAMPLES);
    const light = (0.2126 * r + 0.7152 * g + 0.0722 * b) * scale;
    luma.data[cell] = 16 + 219 * light;
    blue.data[cell] = 128 + (224 * (b * scale - light)) / 1.8556;
    red.data[cell] = 128 + (224 * (r * scale - light)) / 1.5748;
  }
  return { luma, blue, red };
}
