/** Smooth noise on a square that repeats without a seam, made once from the seed and read at any place and scale. */
import type { RandomStream } from '../sound/random-stream.ts';

/** Points along each side; a power of two. */
const SIDE = 64;
const WRAP = SIDE - 1;

export class TileableNoise {
  readonly #points: Float32Array;

  constructor(random: RandomStream) {
    this.#points = Float32Array.from({ length: SIDE * SIDE }, () => random.unit());
  }

  /** 0..1, mean 0.5, with one independent value per unit of x and y; its slope has no jumps. */
  at(x: number, y: number): number {
    const column = Math.floor(x);
    const row = Math.floor(y);
    const across = smooth(x - column);
    const left = column & WRAP;
    const right = (column + 1) & WRAP;
    const upper = (row & WRAP) * SIDE;
    const lower = ((row + 1) & WRAP) * SIDE;
    const points = this.#points;
    const top = points[upper + left]! + (points[upper + right]! - points[upper + left]!) * across;
    const bottom = points[lower + left]! + (points[lower + right]! - points[lower + left]!) * across;
    return top + (bottom - top) * smooth(y - row);
  }
}

const smooth = (t: number): number => t * t * (3 - 2 * t);
