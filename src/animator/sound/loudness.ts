/** Loudness as ITU-R BS.1770-4 defines it: K-weighting, 400 ms blocks every 100 ms, an absolute and a relative gate. */
import { powerToDecibels } from './elementary-functions.ts';
import { SAMPLE_RATE } from './stereo-sound.ts';

type Channels = { readonly left: Float32Array; readonly right: Float32Array };

/** Direct form coefficients at 48 kHz, BS.1770-4 tables 1 (the head's shelf) and 2 (the low cut). */
const SHELF = [
  1.53512485958697, -2.69169618940638, 1.19839281085285, -1.69065929318241, 0.73248077421585,
] as const;
const LOW_CUT = [1, -2, 1, -1.99004745483398, 0.99007225036621] as const;

const HOP = SAMPLE_RATE / 10;
const HOPS_PER_BLOCK = 4;
/** LUFS of a mean square of 1. */
const OFFSET = -0.691;
const ABSOLUTE_GATE = -70;
const RELATIVE_GATE = -10;

/** Integrated loudness in LUFS; undefined for silence (nothing above the absolute gate) and for less than 400 ms. */
export function integratedLoudness(sound: Channels): number | undefined {
  const hops = kWeightedHops(sound.left);
  const rightHops = kWeightedHops(sound.right);
  for (let i = 0; i < hops.length; i++) hops[i]! += rightHops[i]!;
  const blocks: number[] = [];
  for (let i = 0; i + HOPS_PER_BLOCK <= hops.length; i++) {
    blocks.push(mean(hops.subarray(i, i + HOPS_PER_BLOCK)) / HOP);
  }
  const audible = blocks.filter((power) => loudnessOf(power) > ABSOLUTE_GATE);
  if (audible.length === 0) return undefined;
  const threshold = loudnessOf(mean(audible)) + RELATIVE_GATE;
  return loudnessOf(mean(audible.filter((power) => loudnessOf(power) > threshold)));
}

const loudnessOf = (power: number): number =>
  power > 0 ? OFFSET + powerToDecibels(power) : Number.NEGATIVE_INFINITY;

function mean(values: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += values[i]!;
  return sum / values.length;
}

/** Sums of squares of the K-weighted samples over each whole hop. */
function kWeightedHops(samples: Float32Array): Float64Array {
  const hops = new Float64Array(Math.floor(samples.length / HOP));
  const [b0, b1, b2, a1, a2] = SHELF;
  const [c0, c1, c2, d1, d2] = LOW_CUT;
  // Transposed direct form II: two memories a filter.
  let [s1, s2, t1, t2] = [0, 0, 0, 0];
  for (let hop = 0, i = 0; hop < hops.length; hop++) {
    let sum = 0;
    for (const end = i + HOP; i < end; i++) {
      const x = samples[i]!;
      const y = b0 * x + s1;
      s1 = b1 * x - a1 * y + s2;
      s2 = b2 * x - a2 * y;
      const z = c0 * y + t1;
      t1 = c1 * y - d1 * z + t2;
      t2 = c2 * y - d2 * z;
      sum += z * z;
    }
    hops[hop] = sum;
  }
  return hops;
}
