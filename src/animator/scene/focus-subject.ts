/**
 * The subject of a portrait or close-up: what an outline of crisp or contrasting cells encloses, seen from the top and
 * the sides. It is filled downwards to its support ("gravity fill"), because clothes and shadows weaken the outline
 * there.
 */
import { leastSpan, lowestWall } from './barrier.ts';
import { boxMean, mean3x3 } from './box-filter.ts';
import { percentile } from './percentile.ts';
import { ramp } from './ramp.ts';
import type { RegionShape } from './region-shapes.ts';
import type { Regions } from './regions.ts';
import type { Grid } from './scene.ts';
import { shareOfRegions } from './standing-depth.ts';
import type { WorkGrid } from './work-grid.ts';

export interface FocusSubject {
  /** 0..1. */
  readonly confidence: number;
  /** Soft mask 0..1. */
  readonly matte: Grid;
}

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
    const coloured = ramp(span / widest, 0.25, 0.75);
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
  return isolated * limited * (0.35 + 0.65 * inFocus);
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
