/**
 * One picture turning into another: at progress s the first has gone the part s of the way to where the second shows the same things, and the
 * second has the part 1 - s left to go, so that both lie on each other all the time and fade over unseen.
 *
 * With F the flow from the base picture and y a place between the two, the base picture is read at r and the other one at o:
 *
 *     r + t F(r) = y        o = r + F(r)        t: the base picture's part of the way
 *
 * so one field G(y) = F(r) serves both: r = y - t G, o = y + (1 - t) G.
 */
import type { FrameSize } from '#domain/media/frame-size.ts';
import { smootherstep } from '../camera/seeded-noise.ts';
import type { Displacement, FlowField } from '../raster/displacement.ts';
import type { Grid } from '../scene/scene.ts';
import type { SceneMatch } from './correspondence.ts';
import { type CoverWindow, coverOf, fitWindow } from './cover-window.ts';
import { emptyFlow, lengthOf, sampleBilinear } from './flow-field.ts';

/** Everything that is needed to draw the place between the pictures. */
export interface MorphStage {
  readonly first: Displacement;
  readonly second: Displacement;
  /** 0..1 place by place: how much of the second picture is seen. 0 everywhere at progress 0, 1 everywhere at progress 1. */
  readonly weights: Grid;
  /** Inverse depth of what is seen there. */
  readonly depth: Grid;
  /** The part of the place between that shows no seam; the whole of it at both ends. */
  readonly window: CoverWindow;
}

/** The flow is no steeper than 0.6, so every step shrinks the error to 0.6: 0.001 cells are left of a quarter of the picture. */
const FIXED_POINT_STEPS = 20;
/** Steps end where none is longer than this many cells. */
const SETTLED = 0.002;

/** Half-width of the fade for pictures that lie far apart, and for such that lie on each other, where a slow fade shows no double. */
const QUICK_FADE = 0.15;
const SLOW_FADE = 0.35;
/** Share of the width, on average, by which pictures are far apart. */
const FAR_APART = 0.03;

/** Where one picture ends, the other takes over within this share of the width: wide under the same light, narrow where the seam is kept out of view. */
const WIDE_SEAM = 0.06;
const NARROW_SEAM = 0.02;
/** Share of the width by which a picture's outermost pixels may be drawn out past its edge, unseen. */
const FREE_OVERSTEP = 0.004;
/** Mean difference of the colours from which on a seam is seen, and at which it must be kept out of view. */
const SEEN_LIGHT_CHANGE = 0.03;
const STRONG_LIGHT_CHANGE = 0.1;

export class Morph {
  readonly #match: SceneMatch;
  readonly #depths: readonly [first: Grid, second: Grid];
  readonly #size: FrameSize;
  readonly #fade: number;
  /** 0..1: how much a seam would be seen. */
  readonly #contrast: number;
  /** Share of the width. */
  readonly #seam: number;

  /** `depths` are the pictures' inverse depths, limited for the camera's move. */
  constructor(match: SceneMatch, depths: readonly [first: Grid, second: Grid], size: FrameSize) {
    this.#match = match;
    this.#depths = depths;
    this.#size = size;
    const { flow, lightChange } = match;
    const distance = Math.min(1, meanLength(flow) / (FAR_APART * flow.width));
    this.#fade = SLOW_FADE + (QUICK_FADE - SLOW_FADE) * distance;
    this.#contrast = smootherstep(
      (lightChange - SEEN_LIGHT_CHANGE) / (STRONG_LIGHT_CHANGE - SEEN_LIGHT_CHANGE),
    );
    this.#seam = WIDE_SEAM + (NARROW_SEAM - WIDE_SEAM) * this.#contrast;
  }

  /** The place at `progress` 0..1 from the first picture to the second. */
  at(progress: number): MorphStage {
    const { base, flow } = this.#match;
    const part = base === 'first' ? progress : 1 - progress;
    const field = between(flow, part);
    const ofBase = { field, share: -part };
    const ofOther = { field, share: 1 - part };
    const [first, second] = base === 'first' ? [ofBase, ofOther] : [ofOther, ofBase];
    const fade = smootherstep((progress - 0.5) / (2 * this.#fade) + 0.5);
    return {
      first,
      second,
      weights: this.#weigh(first, second, fade),
      depth: this.#depth(first, second, progress),
      window: fitWindow(coverOf(first), coverOf(second), fade, this.#contrast, this.#seam),
    };
  }

  #weigh(first: Displacement, second: Displacement, fade: number): Grid {
    const seenOfFirst = insideShare(first, this.#size, this.#seam);
    const seenOfSecond = insideShare(second, this.#size, this.#seam);
    const data = seenOfFirst.map((seen, cell) => fade * seenOfSecond[cell]! + (1 - fade) * (1 - seen));
    return { width: first.field.width, height: first.field.height, data };
  }

  #depth(first: Displacement, second: Displacement, progress: number): Grid {
    const [depthOfFirst, depthOfSecond] = this.#depths;
    const { width, height } = first.field;
    const data = new Float32Array(width * height);
    const read = (depth: Grid, { field, share }: Displacement, x: number, y: number) => {
      const cell = y * width + x;
      return sampleBilinear(
        depth.data,
        depth.width,
        depth.height,
        ((x + 0.5 + share * field.dx[cell]!) * depth.width) / width - 0.5,
        ((y + 0.5 + share * field.dy[cell]!) * depth.height) / height - 0.5,
      );
    };
    for (let y = 0; y < height; y++) {
      for (let x = 0; x < width; x++) {
        data[y * width + x] =
          (1 - progress) * read(depthOfFirst, first, x, y) + progress * read(depthOfSecond, second, x, y);
      }
    }
    return { width, height, data };
  }
}

/** F at r for every y with r + part * F(r) = y. */
function between(flow: FlowField, part: number): FlowField {
  if (part === 0) return flow;
  const { width, height } = flow;
  const result = emptyFlow(flow);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const cell = y * width + x;
      // The neighbour's answer is close to this one's.
      const guess = x > 0 ? cell - 1 : y > 0 ? cell - width : undefined;
      let dx = guess === undefined ? flow.dx[cell]! : result.dx[guess]!;
      let dy = guess === undefined ? flow.dy[cell]! : result.dy[guess]!;
      for (let step = 0; step < FIXED_POINT_STEPS; step++) {
        const [fromX, fromY] = [x - part * dx, y - part * dy];
        const nextX = sampleBilinear(flow.dx, width, height, fromX, fromY);
        const nextY = sampleBilinear(flow.dy, width, height, fromX, fromY);
        const isSettled = Math.abs(nextX - dx) + Math.abs(nextY - dy) < SETTLED;
        [dx, dy] = [nextX, nextY];
        if (isSettled) break;
      }
      result.dx[cell] = dx;
      result.dy[cell] = dy;
    }
  }
  return result;
}

/**
 * 1 where the picture is read well inside, 0 where well past its edge, smooth between. The seam is never wider than the picture is overstepped
 * anywhere, so without a displacement all is 1.
 */
function insideShare({ field, share }: Displacement, size: FrameSize, seamShare: number): Float32Array {
  const { width, height } = field;
  const cellWidth = size.width / width;
  const cellHeight = size.height / height;
  const beyond = new Float32Array(width * height);
  let furthest = 0;
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const cell = y * width + x;
      const toX = x + share * field.dx[cell]!;
      const toY = y + share * field.dy[cell]!;
      const beyondX = cellWidth * Math.max(-toX, toX - width + 1);
      const beyondY = cellHeight * Math.max(-toY, toY - height + 1);
      beyond[cell] = Math.max(beyondX, beyondY) - FREE_OVERSTEP * size.width;
      furthest = Math.max(furthest, beyond[cell]!);
    }
  }
  if (furthest === 0) return beyond.fill(1);
  const seam = Math.min(seamShare * size.width, furthest);
  return beyond.map((distance) => 1 - smootherstep((distance + seam) / seam));
}

function meanLength({ dx, dy }: FlowField): number {
  return dx.reduce((sum, value, cell) => sum + lengthOf(value, dy[cell]!), 0) / dx.length;
}
