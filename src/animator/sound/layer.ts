import { cosineOfTurns, sineOfTurns } from './elementary-functions.ts';
import { SAMPLE_RATE } from './stereo-sound.ts';

/** How far apart parameters that glide (filter frequencies, levels) are recomputed: 1 ms. */
export const CONTROL_INTERVAL = SAMPLE_RATE / 1000;

/** One layer of a clip's sound while it is made: both channels, and what of it the room's echo returns. */
export class Layer {
  readonly left: Float32Array;
  readonly right: Float32Array;
  /** Goes into the shared reverb. */
  readonly echo: Float32Array;

  constructor(sampleCount: number) {
    this.left = new Float32Array(sampleCount);
    this.right = new Float32Array(sampleCount);
    this.echo = new Float32Array(sampleCount);
  }

  get sampleCount(): number {
    return this.left.length;
  }

  get durationSeconds(): number {
    return this.left.length / SAMPLE_RATE;
  }

  /**
   * Adds a short mono sound from `firstSample` on; what lies outside the clip is dropped.
   * @param pan -1 left to 1 right, at constant power. @param echoGain Share of it that the reverb gets.
   */
  place(sound: Float32Array, firstSample: number, gain: number, pan: number, echoGain = 0): void {
    const leftGain = gain * Math.SQRT2 * cosineOfTurns((pan + 1) / 8);
    const rightGain = gain * Math.SQRT2 * sineOfTurns((pan + 1) / 8);
    const from = Math.max(0, -firstSample);
    const to = Math.min(sound.length, this.sampleCount - firstSample);
    for (let i = from; i < to; i++) {
      const sample = sound[i]!;
      this.left[firstSample + i]! += sample * leftGain;
      this.right[firstSample + i]! += sample * rightGain;
    }
    if (echoGain === 0) return;
    for (let i = from; i < to; i++) this.echo[firstSample + i]! += sound[i]! * gain * echoGain;
  }
}
