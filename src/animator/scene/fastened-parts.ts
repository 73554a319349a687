/** Parts of what stands: a crown on its trunk, a head on its shoulders, a roof on its walls. They have the foot of what they rest on. */
import { colourDistance, type RegionShape } from './region-shapes.ts';

/** A region at rest on a standing one belongs to it when their colours are no further apart than this. */
const SAME_THING = 0.45;
/** The same for a bough that hangs free. */
const SAME_BOUGH = 0.15;
/** A crown, or a head, counts for more than what is seen behind it. */
const CROWN_WEIGHT = 4;
/** Shares of the picture; larger parts are scenery of their own. */
const LARGEST_BOUGH = 0.012;
const LARGEST_PART = 0.025;
/** A head is within the columns of its shoulders but for so many, and smaller than they are by this. */
const HEAD_OVERHANG = 2;
const LARGEST_HEAD = 0.5;
const TALLEST_HEAD = 0.6;
/** A crown sits on what is so many times as tall as broad, and stands out from what is around it. */
const POST = 3;
const CROWN_CONTRAST = 0.1;
/** Of the height of both together. */
const BROADEST_CROWN = 0.8;
/** Of the height of what they are fastened to, walls and limbs rise so far above it. */
const OVERTOPPING = 0.4;
/** Of the height of what it hangs on. */
const BOUGH_REACH = 0.35;
const PASSES = 6;

export interface Fastening {
  mayBelong(region: number): boolean;
  /** The region's foot is above the ground: it is seen before what stands behind. */
  isAboveLine(region: number): boolean;
  /** Of the whole picture. */
  readonly cells: number;
}

type Feet = (number | undefined)[];

/** Things that stand on top of each other, as a car on its wheels, stand where the lowest does. */
export function settleFeet(feet: Feet, shapes: readonly RegionShape[]): void {
  const before = [...feet];
  for (const [i, shape] of shapes.entries()) {
    const own = before[i];
    if (own === undefined) continue;
    for (const [neighbour] of shape.neighbours) {
      const other = before[neighbour];
      const lower = shapes[neighbour]!;
      const isUnder = lower.left >= shape.left - HEAD_OVERHANG && lower.right <= shape.right + HEAD_OVERHANG;
      if (other === undefined || other <= own || !isUnder || lower.top < shape.top) continue;
      if (other - own < (shape.bottom - shape.top) / 2) feet[i] = Math.max(feet[i]!, other);
    }
  }
}

/** Gives regions that rest on one with a foot the same foot, and those that rest on them. */
export function fastenParts(feet: Feet, shapes: readonly RegionShape[], fastening: Fastening): void {
  // What each region stands or rests on in the end: parts of parts may not wander off from it.
  const roots = shapes.map((shape, i) => (feet[i] === undefined ? undefined : shape));
  for (let pass = 0; pass < PASSES; pass++) if (!inheritFeet(feet, roots, shapes, fastening)) return;
}

/** True when any changed. */
function inheritFeet(
  feet: Feet,
  roots: (RegionShape | undefined)[],
  shapes: readonly RegionShape[],
  fastening: Fastening,
): boolean {
  let changed = false;
  for (const [i, shape] of shapes.entries()) {
    if (feet[i] !== undefined || !fastening.mayBelong(i)) continue;
    if (shape.cells > LARGEST_PART * fastening.cells) continue;
    const isFree = fastening.isAboveLine(i);
    const isBough = isFree && shape.cells < LARGEST_BOUGH * fastening.cells;
    let [best, firmest] = [-1, 0];
    for (const [neighbour, border] of shape.neighbours) {
      const root = roots[neighbour];
      const firmness =
        root === undefined ? 0 : hold(shape, { whole: shapes[neighbour]!, root, border, isFree, isBough });
      if (firmness > firmest) [best, firmest] = [neighbour, firmness];
    }
    if (best < 0) continue;
    feet[i] = feet[best];
    roots[i] = roots[best];
    changed = true;
  }
  return changed;
}

interface Rest {
  /** What the part touches, and what that stands on in the end. */
  readonly whole: RegionShape;
  readonly root: RegionShape;
  /** Cells that it touches it along. */
  readonly border: number;
  /** The part is seen above the ground. */
  readonly isFree: boolean;
  /** It is small as well. */
  readonly isBough: boolean;
}

/**
 * How firmly a part belongs to a standing thing that reaches further down, 0 when it does not. A limb or a wall is
 * fastened to it by a fair part of its own breadth, within the thing's; a crown sits on the whole breadth of its trunk, a
 * head of any colour on its shoulders; a bough hangs beside it, small and of nearly the same colour.
 */
function hold(part: RegionShape, { whole, root, border, isFree, isBough }: Rest): number {
  const breadth = breadthOf(part);
  if (part.foot > root.foot || breadth > 2.5 * (part.bottom - part.top + 1)) return 0;
  if (isHead(part, whole, border)) return CROWN_WEIGHT * border;
  const distance = colourDistance(part, whole);
  if (distance > SAME_THING) return 0;
  const isCrown = isFree && isPost(whole) && sitsOn(part, whole, border);
  if (isCrown && breadthOf(whole) < breadth) return CROWN_WEIGHT * border;
  const isFastened = border > 0.25 * Math.min(Math.sqrt(part.cells), breadth);
  const hangs = isBough && isPost(root) && distance < SAME_BOUGH && isNear(part, root);
  return isCrown || hangs || (isFastened && isWithin(part, root)) ? border : 0;
}

const breadthOf = ({ left, right }: RegionShape): number => right - left + 1;
const isPost = (shape: RegionShape): boolean => shape.bottom - shape.top + 1 > POST * breadthOf(shape);
const middleOf = ({ left, right }: RegionShape): number => (left + right) / 2;

function isWithin(part: RegionShape, root: RegionShape): boolean {
  const isOver = middleOf(part) >= root.left - 1 && middleOf(part) <= root.right + 1;
  const isBelowTop = part.top > root.top - OVERTOPPING * (root.bottom - root.top);
  return isOver && isBelowTop && breadthOf(part) < 1.5 * breadthOf(root);
}

/** No further to the side than boughs reach from a trunk of that height. */
function isNear(part: RegionShape, root: RegionShape): boolean {
  return Math.abs(middleOf(part) - middleOf(root)) < BOUGH_REACH * (root.bottom - root.top + 1);
}

function isHead(part: RegionShape, whole: RegionShape, border: number): boolean {
  const isOver = part.left >= whole.left - HEAD_OVERHANG && part.right <= whole.right + HEAD_OVERHANG;
  const tall = whole.bottom - whole.top + 1;
  const isOnTop = part.top < whole.top && part.foot < whole.top + tall / 4;
  return (
    isOver &&
    isOnTop &&
    part.top > whole.top - TALLEST_HEAD * tall &&
    part.cells < LARGEST_HEAD * whole.cells &&
    border > 0.4 * breadthOf(part)
  );
}

function sitsOn(part: RegionShape, whole: RegionShape, border: number): boolean {
  const isAbove = part.top < whole.top && part.foot < whole.foot - 0.3 * (whole.foot - whole.top);
  const isOver = middleOf(whole) > part.left && middleOf(whole) < part.right;
  const isCrownLike =
    breadthOf(part) < BROADEST_CROWN * (whole.bottom - part.top + 1) && part.contrast > CROWN_CONTRAST;
  return isAbove && isOver && isCrownLike && border > 0.5 * Math.min(breadthOf(whole), breadthOf(part));
}
