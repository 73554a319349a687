/** True peak as ITU-R BS.1770-4, annex 2, estimates it: the largest value between the samples, found at four times the rate. */
import { cosineOfTurns, sineOfTurns } from './elementary-functions.ts';

const PHASES = 4;
/** Taps per phase: the interpolator sees six samples on either side. */
const TAPS = 12;

/** Windowed sinc for the points 1/4, 2/4 and 3/4 after a sample, each phase scaled to pass a constant unchanged. */
const INTERPOLATORS = Array.from({ length: PHASES - 1 }, (_, i) => interpolator((i + 1) / PHASES));

function interpolator(offset: number): Float64Array {
  const taps = Float64Array.from({ length: TAPS }, (_, tap) => {
    const distance = tap - (TAPS / 2 - 1) - offset;
    const window = 0.5 + 0.5 * cosineOfTurns(distance / (TAPS + 1));
    return (window * sineOfTurns(distance / 2)) / (Math.PI * distance);
  });
  const sum = taps.reduce((total, tap) => total + tap, 0);
  return taps.map((tap) => tap / sum);
}

/** The largest magnitude of the wave from sample `index` up to the next one. */
export function truePeakAfter(samples: Float32Array, index: number): number {
  let peak = Math.abs(samples[index]!);
  const first = index - (TAPS / 2 - 1);
  for (const taps of INTERPOLATORS) {
    let value = 0;
    for (let tap = 0; tap < TAPS; tap++) value += taps[tap]! * (samples[first + tap] ?? 0);
    peak = Math.max(peak, Math.abs(value));
  }
  return peak;
}

/** The true peak of a whole channel as an amplitude: 1 is 0 dBTP. */
export function truePeak(samples: Float32Array): number {
  let peak = 0;
  for (let i = 0; i < samples.length; i++) {
    // Between samples the wave rises at most about twofold over its neighbours: quiet stretches need no closer look.
    const near = Math.max(Math.abs(samples[i]!), Math.abs(samples[i + 1] ?? 0));
    if (near * 2 > peak) peak = Math.max(peak, truePeakAfter(samples, i));
  }
  return peak;
}
