/** Gates over a clip's sound: events on their moments, loudness, true peak. */
import type { Plan } from '#animator/director/plan.ts';
import { integratedLoudness } from '#animator/sound/loudness.ts';
import { SAMPLE_RATE, type StereoSound } from '#animator/sound/stereo-sound.ts';
import { truePeak } from '#animator/sound/true-peak.ts';
import type { Measurement } from './measurement.ts';

const HOP = SAMPLE_RATE / 1000;
const WINDOW_HOPS = 8;
const SEARCH_MS = 120;

/** Energy of each millisecond, both channels: of the sound as it is, and of its differences, in which treble prevails. */
interface Energies {
  readonly full: Float64Array;
  readonly treble: Float64Array;
}

function energiesOf({ left, right }: StereoSound): Energies {
  const hops = Math.floor(left.length / HOP);
  const [full, treble] = [new Float64Array(hops), new Float64Array(hops)];
  for (let hop = 0; hop < hops; hop++) {
    for (let i = Math.max(1, hop * HOP); i < (hop + 1) * HOP; i++) {
      full[hop]! += left[i]! ** 2 + right[i]! ** 2;
      treble[hop]! += (left[i]! - left[i - 1]!) ** 2 + (right[i]! - right[i - 1]!) ** 2;
    }
  }
  return { full, treble };
}

/** How much more energy the 8 ms from a moment on have than the 8 ms before it. */
function riseAt(energy: Float64Array, ms: number): number {
  let [before, after] = [1e-9, 1e-9];
  for (let i = 0; i < WINDOW_HOPS; i++) {
    before += energy[ms - 1 - i]!;
    after += energy[ms + i]!;
  }
  return after / before;
}

/** The moment within `SEARCH_MS` of a time at which both bands together rise most: one alone may be an ambience's own. */
function steepestRise({ full, treble }: Energies, timeMs: number): number {
  let [best, bestRise] = [Number.NaN, 0];
  const end = Math.min(timeMs + SEARCH_MS, full.length - WINDOW_HOPS);
  for (let ms = Math.max(WINDOW_HOPS, Math.round(timeMs) - SEARCH_MS); ms <= end; ms++) {
    const rise = riseAt(full, ms) * riseAt(treble, ms);
    if (rise <= bestRise) continue;
    bestRise = rise;
    best = ms;
  }
  return best;
}

/** Events that begin at once; a whoosh swells and has no onset. */
const SUDDEN: readonly string[] = ['impact', 'thunder', 'footstep', 'heartbeat'];

export const hasOnsets = (events: Plan['events']): boolean =>
  events.some(({ kind }) => SUDDEN.includes(kind));

/** Gate "onset alignment": the largest distance between an event of the plan and its rise in the sound. */
export function judgeOnsets(
  sound: StereoSound,
  events: Plan['events'],
  state: 'raw' | 'encoded',
): Measurement {
  const energies = energiesOf(sound);
  const errors = events
    .filter(({ kind }) => SUDDEN.includes(kind))
    .map(({ timeSeconds }) => Math.abs(steepestRise(energies, 1000 * timeSeconds) - 1000 * timeSeconds));
  return {
    gate: `onset, ${state}`,
    value: Math.max(...errors),
    unit: 'ms',
    atMost: state === 'raw' ? 10 : 25,
  };
}

/** Gate "loudness": -18 LUFS within 1, true peak at most -1 dBTP. */
export function judgeLoudness(sound: StereoSound): readonly Measurement[] {
  const peak = Math.max(truePeak(sound.left), truePeak(sound.right));
  return [
    {
      gate: 'loudness',
      value: integratedLoudness(sound) ?? Number.NaN,
      unit: 'LUFS',
      atLeast: -19,
      atMost: -17,
    },
    { gate: 'true peak', value: 20 * Math.log10(peak), unit: 'dBTP', atMost: -1 },
  ];
}
