/**
 * Smoke and falling water: both are pale, brighter than what is around or behind them, and rather stand than lie. Smoke
 * is soft; a fall is full of strokes that run downwards.
 */
import type { Area } from './areas.ts';
import { boxMean, mean3x3 } from './box-filter.ts';
import { connectedParts } from './connected-cells.ts';
import { ramp } from './ramp.ts';
import type { Grid } from './scene.ts';
import { slantOf } from './slant.ts';
import { emptyGrid, type WorkGrid } from './work-grid.ts';

/** Cells around a place that its brightness is compared with. */
const SURROUNDINGS = 30;
/** How pale a cell of a part has to be, 0..1. */
const PALE = 0.35;
/** Shares of the picture: a smaller part is a gleam, and from the second on there is no doubt. */
const SMALLEST_PART = 0.003;
const ENOUGH_SHARE = 0.015;
/** A gap no larger than this, between strokes or swirls, belongs to what is around it. */
const LARGEST_HOLE = 0.02;
/** Mean crispness of what is soft. */
const SOFT = 0.07;
/** Mean slant (see `slantOf`) and luma of white water that falls, and its least share of the picture. */
const FALLING = -0.3;
const WHITE = 0.6;
const SMALLEST_FALL = 0.01;
/** Width over height of what lies, as mist over water does. */
const LYING = 1.6;

export interface PaleAreas {
  readonly smoke: Area | undefined;
  readonly falls: Area | undefined;
}

/** @param taken 1 where something else was found. */
export function findPaleAreas(work: WorkGrid, taken: Grid): PaleAreas {
  const pale = paleness(work, taken);
  const crispness = mean3x3(work.crispness).data;
  const slant = slantOf(work.luma).data;
  const masks = { smoke: emptyGrid(taken), falls: emptyGrid(taken) };
  for (const part of connectedParts(pale, (cell) => pale.data[cell]! > PALE)) {
    if (part.length < SMALLEST_PART * taken.data.length) continue;
    const mean = (values: Float32Array) => part.reduce((sum, cell) => sum + values[cell]!, 0) / part.length;
    if (shapeOf(part, taken.width) > LYING) continue;
    const isFall =
      part.length >= SMALLEST_FALL * taken.data.length &&
      mean(slant) < FALLING &&
      mean(work.luma.data) > WHITE;
    const kind = isFall ? 'falls' : mean(crispness) < SOFT ? 'smoke' : undefined;
    if (kind !== undefined) for (const cell of part) masks[kind].data[cell] = 1;
  }
  return { smoke: areaOf(masks.smoke), falls: areaOf(masks.falls) };
}

function paleness(work: WorkGrid, taken: Grid): Grid {
  const around = boxMean(work.luma, SURROUNDINGS).data;
  const [luma, blue, red] = [mean3x3(work.luma), mean3x3(work.blue), mean3x3(work.red)];
  const data = luma.data.map((light, cell) => {
    const colour = Math.sqrt(blue.data[cell]! ** 2 + red.data[cell]! ** 2);
    return (
      (1 - taken.data[cell]!) *
      ramp(colour, 0.08, 0.035) *
      ramp(light, 0.22, 0.4) *
      ramp(light - around[cell]!, 0, 0.035)
    );
  });
  return mean3x3({ ...taken, data });
}

/** Width over height of the box around a part. */
function shapeOf(part: readonly number[], width: number): number {
  let [left, right, top, bottom] = [width, 0, Number.POSITIVE_INFINITY, 0];
  for (const cell of part) {
    const [x, y] = [cell % width, Math.floor(cell / width)];
    left = Math.min(left, x);
    right = Math.max(right, x);
    top = Math.min(top, y);
    bottom = Math.max(bottom, y);
  }
  return (right - left + 1) / (bottom - top + 1);
}

function areaOf(mask: Grid): Area | undefined {
  for (const hole of connectedParts(mask, (cell) => mask.data[cell] === 0)) {
    if (hole.length < LARGEST_HOLE * mask.data.length) for (const cell of hole) mask.data[cell] = 1;
  }
  const share = mask.data.reduce((sum, value) => sum + value, 0) / mask.data.length;
  const confidence = ramp(share, 0, ENOUGH_SHARE);
  return confidence > 0 ? { mask: mean3x3(mask), confidence } : undefined;
}
