import { exponential, sineOfTurns } from '../elementary-functions.ts';
import { SAMPLE_RATE, samplesIn } from '../stereo-sound.ts';
import type { EventCue } from './event-cue.ts';

const SECOND_SOUND_SAMPLES = samplesIn(0.28);

/** One beat of a heart: the deep first sound on the moment, the shorter second one 0.28 s later. */
export function addHeartbeat({ layer, sample, gain }: EventCue): void {
  layer.place(thud(58, 0.05), sample, 0.95 * gain, 0, 0.05);
  layer.place(thud(48, 0.04), sample + SECOND_SOUND_SAMPLES, 0.6 * gain, 0, 0.05);
}

/** A low burst with the overtones that small loudspeakers need to show it at all. */
function thud(frequency: number, decaySeconds: number): Float32Array {
  return Float32Array.from({ length: samplesIn(0.3) }, (_, i) => {
    const seconds = i / SAMPLE_RATE;
    const turns = frequency * seconds + 0.12 * (1 - exponential(-seconds / 0.01));
    const tone =
      sineOfTurns(turns) +
      0.45 * sineOfTurns(2 * turns) +
      0.2 * exponential(-seconds / 0.02) * sineOfTurns(3 * turns);
    const attack = Math.min(1, i / 72);
    const release = Math.min(1, (0.3 - seconds) / 0.05);
    return attack * release * exponential(-seconds / decaySeconds) * tone;
  });
}
