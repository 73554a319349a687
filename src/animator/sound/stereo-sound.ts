/** Samples per second of all sound in the project. */
export const SAMPLE_RATE = 48_000;

/** A finished stereo recording: float samples in -1..1, both channels equally long. */
export interface StereoSound {
  readonly sampleRate: typeof SAMPLE_RATE;
  readonly left: Float32Array;
  readonly right: Float32Array;
}

/** A time in seconds as a number of samples, rounded: 0.55 * 48000 alone is not a whole number. */
export const samplesIn = (seconds: number): number => Math.round(seconds * SAMPLE_RATE);
