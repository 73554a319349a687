/**
 * The subject of a portrait or close-up: what an outline of crisp or contrasting cells encloses, seen from the top and
 * the sides. It is filled downwards to its support ("gravity fill"), because clothes and shadows weaken the outline
 * there.
 */
import { leastSpan, lowestWall } from './barrier.ts';
import { boxMean, mean3x3 } from './box-filter.ts';
import { percentile } from './percentile.ts';
import { ramp } from './ramp.ts';
import { type RegionShape, shareOfRegions } from './region-shapes.ts';
import type { Regions } from './regions.ts';
import type { Grid } from './scene.ts';
import type { WorkGrid } from './work-grid.ts';

export interface FocusSubject {
  /** 0..1. */
  readonly confidence: number;
  /** Soft mask 0..1. */
  readonly matte: Grid;
}

/** Of the height: a subject stands so much higher than what is beside it. */
const LEAST_RELIEF = 0.12;
const ENOUGH_RELIEF = 0.3;
/** Runs in a row: of one or two subjects, and of many things. */
const FEW_BODIES = 2.5;
const MOST_BODIES = 4;
/** Of the width, at either side. */
const SIDE = 0.1;
/** What is kept of the matte from one row to the next below it. */
const KEPT_PER_ROW = 0.995;

export function findFocusSubject(
  work: WorkGrid,
  regions: Regions,
  shapes: readonly RegionShape[],
): FocusSubject {
  const focus = relativeFocus(work);
  const enclosed = enclosure(work, focus);
  const votes = shareOfRegions(enclosed, regions, shapes);
  const voted = enclosed.data.map((value, i) => 0.35 * value + 0.65 * votes[regions.labels[i]!]!);
  const matte = gravityFill({ ...enclosed, data: voted.map((value) => ramp(value, 0.25, 0.7)) });
  return { confidence: judge(matte, focus), matte };
}

/** Crispness pooled over a few cells, 1 for the crispest places. */
function relativeFocus(work: WorkGrid): Grid {
  const top = Math.max(0.02, percentile(boxMean(work.crispness, 4).data, 0.985));
  const pooled = boxMean(work.crispness, 2);
  return { ...pooled, data: pooled.data.map((value) => Math.min(1, value / top)) };
}

/** 0..1: shut off from the open edge by a crisp outline, by a change of colour, or best by both. */
function enclosure(work: WorkGrid, focus: Grid): Grid {
  const walls = lowestWall(focus);
  const open = percentile(walls.data, 0.1);
  const luma = leastSpan(mean3x3(work.luma)).data;
  const blue = leastSpan(mean3x3(work.blue)).data;
  const red = leastSpan(mean3x3(work.red)).data;
  const spans = luma.map((value, i) => value + 2 * (blue[i]! + red[i]!));
  const widest = Math.max(0.2, percentile(spans, 0.95));
  const data = spans.map((span, i) => {
    const crisp = ramp(walls.data[i]!, 1.5 * open + 0.04, 1.5 * open + 0.24);
    // A disc of blurred light has another colour than what is around it, but no edge at all.
    const edged = ramp(walls.data[i]!, open + 0.005, open + 0.05);
    const coloured = (0.3 + 0.7 * edged) * ramp(span / widest, 0.25, 0.75);
    return (1 - (1 - 0.7 * crisp) * (1 - 0.7 * coloured)) / 0.91;
  });
  return { ...focus, data };
}

/** A subject reaches down to what carries it: every cell gets nearly what the cell above has. */
function gravityFill(matte: Grid): Grid {
  const { width } = matte;
  const filled = Float32Array.from(matte.data);
  for (let i = width; i < filled.length; i++)
    filled[i] = Math.max(filled[i]!, KEPT_PER_ROW * filled[i - width]!);
  return { ...matte, data: filled };
}

/**
 * A subject is in the middle, leaves the upper sides free, is not the whole picture, and is crisper than what surrounds
 * it.
 */
function judge(matte: Grid, focus: Grid): number {
  const centre = meanOver(matte, { left: 0.35, right: 0.65, top: 0.3, bottom: 0.9 });
  const leftSide = meanOver(matte, { left: 0, right: 0.12, top: 0.1, bottom: 0.6 });
  const rightSide = meanOver(matte, { left: 0.88, right: 1, top: 0.1, bottom: 0.6 });
  const isolated = ramp(centre - (leftSide + rightSide) / 2, 0.25, 0.65);
  const limited = ramp(meanOver(matte, { left: 0, right: 1, top: 0, bottom: 1 }), 0.85, 0.65);
  const [inside, outside] = focusInAndOut(matte, focus);
  const inFocus = ramp(inside / (outside + 0.02), 1.05, 1.9);
  return isolated * limited * standsAlone(matte) * (0.35 + 0.65 * inFocus);
}

/** 0..1: higher than what is beside it, and one body rather than a row of stems or blades. */
const standsAlone = (matte: Grid): number =>
  ramp(reliefOf(matte), LEAST_RELIEF, ENOUGH_RELIEF) * ramp(bodiesIn(matte), MOST_BODIES, FEW_BODIES);

/** Runs of the matte in a row, on the mean over the rows that have any. */
function bodiesIn({ width, data }: Grid): number {
  const rows = new Set<number>();
  let runs = 0;
  for (let cell = 0; cell < data.length; cell++) {
    if (data[cell]! < 0.5) continue;
    rows.add(Math.floor(cell / width));
    if (cell % width === 0 || data[cell - 1]! < 0.5) runs++;
  }
  return runs / Math.max(1, rows.size);
}

/**
 * How much higher the matte reaches in the middle than at the sides, share of the height. Ground that is in focus before a blurred
 * distance reaches as high everywhere.
 */
function reliefOf({ width, height, data }: Grid): number {
  const tops = Float32Array.from({ length: width }, (_, x) => {
    let y = 0;
    while (y < height && data[y * width + x]! < 0.5) y++;
    return y / height;
  });
  const side = Math.max(1, Math.round(SIDE * width));
  const left = percentile(tops.subarray(0, side), 0.5);
  const right = percentile(tops.subarray(width - side), 0.5);
  const middle = percentile(tops.subarray(Math.floor(0.3 * width), Math.ceil(0.7 * width)), 0.1);
  return (left + right) / 2 - middle;
}

function focusInAndOut(matte: Grid, focus: Grid): readonly [inside: number, outside: number] {
  let [inside, insideCells, outside, outsideCells] = [0, 1e-6, 0, 1e-6];
  for (let i = 0; i < matte.data.length; i++) {
    const share = matte.data[i]!;
    inside += share * focus.data[i]!;
    insideCells += share;
    outside += (1 - share) * focus.data[i]!;
    outsideCells += 1 - share;
  }
  return [inside / insideCells, outside / outsideCells];
}

interface Window {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

/** The mean over a window given in shares of width and height; 0 for one that holds no cell. */
function meanOver({ width, height, data }: Grid, window: Window): number {
  let [sum, cells] = [0, 0];
  for (let y = Math.floor(window.top * height); y < window.bottom * height; y++) {
    for (let x = Math.floor(window.left * width); x < window.right * width; x++, cells++)
      sum += data[y * width + x]!;
  }
  return cells === 0 ? 0 : sum / cells;
}
