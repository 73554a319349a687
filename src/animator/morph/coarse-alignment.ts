/**
 * The first guess of a flow: which enlargement and shift brings two whole pictures closest together. Patches see no further than a few cells and
 * know no enlargement, so without it a camera that came closer or swung far would be missed.
 */
import type { Grid } from '../scene/scene.ts';
import type { ContrastLevel } from './contrast-pyramid.ts';
import { sampleBilinear } from './flow-field.ts';

/** What lies at `p` in the first picture lies near `scale * p + shift` in the second; both relative to the centre, in sides. */
export interface Alignment {
  readonly scale: number;
  readonly shiftX: number;
  readonly shiftY: number;
}

export const NO_ALIGNMENT: Alignment = { scale: 1, shiftX: 0, shiftY: 0 };

/** Level on which everything is tried, and the one on which the best of every scale is improved: long sides of 40 and 80 cells. */
const SEARCH_LEVEL = 3;
const REFINE_LEVEL = 2;
const SCALES = [0.6, 0.7, 0.8, 0.9, 1, 1.1, 1.25, 1.4, 1.6] as const;
/** Shifts up to this share of a side are tried, this many cells of the search level apart. */
const LARGEST_SHIFT = 0.4;
const SHIFT_STEP = 2;
/** Steps of the improvement in turn: cells of the refining level, and factors of scale. */
const REFINEMENTS = [
  { cells: 2, factor: 1.06 },
  { cells: 1, factor: 1.03 },
  { cells: 0.5, factor: 1.015 },
] as const;
/** Less in common than this share of the picture is no alignment. */
const LEAST_OVERLAP = 0.3;
/** By how much another alignment has to be better than none at all. */
const REST_BONUS = 0.02;

/** Both pyramids have the same shape. */
export function alignCoarsely(from: readonly ContrastLevel[], to: readonly ContrastLevel[]): Alignment {
  const pair = (level: number) => {
    const inside = Math.min(level, from.length - 1);
    return { from: from[inside]!.contrast, to: to[inside]!.contrast };
  };
  const coarse = pair(SEARCH_LEVEL);
  const fine = pair(REFINE_LEVEL);
  let best = NO_ALIGNMENT;
  let bestScore = likeness(fine, best) + REST_BONUS;
  for (const scale of SCALES) {
    const refined = refine(fine, bestShift(coarse, scale));
    const score = likeness(fine, refined);
    if (score > bestScore) [best, bestScore] = [refined, score];
  }
  return best;
}

interface Pair {
  readonly from: Grid;
  readonly to: Grid;
}

function bestShift(pair: Pair, scale: number): Alignment {
  const { width, height } = pair.from;
  const reachX = SHIFT_STEP * Math.floor((LARGEST_SHIFT * width) / SHIFT_STEP);
  const reachY = SHIFT_STEP * Math.floor((LARGEST_SHIFT * height) / SHIFT_STEP);
  let best: Alignment = { scale, shiftX: 0, shiftY: 0 };
  let bestScore = likeness(pair, best);
  for (let y = -reachY; y <= reachY; y += SHIFT_STEP) {
    for (let x = -reachX; x <= reachX; x += SHIFT_STEP) {
      const tried = { scale, shiftX: x / width, shiftY: y / height };
      const score = likeness(pair, tried);
      if (score > bestScore) [best, bestScore] = [tried, score];
    }
  }
  return best;
}

/** Climbs from `start` as long as one of six neighbours is better, in ever shorter steps. */
function refine(pair: Pair, start: Alignment): Alignment {
  let best = start;
  let bestScore = likeness(pair, best);
  for (const { cells, factor } of REFINEMENTS) {
    for (let isBetter = true; isBetter; ) {
      isBetter = false;
      const { scale, shiftX, shiftY } = best;
      const [stepX, stepY] = [cells / pair.from.width, cells / pair.from.height];
      for (const tried of [
        { ...best, shiftX: shiftX - stepX },
        { ...best, shiftX: shiftX + stepX },
        { ...best, shiftY: shiftY - stepY },
        { ...best, shiftY: shiftY + stepY },
        { ...best, scale: scale / factor },
        { ...best, scale: scale * factor },
      ]) {
        const score = likeness(pair, tried);
        if (score > bestScore) [best, bestScore, isBetter] = [tried, score, true];
      }
    }
  }
  return best;
}

/** The normalised correlation of what both pictures show under the alignment, less where that is little. */
function likeness({ from, to }: Pair, { scale, shiftX, shiftY }: Alignment): number {
  const { width, height } = from;
  const left = ((1 - scale) * (width - 1)) / 2 + shiftX * width;
  const top = ((1 - scale) * (height - 1)) / 2 + shiftY * height;
  let [count, product, squareFrom, squareTo] = [0, 0, 1e-9, 1e-9];
  for (let y = 0; y < height; y++) {
    const toY = scale * y + top;
    if (toY < 0 || toY > height - 1) continue;
    for (let x = 0; x < width; x++) {
      const toX = scale * x + left;
      if (toX < 0 || toX > width - 1) continue;
      const a = from.data[y * width + x]!;
      const b = sampleBilinear(to.data, width, height, toX, toY);
      count++;
      product += a * b;
      squareFrom += a * a;
      squareTo += b * b;
    }
  }
  const overlap = count / (width * height);
  return overlap < LEAST_OVERLAP ? -1 : (product / Math.sqrt(squareFrom * squareTo)) * Math.sqrt(overlap);
}
