/**
 * Whether a region's shape is that of something that stands, rather than of a path, a shadow or a patch that lies on the ground: those
 * are flat, lean to one side, or narrow from the viewer towards the horizon.
 */
import type { RegionShape } from './region-shapes.ts';
import type { Regions } from './regions.ts';
import type { Stem } from './stems.ts';

export interface UprightSearch {
  /** Row where the ground ends behind the region. */
  readonly lineRow: number;
  /** Row that the ground recedes to. */
  readonly horizonRow: number;
  /** Evidence that the region is ground, -1..1. */
  readonly groundness: number;
  /** Where it is bounded by two upright edges. */
  readonly stem: Stem | undefined;
  /** Of the grid. */
  readonly width: number;
}

/** Evidence for ground above which a region that is not bounded by upright edges is a part of the ground. */
export const LIKE_GROUND = 0.35;
/** Of its height, so much of a region that crosses the line is above it. */
const ACROSS = 0.25;
/** Shares of the width. */
const BROADEST_ACROSS = 0.4;
const BROADEST_COMPACT = 0.25;
/** What is compact fills its box, is not flat, and stands out from what is around it; the flatter it is, the more. */
const FILLED = 0.5;
const FLATTEST = 0.5;
const FLATTEST_DISTINCT = 0.35;
const CONTRAST = 0.16;
const DISTINCT_CONTRAST = 0.22;
/** Columns a row that the middle of an upright moves. */
const LARGEST_LEAN = 0.3;
/** Of the broadening that perspective gives to what lies on the ground, and so much in any case. */
const RECEDING = 0.8;
const LEAST_BROADENING = 1.3;

export function isUpright(
  regions: Regions,
  region: number,
  shape: RegionShape,
  search: UprightSearch,
): boolean {
  const { stem, lineRow, horizonRow, width } = search;
  const tall = shape.bottom - shape.top + 1;
  const isAcross = lineRow - shape.top > 0.1 * tall;
  if (stem !== undefined) {
    const ends = [stem.top, stem.bottom].map((row) => ({
      row,
      breadth: stem.right.columnAt(row) - stem.left.columnAt(row),
    }));
    return isAcross || !converges(ends[0]!, ends[1]!, horizonRow);
  }
  if (!crossesLine(shape, search) && !isCompact(shape, width)) return false;
  const rowAt = (share: number) => Math.round(shape.top + share * tall);
  const upper = bandOf(regions, region, shape, { from: rowAt(0.1), to: rowAt(0.35), width });
  const lower = bandOf(regions, region, shape, { from: rowAt(0.65), to: rowAt(0.9), width });
  const lean = Math.abs(lower.middle - upper.middle) / (0.55 * tall);
  // A block may have a narrower roof; what runs towards the horizon is longer than broad.
  const isBlock = tall < shape.right - shape.left + 1;
  return lean < LARGEST_LEAN && (isAcross || isBlock || !converges(upper, lower, horizonRow));
}

interface Breadth {
  readonly row: number;
  readonly breadth: number;
}

/** What lies on the ground is as broad as its distance from the horizon; what stands is broader at its foot by less than that. */
function converges(upper: Breadth, lower: Breadth, horizonRow: number): boolean {
  const broadening = lower.breadth / Math.max(1, upper.breadth);
  const receding = (lower.row - horizonRow) / Math.max(1, upper.row - horizonRow);
  return broadening > Math.max(LEAST_BROADENING, RECEDING * receding);
}

interface Band {
  readonly from: number;
  readonly to: number;
  readonly width: number;
}

/** The mean column, and the mean cells a row, of a region within some rows. */
function bandOf(
  { labels }: Regions,
  region: number,
  { left, right }: RegionShape,
  { from, to, width }: Band,
) {
  let [cells, sum] = [0, 0];
  for (let y = from; y <= to; y++) {
    for (let x = left; x <= right; x++) {
      if (labels[y * width + x] !== region) continue;
      cells++;
      sum += x;
    }
  }
  return { row: (from + to) / 2, middle: sum / Math.max(1, cells), breadth: cells / (to - from + 1) };
}

function crossesLine(shape: RegionShape, { lineRow, groundness, width }: UprightSearch): boolean {
  const tall = shape.bottom - shape.top + 1;
  const wide = shape.right - shape.left + 1;
  const isAcross = lineRow - shape.top > ACROSS * tall && groundness < LIKE_GROUND;
  return isAcross && wide < BROADEST_ACROSS * width && tall > FLATTEST * wide;
}

function isCompact(shape: RegionShape, width: number): boolean {
  const tall = shape.bottom - shape.top + 1;
  const wide = shape.right - shape.left + 1;
  const isFilled = shape.cells > FILLED * tall * wide && wide < BROADEST_COMPACT * width;
  const isDistinct = shape.contrast > DISTINCT_CONTRAST;
  return (
    isFilled &&
    ((tall > FLATTEST * wide && shape.contrast > CONTRAST) || (tall > FLATTEST_DISTINCT * wide && isDistinct))
  );
}
