import { cube } from '../elementary-functions.ts';
import { CONTROL_INTERVAL } from '../layer.ts';
import { StateVariableFilter } from '../state-variable-filter.ts';
import { samplesIn } from '../stereo-sound.ts';
import type { EventCue } from './event-cue.ts';

const RISE_SAMPLES = samplesIn(0.55);
const FALL_SAMPLES = samplesIn(0.4);

/** A camera that rushes: noise whose level and pitch follow the speed, loudest on the moment, from one side to the other. */
export function addWhoosh({ layer, sample, gain, streams }: EventCue): void {
  const random = streams('whoosh');
  const direction = random.unit() < 0.5 ? -1 : 1;
  const band = new StateVariableFilter(250, 1.1);
  const air = new StateVariableFilter(5000, 0.6);
  const length = RISE_SAMPLES + FALL_SAMPLES;
  for (let start = 0; start < length; start += CONTROL_INTERVAL) {
    const fromPeak = start - RISE_SAMPLES;
    const distance = fromPeak < 0 ? -fromPeak / RISE_SAMPLES : fromPeak / FALL_SAMPLES;
    const speed = cube(1 - distance) * (1 + 2 * distance);
    band.tune(250 + 2600 * speed, 1.1);
    const pan = direction * Math.max(-1, Math.min(1, fromPeak / (0.6 * RISE_SAMPLES)));
    const leftLevel = gain * speed * Math.sqrt(1 - pan);
    const rightLevel = gain * speed * Math.sqrt(1 + pan);
    for (let i = start; i < start + CONTROL_INTERVAL; i++) {
      const white = random.signed();
      const sound = 0.5 * band.bandPass(white) + 0.1 * speed * air.bandPass(white);
      const at = sample - RISE_SAMPLES + i;
      if (at < 0 || at >= layer.sampleCount) continue;
      layer.left[at]! += leftLevel * sound;
      layer.right[at]! += rightLevel * sound;
      layer.echo[at]! += 0.12 * gain * speed * sound;
    }
  }
}
