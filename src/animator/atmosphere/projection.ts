/**
 * The equation of `Pose` solved for the frame: where the camera shows a point of the picture whose depth is known.
 */
import type { FrameSize } from '#domain/media/frame-size.ts';
import type { Pose } from '../camera/pose.ts';

export interface Point {
  readonly x: number;
  readonly y: number;
}

/**
 * All points of one inverse depth: p' = turn(scale * p + offset), in pixels from the centre of the picture and of the
 * frame.
 */
export class Projection {
  /** How much larger than at rest the camera shows things at this depth. */
  readonly scale: number;
  readonly #offsetX: number;
  readonly #offsetY: number;
  readonly #cosine: number;
  readonly #sine: number;
  readonly #centreX: number;
  readonly #centreY: number;

  constructor({ width, height }: FrameSize, pose: Pose, depth: number) {
    const { zoom, panX, panY, roll, truckX, truckY, dolly, pivot } = pose;
    this.scale = zoom / (1 - dolly * depth);
    this.#offsetX = -truckX * (depth - pivot) * this.scale - panX * zoom;
    this.#offsetY = -truckY * (depth - pivot) * this.scale - panY * zoom;
    // To nine digits, where all JavaScript engines agree.
    this.#cosine = Math.round(Math.cos(roll) * 1e9) / 1e9;
    this.#sine = Math.round(Math.sin(roll) * 1e9) / 1e9;
    this.#centreX = (width - 1) / 2;
    this.#centreY = (height - 1) / 2;
  }

  /** The point that the middle of the frame shows. */
  get centre(): Point {
    return { x: -this.#offsetX / this.scale, y: -this.#offsetY / this.scale };
  }

  /** From the picture's centre to the frame's top left corner as origin. */
  place({ x, y }: Point): Point {
    return this.placeAt(x, y);
  }

  /** The same for thousands of particles a frame: one object for each, and none in between. */
  placeAt(x: number, y: number): Point {
    const shownX = this.scale * x + this.#offsetX;
    const shownY = this.scale * y + this.#offsetY;
    return {
      x: this.#cosine * shownX + this.#sine * shownY + this.#centreX,
      y: this.#cosine * shownY - this.#sine * shownX + this.#centreY,
    };
  }

  /** The camera's roll, for a direction. */
  turn({ x, y }: Point): Point {
    return { x: this.#cosine * x + this.#sine * y, y: this.#cosine * y - this.#sine * x };
  }
}
