/**
 * Depth of a scene on a ground: the ground recedes to the horizon, and what stands on it has one depth, that of its foot.
 */
import type { RegionShape } from './region-shapes.ts';
import { colourDistance } from './region-shapes.ts';
import type { Regions } from './regions.ts';
import type { Grid } from './scene.ts';
import { emptyGrid } from './work-grid.ts';

/** Inverse depth by row: that of a flat ground is linear below the horizon. */
export function groundPrior(shape: Pick<Grid, 'width' | 'height'>, horizon: number): Float32Array {
  return Float32Array.from({ length: shape.height }, (_, y) => {
    const v = (y + 0.5) / shape.height;
    if (v < horizon) return (0.06 * v) / horizon;
    return 0.06 + 0.94 * ((v - horizon) / (1 - horizon)) ** 1.05;
  });
}

/** Indoors, or where nothing is known: lower is nearer. */
export function roomPrior(shape: Pick<Grid, 'height'>): Float32Array {
  return Float32Array.from({ length: shape.height }, (_, y) => 0.3 + 0.5 * ((y + 0.5) / shape.height) ** 2);
}

/** A region at rest on a standing one belongs to it when their colours are no further apart than this. */
const SAME_THING = 0.45;
/** The same for a bough that hangs free. */
const SAME_BOUGH = 0.15;
/** A crown counts for more than what is seen behind it. */
const CROWN_WEIGHT = 4;
/** Shares of the picture; larger parts are scenery of their own. */
const LARGEST_BOUGH = 0.012;
const LARGEST_PART = 0.025;
const PASSES = 6;

/** `prior` by row, but one depth for each region that stands up: the prior's at its foot. */
export function standUp(
  prior: Float32Array,
  horizonRow: number,
  sky: Grid,
  regions: Regions,
  shapes: readonly RegionShape[],
): Grid {
  const depth = emptyGrid(sky);
  const skyShare = shareOfRegions(sky, regions, shapes);
  const feet = shapes.map((shape, i) =>
    skyShare[i]! < 0.5 && stands(shape, horizonRow, sky) ? shape.foot : undefined,
  );
  for (let pass = 0; pass < PASSES; pass++) {
    const isSettled = !inheritFeet(feet, shapes, skyShare, { horizonRow, cells: depth.data.length });
    if (isSettled) break;
  }
  for (let i = 0; i < depth.data.length; i++) {
    const row = feet[regions.labels[i]!] ?? Math.floor(i / sky.width);
    depth.data[i] = (1 - sky.data[i]!) * prior[row]!;
  }
  return depth;
}

/** The mean of `mask` over every region. */
export function shareOfRegions(
  mask: Grid,
  { labels }: Regions,
  shapes: readonly RegionShape[],
): Float32Array {
  const share = new Float32Array(shapes.length);
  for (let i = 0; i < labels.length; i++) share[labels[i]!]! += mask.data[i]!;
  return share.map((sum, i) => sum / shapes[i]!.cells);
}

function stands(shape: RegionShape, horizonRow: number, { width, height }: Grid): boolean {
  const tall = shape.bottom - shape.top + 1;
  const wide = shape.right - shape.left + 1;
  const fill = shape.cells / (tall * wide);
  const isAcrossHorizon = shape.top < horizonRow && horizonRow - shape.top > 0.25 * tall;
  // Below the horizon a tall shape may be a path or a reflection: it has to be slender, or compact and distinct.
  const isSlender = tall > 1.8 * wide && tall > 0.06 * height && shape.contrast > 0.1;
  const isCompact = fill > 0.5 && tall > 0.5 * wide && wide < 0.25 * width && shape.contrast > 0.16;
  return shape.foot > horizonRow && (isAcrossHorizon || isSlender || isCompact);
}

interface Ground {
  readonly horizonRow: number;
  /** Of the whole picture. */
  readonly cells: number;
}

/** Gives regions that rest on a standing one its foot; true when any changed. */
function inheritFeet(
  feet: (number | undefined)[],
  shapes: readonly RegionShape[],
  skyShare: Float32Array,
  ground: Ground,
): boolean {
  let changed = false;
  for (const [i, shape] of shapes.entries()) {
    if (feet[i] !== undefined || skyShare[i]! >= 0.5) continue;
    let [best, firmest] = [0, 0];
    for (const [neighbour, border] of shape.neighbours) {
      const foot = feet[neighbour];
      const firmness = foot === undefined ? 0 : hold(shape, shapes[neighbour]!, border, ground);
      if (firmness > firmest) [best, firmest] = [foot!, firmness];
    }
    if (firmest === 0) continue;
    feet[i] = best;
    changed = true;
  }
  return changed;
}

/**
 * How firmly a part belongs to a standing thing that reaches further down, 0 when it does not. A limb or a wall is
 * fastened to it by a fair part of its own breadth, within the thing's; a crown sits on the whole breadth of its trunk;
 * a bough hangs beside it, small and of nearly the same colour.
 */
function hold(part: RegionShape, whole: RegionShape, border: number, { horizonRow, cells }: Ground): number {
  const distance = colourDistance(part, whole);
  const breadth = part.right - part.left + 1;
  const isFlat = breadth > 2.5 * (part.bottom - part.top + 1);
  if (part.foot > whole.foot || distance > SAME_THING || isFlat || part.cells > LARGEST_PART * cells)
    return 0;
  const wholeBreadth = whole.right - whole.left + 1;
  const wholeMiddle = (whole.left + whole.right) / 2;
  const isCrown =
    part.top < whole.top &&
    part.foot < whole.foot - 0.3 * (whole.foot - whole.top) &&
    wholeMiddle > part.left &&
    wholeMiddle < part.right &&
    border > 0.5 * Math.min(wholeBreadth, breadth);
  if (isCrown && wholeBreadth < breadth) return CROWN_WEIGHT * border;
  const middle = (part.left + part.right) / 2;
  const isWithin = middle >= whole.left - 2 && middle <= whole.right + 2 && breadth < 2 * wholeBreadth;
  const isFastened = border > 0.25 * Math.min(Math.sqrt(part.cells), breadth);
  const isBough = part.foot < horizonRow && distance < SAME_BOUGH && part.cells < LARGEST_BOUGH * cells;
  return isCrown || isBough || (isFastened && isWithin) ? border : 0;
}
