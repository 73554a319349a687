import { exponential, sineOfTurns } from '../elementary-functions.ts';
import { StateVariableFilter } from '../state-variable-filter.ts';
import { SAMPLE_RATE, samplesIn } from '../stereo-sound.ts';
import type { EventCue } from './event-cue.ts';

/** A step: the heel's thump and, at once, the scuff of the sole; feet alternate between left and right. */
export function addFootstep({ layer, sample, gain, index, streams }: EventCue): void {
  const random = streams('step');
  const thumpFrequency = random.between(140, 180);
  const scuffBand = new StateVariableFilter(random.between(1500, 2200), 0.8);
  const scuffGain = random.between(0.5, 0.9);
  const step = Float32Array.from({ length: samplesIn(0.16) }, (_, i) => {
    const seconds = i / SAMPLE_RATE;
    const attack = Math.min(1, i / 24);
    const thump =
      exponential(-seconds / 0.02) * sineOfTurns(0.1 + thumpFrequency * seconds * (1 - 1.2 * seconds));
    // The sole lands in two: heel at once, ball of the foot 45 ms later.
    const roll = i < 2160 ? exponential(-seconds / 0.012) : 0.5 * exponential(-(seconds - 0.045) / 0.016);
    return attack * (thump + scuffGain * roll * scuffBand.bandPass(random.signed()));
  });
  layer.place(step, sample, 0.5 * gain, index % 2 === 0 ? -0.22 : 0.22, 0.09);
}
