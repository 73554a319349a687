/** Keeps the true peak under a ceiling by turning both channels down together, smoothly, just around each peak. */
import { SAMPLE_RATE } from './stereo-sound.ts';
import { truePeakAfter } from './true-peak.ts';

/** How long before a peak the level begins to sink: 2 ms. */
const ATTACK = 96;
/** Share of a reduction that is left after one sample: gone to a third in 60 ms. */
const RELEASE = 1 - 1 / (0.06 * SAMPLE_RATE);

/** Limits in place. @param ceiling Amplitude, such as 0.87 for -1.2 dBTP. */
export function limitPeaks(left: Float32Array, right: Float32Array, ceiling: number): void {
  const reduction = neededReduction(left, right, ceiling);
  if (reduction === undefined) return;
  holdAhead(reduction);
  let kept = 0;
  for (let i = 0; i < reduction.length; i++) {
    kept = Math.max(reduction[i]!, kept * RELEASE);
    reduction[i] = kept;
  }
  applySmoothed(left, right, reduction);
}

/** For each sample the share by which it must sink; undefined when nothing is too loud. */
function neededReduction(left: Float32Array, right: Float32Array, ceiling: number): Float32Array | undefined {
  let reduction: Float32Array | undefined;
  for (let i = 0; i < left.length; i++) {
    const next = i + 1 < left.length ? Math.max(Math.abs(left[i + 1]!), Math.abs(right[i + 1]!)) : 0;
    const near = Math.max(Math.abs(left[i]!), Math.abs(right[i]!), next);
    if (near * 2 <= ceiling) continue;
    const peak = Math.max(truePeakAfter(left, i), truePeakAfter(right, i));
    if (peak <= ceiling) continue;
    reduction ??= new Float32Array(left.length);
    reduction[i] = Math.max(reduction[i]!, 1 - ceiling / peak);
    if (i + 1 < left.length) reduction[i + 1] = 1 - ceiling / peak;
  }
  return reduction;
}

/** Spreads each reduction over the `ATTACK` samples before it, so that the smoothing below has it in full at the peak. */
function holdAhead(reduction: Float32Array): void {
  for (let i = 0; i < reduction.length; i++) {
    const needed = reduction[i]!;
    if (needed === 0) continue;
    for (let j = Math.max(0, i - ATTACK + 1); j < i; j++) reduction[j] = Math.max(reduction[j]!, needed);
  }
}

/** Applies the mean reduction of each sample and the `ATTACK - 1` before it: a straight ramp of 2 ms. */
function applySmoothed(left: Float32Array, right: Float32Array, reduction: Float32Array): void {
  // Before the start it is as at the start.
  let sum = ATTACK * reduction[0]!;
  for (let i = 0; i < reduction.length; i++) {
    sum += reduction[i]! - reduction[Math.max(0, i - ATTACK)]!;
    const gain = 1 - sum / ATTACK;
    left[i]! *= gain;
    right[i]! *= gain;
  }
}
