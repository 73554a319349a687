/**
 * A layer of air at one depth, seen through the camera. It moves as the picture at that depth would, and is hidden by
 * what is nearer. Its particles drift through a tile larger than any view of the layer, which repeats without end:
 * the view is always full, and where a particle is follows from the time alone.
 */
import type { FrameSize } from '#domain/media/frame-size.ts';
import type { Moment } from './effect.ts';
import type { Outlook } from './outlook.ts';
import { type Point, Projection } from './projection.ts';

/** Over this much inverse depth a layer passes from hidden to seen. */
const HIDING_RANGE = 0.1;

/** Sides of the tile in sides of the frame; the widest pull-out sees 1.45. */
export const TILE_SIDES = 1.6;

export class LayerView extends Projection {
  /** Of the layer, in pixels at rest. */
  readonly tileWidth: number;
  readonly tileHeight: number;
  readonly #depth: number;
  readonly #outlook: Outlook;
  readonly #size: FrameSize;
  /** The copy of the tile whose middle the camera looks at. */
  readonly #left: number;
  readonly #top: number;

  constructor(size: FrameSize, { pose, outlook }: Moment, depth: number) {
    super(size, pose, depth);
    this.#depth = depth;
    this.#outlook = outlook;
    this.#size = size;
    this.tileWidth = TILE_SIDES * size.width;
    this.tileHeight = TILE_SIDES * size.height;
    this.#left = this.centre.x - this.tileWidth / 2;
    this.#top = this.centre.y - this.tileHeight / 2;
  }

  /**
   * How often a particle at height `y` of the layer has crossed the view since the clip began: it may come back
   * elsewhere.
   */
  crossing(y: number): number {
    return Math.floor((y - this.#top) / this.tileHeight);
  }

  /** Where the frame shows a particle: that copy of it which is nearest the middle of the view. */
  placeParticle(x: number, y: number): Point {
    const column = Math.floor((x - this.#left) / this.tileWidth);
    return this.placeAt(x - column * this.tileWidth, y - this.crossing(y) * this.tileHeight);
  }

  /** 0 where a point of the frame shows something nearer than the layer, 1 where it is farther. */
  visibilityAt({ x, y }: Point): number {
    const t = (this.#depth - this.#outlook.depthAt(x, y)) / HIDING_RANGE + 0.5;
    if (t >= 1) return 1;
    return t <= 0 ? 0 : t * t * (3 - 2 * t);
  }

  /** Whether anything within `reach` pixels of a point is inside the frame. */
  isInFrame({ x, y }: Point, reach: number): boolean {
    return x > -reach && y > -reach && x < this.#size.width + reach && y < this.#size.height + reach;
  }
}
