import type { RandomStream } from './random-stream.ts';

/** A value that wanders smoothly through 0..1: random points at a steady rate, joined by smoothstep. */
export class SlowRandom {
  readonly #pointsPerSecond: number;
  readonly #points: Float32Array;

  /** Covers times from -1 to `durationSeconds + 1`. */
  constructor(random: RandomStream, pointsPerSecond: number, durationSeconds: number) {
    this.#pointsPerSecond = pointsPerSecond;
    const count = Math.ceil((durationSeconds + 2) * pointsPerSecond) + 2;
    this.#points = Float32Array.from({ length: count }, () => random.unit());
  }

  at(timeSeconds: number): number {
    const position = Math.max(0, (timeSeconds + 1) * this.#pointsPerSecond);
    const index = Math.min(Math.floor(position), this.#points.length - 2);
    const x = Math.min(1, position - index);
    const from = this.#points[index]!;
    return from + (this.#points[index + 1]! - from) * x * x * (3 - 2 * x);
  }
}
