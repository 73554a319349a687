/**
 * Stems: what stands between two upright edges that run side by side, such as a trunk, a post, a tower or a person. They are
 * found by their silhouette, whatever lies behind them, and become regions of their own, because colour alone would join
 * them to what is as dark behind them.
 */
import { percentile } from './percentile.ts';
import { colourDistance } from './region-shapes.ts';
import type { Regions } from './regions.ts';
import type { Colour } from './sky-palette.ts';
import { findUprightEdges, type UprightEdge } from './upright-edges.ts';
import type { WorkGrid } from './work-grid.ts';

export interface Stem {
  readonly top: number;
  readonly bottom: number;
  readonly left: UprightEdge;
  readonly right: UprightEdge;
}

/** Columns, and share of the width. */
const NARROWEST = 1.5;
const BROADEST = 0.12;
/** The broader end is at most so many times as broad as the other. */
const LARGEST_TAPER = 2.2;
/** Rows that both edges have in common: of the height, of the shorter edge, and of both together; and rows per column of breadth. */
const SHORTEST = 0.08;
const COMMON_TO_SHORTER = 0.6;
const COMMON_TO_BOTH = 0.35;
const SLENDER = 1.6;
/** A stem differs at least so much from what is on either side of it, and this many times as much as from itself. */
const LEAST_CONTRAST = 0.06;
const OUTSTANDING = 1.6;
/** Cells on either side that it is compared with. */
const BESIDE = 3;
/** Of its contrast: rows this close to its colour are its own, and those this far from it another thing's. */
const OWN = 0.5;
const OTHER = 0.8;
/** Of the height: beyond the end of its edges a stem goes on for as long as its colour does. */
const LARGEST_EXTENSION = 0.15;

export function findStems(work: WorkGrid): readonly Stem[] {
  const edges = findUprightEdges(work);
  const candidates = edges.flatMap((left) =>
    edges.flatMap((right) => {
      const pair = pairUp(left, right, work);
      return pair === undefined ? [] : [pair];
    }),
  );
  candidates.sort((a, b) => a.breadth / (a.bottom - a.top) - b.breadth / (b.bottom - b.top));
  const taken = new Set<UprightEdge>();
  const stems: Stem[] = [];
  for (const pair of candidates) {
    if (taken.has(pair.left) || taken.has(pair.right)) continue;
    const stem = runOut(pair, work);
    if (stem === undefined) continue;
    taken.add(pair.left);
    taken.add(pair.right);
    stems.push(stem);
  }
  return stems;
}

interface Pair extends Stem {
  readonly breadth: number;
}

/** The rows that two edges have in common, when they may be the two sides of one thing. */
function pairUp(left: UprightEdge, right: UprightEdge, { width, height }: WorkGrid): Pair | undefined {
  const [top, bottom] = [Math.max(left.top, right.top), Math.min(left.bottom, right.bottom)];
  const common = bottom - top + 1;
  const shorter = Math.min(left.bottom - left.top, right.bottom - right.top) + 1;
  const both = Math.max(left.bottom, right.bottom) - Math.min(left.top, right.top) + 1;
  if (common < Math.max(SHORTEST * height, COMMON_TO_SHORTER * shorter, COMMON_TO_BOTH * both)) return;
  const upper = right.columnAt(top) - left.columnAt(top);
  const lower = right.columnAt(bottom) - left.columnAt(bottom);
  const [narrow, broad] = [Math.min(upper, lower), Math.max(upper, lower)];
  if (narrow < NARROWEST || broad > BROADEST * width || broad > LARGEST_TAPER * narrow) return;
  return common < SLENDER * broad ? undefined : { left, right, top, bottom, breadth: (upper + lower) / 2 };
}

/** The pair at its own length, when it stands out from both sides and is of one kind inside. */
function runOut(pair: Pair, work: WorkGrid): Stem | undefined {
  const rows = Array.from({ length: pair.bottom - pair.top + 1 }, (_, i) => pair.top + i);
  const inside = rows.map((row) => meanColour(work, row, ...insideOf(pair, row)));
  const own = averageOf(inside);
  const spread = medianOf(inside.map((colour) => colourDistance(colour, own)));
  const contrast = Math.min(
    ...[-1, 1].map((side) =>
      medianOf(
        rows.map((row, i) => colourDistance(inside[i]!, meanColour(work, row, ...besideOf(pair, row, side)))),
      ),
    ),
  );
  if (contrast < LEAST_CONTRAST || contrast < OUTSTANDING * spread) return;
  const otherness = (row: number) =>
    colourDistance(meanColour(work, row, ...insideOf(pair, row)), own) / contrast;
  const isOwn = (row: number) => otherness(row) < OWN;
  const isOther = (row: number) => otherness(row) > OTHER;
  let { top, bottom } = pair;
  // Its edges may seem to run on below its foot, along blades of grass.
  while (bottom > top && isOther(bottom)) bottom--;
  const reach = Math.round(LARGEST_EXTENSION * work.height);
  while (top > 0 && pair.top - top < reach && isOwn(top - 1)) top--;
  while (bottom < work.height - 1 && bottom - pair.bottom < reach && isOwn(bottom + 1)) bottom++;
  return { left: pair.left, right: pair.right, top, bottom };
}

type Span = readonly [from: number, to: number];

const insideOf = ({ left, right }: Stem, row: number): Span => [
  Math.ceil(left.columnAt(row) + 0.25),
  Math.floor(right.columnAt(row) - 0.25),
];

function besideOf({ left, right }: Stem, row: number, side: number): Span {
  if (side < 0) return [Math.floor(left.columnAt(row)) - BESIDE, Math.floor(left.columnAt(row)) - 1];
  return [Math.ceil(right.columnAt(row)) + 1, Math.ceil(right.columnAt(row)) + BESIDE];
}

/** Over the columns of a span that lie in the picture; over the nearest when none does. */
function meanColour(work: WorkGrid, row: number, from: number, to: number): Colour {
  const { width, luma, blue, red } = work;
  const first = Math.min(width - 1, Math.max(0, from));
  const last = Math.max(first, Math.min(width - 1, to));
  const colour = { light: 0, blue: 0, red: 0 };
  for (let cell = row * width + first; cell <= row * width + last; cell++) {
    colour.light += luma.data[cell]! / (last - first + 1);
    colour.blue += blue.data[cell]! / (last - first + 1);
    colour.red += red.data[cell]! / (last - first + 1);
  }
  return colour;
}

function averageOf(colours: readonly Colour[]): Colour {
  const mean = (of: (colour: Colour) => number) =>
    colours.reduce((sum, colour) => sum + of(colour), 0) / colours.length;
  return { light: mean(({ light }) => light), blue: mean(({ blue }) => blue), red: mean(({ red }) => red) };
}

const medianOf = (values: readonly number[]): number => percentile(Float32Array.from(values), 0.5);

/** Of a stem's cells, those that it shares with another when it is a part of it. */
const SAME_STEM = 0.35;
/** Of a region's cells, when the whole of it is the stem's. */
const MOSTLY_STEM = 0.6;

export interface CutRegions extends Regions {
  /** The regions that are stems. */
  readonly stems: ReadonlyMap<number, Stem>;
}

/** The regions with every stem cut out of them as one of its own. */
export function cutOutStems(regions: Regions, stems: readonly Stem[], { width }: WorkGrid): CutRegions {
  const labels = Int32Array.from(regions.labels);
  for (const [i, stem] of stems.entries()) {
    const cells = cellsOf(stem, width);
    const free = cells.filter((cell) => labels[cell]! < regions.count);
    // Two that overlap are one thing, as legs and the coat above them; otherwise the more slender, found first, is before the other.
    const isPart = free.length < (1 - SAME_STEM) * cells.length;
    const label = isPart
      ? mostOf(cells.map((cell) => labels[cell]!).filter((one) => one >= regions.count))
      : undefined;
    for (const cell of free) labels[cell] = label ?? regions.count + i;
  }
  absorb(labels, regions);
  // Numbered anew: a stem may have taken all of a region's cells.
  const numbers = new Int32Array(regions.count + stems.length).fill(-1);
  const cut = new Map<number, Stem>();
  let count = 0;
  for (const [cell, label] of labels.entries()) {
    if (numbers[label] === -1) numbers[label] = count++;
    labels[cell] = numbers[label]!;
    if (label >= regions.count) cut.set(numbers[label]!, stems[label - regions.count]!);
  }
  return { count, labels, stems: cut };
}

function cellsOf({ top, bottom, left, right }: Stem, width: number): readonly number[] {
  const cells: number[] = [];
  for (let row = top; row <= bottom; row++) {
    const first = Math.max(0, Math.round(left.columnAt(row)));
    const last = Math.min(width - 1, Math.round(right.columnAt(row)));
    for (let x = first; x <= last; x++) cells.push(row * width + x);
  }
  return cells;
}

function mostOf(labels: readonly number[]): number | undefined {
  const counts = new Map<number, number>();
  for (const label of labels) counts.set(label, (counts.get(label) ?? 0) + 1);
  return [...counts].sort(([, a], [, b]) => b - a)[0]?.[0];
}

/** Gives a stem the rest of every region that is mostly it: legs below a coat, the flare of a trunk. */
function absorb(labels: Int32Array, { count, labels: before }: Regions): void {
  const cells = new Int32Array(count);
  const taken = Array.from({ length: count }, () => new Map<number, number>());
  for (const [cell, label] of before.entries()) {
    cells[label]!++;
    const stem = labels[cell]!;
    if (stem >= count) taken[label]!.set(stem, (taken[label]!.get(stem) ?? 0) + 1);
  }
  const owner = taken.map((shares, label) => {
    const [most] = [...shares].sort(([, a], [, b]) => b - a);
    return most !== undefined && most[1] > MOSTLY_STEM * cells[label]! ? most[0] : undefined;
  });
  for (const [cell, label] of labels.entries()) {
    if (label < count) labels[cell] = owner[label] ?? label;
  }
}
