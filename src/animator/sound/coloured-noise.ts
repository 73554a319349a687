import type { RandomStream } from './random-stream.ts';

/** Pink noise, -3 dB an octave: white noise through Paul Kellet's three poles. About -12 dBFS RMS. */
export class PinkNoise {
  readonly #random: RandomStream;
  #slow = 0;
  #middle = 0;
  #fast = 0;

  constructor(random: RandomStream) {
    this.#random = random;
  }

  next(): number {
    const white = this.#random.signed();
    this.#slow = 0.99765 * this.#slow + white * 0.099046;
    this.#middle = 0.963 * this.#middle + white * 0.2965164;
    this.#fast = 0.57 * this.#fast + white * 1.0526913;
    return (this.#slow + this.#middle + this.#fast + white * 0.1848) * 0.2;
  }
}

/** Brown noise, -6 dB an octave above 40 Hz: white noise through a leaky sum. About -12 dBFS RMS. */
export class BrownNoise {
  readonly #random: RandomStream;
  #sum = 0;

  constructor(random: RandomStream) {
    this.#random = random;
  }

  next(): number {
    this.#sum = 0.995 * this.#sum + this.#random.signed() * 0.043;
    return this.#sum;
  }
}
