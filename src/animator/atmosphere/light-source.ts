/** Where the light in a picture comes from: its brightest patch, or beyond an upper corner where none stands out. */
import { percentile } from '../scene/percentile.ts';
import type { Grid } from '../scene/scene.ts';
import { emptyGrid } from '../scene/work-grid.ts';
import type { Air } from './air.ts';
import type { Point } from './projection.ts';
import { sampleGrid } from './sample-grid.ts';
import { remoteness, type Space } from './strata.ts';

export interface LightSource {
  /** Shares of the picture's width and height; outside 0..1 for a light out of view. */
  readonly position: Point;
  /** What shines: 0..1 for each cell of the air's grid. */
  readonly shine: Grid;
  /** Colour of the light, as in a frame. */
  readonly blue: number;
  readonly red: number;
}

/** A patch shines when it is this much brighter than the mean, and this bright at all. */
const LEAST_CONTRAST = 40;
const LEAST_LUMA = 95;
/** Near things are bright because they are lit: this much of their brightness counts as light. */
const NEARBY = 0.5;
/** Light spread wider than this (root mean square, share of the sides) is a sky's: it comes from above the frame. */
const LARGEST_LAMP = 0.16;
const ABOVE_FRAME = -0.2;
/** Light that has to be made up is a little warm. */
const WARM = { blue: 121, red: 133 };

/** @param side -1 or 1: the corner for a light out of view. */
export function findLight(air: Air, scene: Space, side: number): LightSource {
  const { width, height } = air.luma;
  const remotenessOf = remoteness(scene);
  const lights = air.luma.data.map((luma, cell) => {
    const x = ((cell % width) + 0.5) / width;
    const y = (Math.floor(cell / width) + 0.5) / height;
    return luma * heightShare(y) * (NEARBY + (1 - NEARBY) * remotenessOf(sampleGrid(scene.depth, x, y)));
  });
  const brightest = percentile(lights, 0.99);
  if (brightest < LEAST_LUMA || brightest < air.meanLuma + LEAST_CONTRAST) return lightBeyond(air, side);
  const dark = 0.5 * (air.meanLuma + brightest);
  const shine = emptyGrid(air.luma);
  for (let cell = 0; cell < shine.data.length; cell += 1) {
    const bright = Math.max(0, Math.min(1, (lights[cell]! - dark) / (brightest - dark)));
    shine.data[cell] = bright * bright;
  }
  const mean = (value: (cell: number) => number) => weightedMean(shine, value);
  const x = mean((cell) => ((cell % width) + 0.5) / width);
  const y = mean((cell) => (Math.floor(cell / width) + 0.5) / height);
  const spread = mean((cell) => {
    const across = (cell % width) / width - x;
    const down = Math.floor(cell / width) / height - y;
    return across * across + down * down;
  });
  return {
    position: { x, y: spread > LARGEST_LAMP * LARGEST_LAMP ? ABOVE_FRAME : y },
    shine,
    blue: mean((cell) => air.blue.data[cell]!),
    red: mean((cell) => air.red.data[cell]!),
  };
}

/** Over the grid, the brightest cells counting most. */
function weightedMean({ data }: Grid, value: (cell: number) => number): number {
  let [sum, weights] = [0, 0];
  for (let cell = 0; cell < data.length; cell += 1) {
    const weight = data[cell]! * data[cell]!;
    sum += weight * value(cell);
    weights += weight;
  }
  return sum / weights;
}

/** Snow, rocks and water low in the picture may be bright, but light does not come from them. */
const heightShare = (y: number): number => Math.max(0.3, Math.min(1, 1 - 1.2 * (y - 0.5)));

/** A window of light along the top of the picture, strongest at one corner. */
function lightBeyond({ luma }: Air, side: number): LightSource {
  const shine = emptyGrid(luma);
  const { width, height, data } = shine;
  for (let cell = 0; cell < data.length; cell += 1) {
    const across = ((cell % width) + 0.5) / width;
    const down = (Math.floor(cell / width) + 0.5) / height;
    const toCorner = side < 0 ? across : 1 - across;
    data[cell] = Math.max(0, 1 - 4 * down) * Math.max(0, 1 - toCorner);
  }
  return { position: { x: 0.5 + 0.65 * side, y: ABOVE_FRAME }, shine, ...WARM };
}
