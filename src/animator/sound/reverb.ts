/**
 * The room around the clip: an eight-line feedback delay network after Jot and Chaigne (1991). Each line feeds all others through a
 * Householder matrix, which keeps the energy, so that the decay alone decides how long it rings. 1.5 ms a second of sound.
 */
import { decibelsToGain } from './elementary-functions.ts';
import { SAMPLE_RATE, samplesIn } from './stereo-sound.ts';

/** Samples; without common factors, so that no pitch builds up. */
const DELAYS = [1433, 1787, 2131, 2477, 2833, 3181, 3533, 3907] as const;
const PRE_DELAY = samplesIn(0.012);
const LINES = DELAYS.length;
/** A power of two above the longest delay. */
const LINE_LENGTH = 4096;
/** Time to fall by 60 dB, seconds. */
const DECAY_SECONDS = 1.9;
/** One-pole low pass in each line: walls and air swallow the highs first. */
const BRIGHTNESS = 0.55;

/** Adds the reverberation of `input` to both channels; the left hears the even lines, the right the odd ones. */
export function addReverb(input: Float32Array, left: Float32Array, right: Float32Array): void {
  const first = input.findIndex((sample) => sample !== 0);
  if (first === -1) return;
  const lines = new Float32Array(LINES * LINE_LENGTH);
  const damped = new Float64Array(LINES);
  const heard = new Float64Array(LINES);
  const feedback = DELAYS.map((delay) => decibelsToGain((-60 * delay) / (DECAY_SECONDS * SAMPLE_RATE)));
  for (let i = first; i < input.length; i++) {
    const position = i & (LINE_LENGTH - 1);
    let sum = 0;
    for (let line = 0; line < LINES; line++) {
      const delayed = lines[line * LINE_LENGTH + ((position - DELAYS[line]!) & (LINE_LENGTH - 1))]!;
      const smooth = damped[line]! + BRIGHTNESS * (delayed - damped[line]!);
      damped[line] = smooth;
      const out = smooth * feedback[line]!;
      heard[line] = out;
      sum += out;
    }
    const source = i < PRE_DELAY ? 0 : input[i - PRE_DELAY]!;
    const shared = source - (2 / LINES) * sum;
    for (let line = 0; line < LINES; line++) lines[line * LINE_LENGTH + position] = heard[line]! + shared;
    left[i]! += heard[0]! - heard[2]! + heard[4]! - heard[6]!;
    right[i]! += heard[1]! - heard[3]! + heard[5]! - heard[7]!;
  }
}
