/**
 * Places in a picture that draw the eye: crisp, and of colours that are rare in it. After the idea of global contrast (Cheng et al., "Global Contrast
 * based Salient Region Detection", 2011), on a grid of colours instead of regions.
 */
import type { RgbaImage } from '../raster/picture.ts';
import { boxMean } from './box-filter.ts';
import type { Grid } from './scene.ts';
import { sampleWorkGrid, type WorkGrid } from './work-grid.ts';

export interface PointOfInterest {
  /** Shares of width and height. */
  readonly x: number;
  readonly y: number;
}

const MOST_POINTS = 5;
/** Points lie at least this far apart, as a share of the long side. */
const DISTANCE = 0.22;
/** Of a point's surroundings that count for it, as a share of the long side on either side. */
const REACH = 0.05;
/** The surroundings that a point has to stand out from reach this many times as far. */
const SURROUNDINGS = 3;
/** Nothing further out is the middle of a shot. */
const MARGIN = 0.12;
/** Steps of luma and of the two colour differences that count as different. */
const LUMA_STEPS = 8;
const COLOUR_STEPS = 12;
/** A weaker point than this part of the strongest is none. */
const LEAST_STRENGTH = 0.3;

/** The strongest first; none in a picture without contrast. */
export function findPointsOfInterest(image: RgbaImage): readonly PointOfInterest[] {
  const work = sampleWorkGrid(image);
  const reach = Math.max(1, Math.round(REACH * Math.max(work.width, work.height)));
  const strength = standingOut(salience(work), reach);
  const points: PointOfInterest[] = [];
  let strongest = 0;
  while (points.length < MOST_POINTS) {
    const { cell, value } = strongestCell(strength, points);
    strongest = Math.max(strongest, value);
    if (value <= LEAST_STRENGTH * strongest || value < 1e-4) break;
    points.push(placeOf(cell, strength));
  }
  return points;
}

/** What is more salient than what surrounds it: a house in a forest rather than the forest. */
function standingOut(salient: Grid, reach: number): Grid {
  const near = boxMean(boxMean(salient, reach), Math.ceil(reach / 2));
  const around = boxMean(salient, SURROUNDINGS * reach);
  return { ...near, data: near.data.map((value, cell) => Math.max(0, value - around.data[cell]!)) };
}

const placeOf = (cell: number, { width, height }: Grid): PointOfInterest => ({
  x: ((cell % width) + 0.5) / width,
  y: (Math.floor(cell / width) + 0.5) / height,
});

/** Rarity of a cell's colour times the crispness in it; towards the edges it counts less. */
function salience(work: WorkGrid): Grid {
  const { width, height, luma, blue, red, crispness } = work;
  const kinds = luma.data.map((value, cell) => {
    const step = (difference: number) => Math.round(COLOUR_STEPS * (difference + 0.5));
    return Math.round(LUMA_STEPS * value) * 400 + step(blue.data[cell]!) * 20 + step(red.data[cell]!);
  });
  const counts = new Map<number, number>();
  for (const kind of kinds) counts.set(kind, (counts.get(kind) ?? 0) + 1);
  const data = new Float32Array(kinds.length);
  for (const [cell, kind] of kinds.entries()) {
    const rarity = 1 - Math.sqrt(counts.get(kind)! / kinds.length);
    const { x, y } = placeOf(cell, luma);
    const middle = 1 - 0.8 * Math.max(Math.abs(x - 0.5), Math.abs(y - 0.5));
    data[cell] = rarity * rarity * Math.sqrt(crispness.data[cell]!) * middle;
  }
  return { width, height, data };
}

function strongestCell(strength: Grid, taken: readonly PointOfInterest[]): { cell: number; value: number } {
  const { width, height, data } = strength;
  const long = Math.max(width, height);
  let best = { cell: 0, value: 0 };
  for (let cell = 0; cell < data.length; cell++) {
    if (data[cell]! <= best.value) continue;
    const { x, y } = placeOf(cell, strength);
    const isInside = Math.min(x, 1 - x, y, 1 - y) >= MARGIN;
    const isFree = taken.every(
      (one) => Math.hypot((one.x - x) * width, (one.y - y) * height) >= DISTANCE * long,
    );
    if (isInside && isFree) best = { cell, value: data[cell]! };
  }
  return best;
}
