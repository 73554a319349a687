import { BrownNoise } from '../coloured-noise.ts';
import { decibelsToGain, exponential } from '../elementary-functions.ts';
import { CONTROL_INTERVAL } from '../layer.ts';
import type { RandomStream } from '../random-stream.ts';
import { SlowRandom } from '../slow-random.ts';
import { StateVariableFilter } from '../state-variable-filter.ts';
import { SAMPLE_RATE, samplesIn } from '../stereo-sound.ts';
import type { EventCue } from './event-cue.ts';

const SECONDS = 4.5;
const STROKES = 5;

/** Thunder: a crack that tears, then rolls as the sound of ever farther parts of the bolt arrives, duller each time. */
export function addThunder({ layer, sample, gain, streams }: EventCue): void {
  const side = streams('side').between(-0.5, 0.5);
  layer.place(crack(streams('crack')), sample, 1.1 * gain, side, 0.2);
  layer.place(roll(streams('roll a')), sample, gain, side - 0.45, 0.1);
  layer.place(roll(streams('roll b')), sample, gain, side + 0.45, 0.1);
}

/** Torn noise: a volley of bursts in the first third of a second. */
function crack(random: RandomStream): Float32Array {
  const bright = new StateVariableFilter(2400, 0.6);
  const tears = new SlowRandom(random, 60, 0.5);
  return Float32Array.from({ length: samplesIn(0.5) }, (_, i) => {
    const seconds = i / SAMPLE_RATE;
    const tear = tears.at(seconds);
    const level = exponential(-seconds / 0.09) * (0.25 + 0.75 * tear * tear);
    return Math.min(1, i / 48) * level * bright.lowPass(random.signed());
  });
}

/** Brown noise through a low pass that sinks from 900 to 90 Hz in 2 s; five strokes of it, the first at once. */
function roll(random: RandomStream): Float32Array {
  const noise = new BrownNoise(random);
  const low = new StateVariableFilter(900);
  const arrivals = Array.from({ length: STROKES }, (_, n) => (n === 0 ? 0 : n * random.between(0.25, 0.45)));
  const decays = arrivals.map((_, n) => random.between(0.35, 0.6) * (1 + 0.25 * n));
  const sound = new Float32Array(samplesIn(SECONDS));
  for (let start = 0; start < sound.length; start += CONTROL_INTERVAL) {
    const seconds = start / SAMPLE_RATE;
    // Down to a tenth in two seconds, then no further.
    low.tune(900 * decibelsToGain(-20 * Math.min(1, seconds / 2)), 0.7);
    let level = 0;
    for (let n = 0; n < STROKES; n++) {
      const since = seconds - arrivals[n]!;
      // The first stroke is there at once, the echoes swell.
      const rise = n === 0 ? 1.5 : Math.min(1, since / 0.08);
      if (since >= 0) level += rise * exponential(-since / decays[n]!);
    }
    const end = Math.min(1, (SECONDS - seconds) / 1.5);
    for (let i = start; i < start + CONTROL_INTERVAL; i++) sound[i] = level * end * low.lowPass(noise.next());
  }
  return sound;
}
