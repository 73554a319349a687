/** The last step of a clip's sound: fades, loudness and peak. */
import { decibelsToGain } from './elementary-functions.ts';
import { limitPeaks } from './limiter.ts';
import { integratedLoudness } from './loudness.ts';
import { samplesIn } from './stereo-sound.ts';

/** LUFS, within 1. */
export const TARGET_LOUDNESS = -18;

/** 0.2 dB under the promised -1 dBTP, for what the interpolation underestimates. */
const PEAK_CEILING = decibelsToGain(-1.2);

const FADE_IN_SAMPLES = samplesIn(0.03);
const FADE_OUT_SAMPLES = samplesIn(0.3);

/** Limiting costs a little loudness: so many rounds bring it back, or as close as the peaks allow. */
const MAX_ROUNDS = 4;
const LOUDNESS_TOLERANCE = 0.2;

/** The pole of a high pass at 20 Hz: what lies below is heard by nobody and only takes room from the rest. */
const SUBSONIC_POLE = 0.9974;

/** Fades both channels in and out and brings them to the target loudness under the peak ceiling, in place. */
export function master(left: Float32Array, right: Float32Array): void {
  for (const channel of [left, right]) {
    removeSubsonics(channel);
    fade(channel);
  }
  for (let round = 0; round < MAX_ROUNDS; round++) {
    const loudness = integratedLoudness({ left, right });
    if (loudness === undefined) return;
    if (round > 0 && Math.abs(TARGET_LOUDNESS - loudness) <= LOUDNESS_TOLERANCE) return;
    const gain = decibelsToGain(TARGET_LOUDNESS - loudness);
    scale(left, gain);
    scale(right, gain);
    limitPeaks(left, right, PEAK_CEILING);
  }
}

function removeSubsonics(samples: Float32Array): void {
  let previous = 0;
  let output = 0;
  for (let i = 0; i < samples.length; i++) {
    const input = samples[i]!;
    output = input - previous + SUBSONIC_POLE * output;
    previous = input;
    samples[i] = output;
  }
}

function scale(samples: Float32Array, gain: number): void {
  for (let i = 0; i < samples.length; i++) samples[i]! *= gain;
}

/** Raised by the square of a straight line, which the ear takes for even. */
function fade(samples: Float32Array): void {
  const fadeIn = Math.min(FADE_IN_SAMPLES, samples.length);
  for (let i = 0; i < fadeIn; i++) samples[i]! *= (i / FADE_IN_SAMPLES) * (i / FADE_IN_SAMPLES);
  for (let left = Math.min(FADE_OUT_SAMPLES, samples.length); left > 0; left--) {
    samples[samples.length - left]! *= ((left - 1) / FADE_OUT_SAMPLES) * ((left - 1) / FADE_OUT_SAMPLES);
  }
}
