import { cosineOfTurns, sineOfTurns } from './elementary-functions.ts';
import { SAMPLE_RATE } from './stereo-sound.ts';

/**
 * Second-order filter in the topology-preserving form (Zavalishin, The Art of VA Filter Design, ch. 4): it stays stable and silent
 * of clicks while its frequency moves. Use one kind of output per instance.
 */
export class StateVariableFilter {
  #damping = 1;
  #a1 = 0;
  #a2 = 0;
  #a3 = 0;
  #first = 0;
  #second = 0;
  #low = 0;
  #band = 0;

  constructor(frequencyHertz: number, q = Math.SQRT1_2) {
    this.tune(frequencyHertz, q);
  }

  /** @param frequencyHertz Below 20,000. @param q 0.707 is flat; a band is `frequency / q` wide. */
  tune(frequencyHertz: number, q: number): void {
    const turns = frequencyHertz / (2 * SAMPLE_RATE);
    const g = sineOfTurns(turns) / cosineOfTurns(turns);
    this.#damping = 1 / q;
    this.#a1 = 1 / (1 + g * (g + this.#damping));
    this.#a2 = g * this.#a1;
    this.#a3 = g * this.#a2;
  }

  lowPass(input: number): number {
    this.#step(input);
    return this.#low;
  }

  /** 0 dB at the centre. */
  bandPass(input: number): number {
    this.#step(input);
    return this.#damping * this.#band;
  }

  highPass(input: number): number {
    this.#step(input);
    return input - this.#damping * this.#band - this.#low;
  }

  #step(input: number): void {
    const difference = input - this.#second;
    const band = this.#a1 * this.#first + this.#a2 * difference;
    const low = this.#second + this.#a2 * this.#first + this.#a3 * difference;
    this.#first = 2 * band - this.#first;
    this.#second = 2 * low - this.#second;
    this.#band = band;
    this.#low = low;
  }
}
