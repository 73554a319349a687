import { cube, exponential, sineOfTurns } from '../elementary-functions.ts';
import { CONTROL_INTERVAL } from '../layer.ts';
import type { RandomStream } from '../random-stream.ts';
import { StateVariableFilter } from '../state-variable-filter.ts';
import { SAMPLE_RATE, samplesIn } from '../stereo-sound.ts';
import type { EventCue } from './event-cue.ts';

const RISER_SAMPLES = samplesIn(0.8);

/** A cut that hits: a drop into the deep under a short click, and a riser that leads up to it in the spicy style. */
export function addImpact({ layer, sample, gain, style, streams }: EventCue): void {
  const random = streams('impact');
  layer.place(hit(random), sample, 0.8 * gain, random.between(-0.15, 0.15), 0.22);
  if (style === 'spicy') layer.place(riser(streams('riser')), sample - RISER_SAMPLES, 0.3 * gain, 0, 0.2);
}

/** A sine that sinks from 96 to 36 Hz, an 8 ms click and a dull body. */
function hit(random: RandomStream): Float32Array {
  const body = new StateVariableFilter(210, 0.7);
  const click = new StateVariableFilter(1800);
  return Float32Array.from({ length: samplesIn(1.2) }, (_, i) => {
    const seconds = i / SAMPLE_RATE;
    const noise = random.signed();
    const sunk = 1 - exponential(-seconds / 0.09);
    const turns = 96 * seconds - 60 * (seconds - 0.09 * sunk);
    const tone = exponential(-seconds / 0.3) * sineOfTurns(0.15 + turns);
    const thud = 1.6 * exponential(-seconds / 0.05) * body.bandPass(noise);
    const tick = 0.5 * exponential(-seconds / 0.0025) * click.highPass(noise);
    const end = Math.min(1, (1.2 - seconds) / 0.2);
    return Math.min(1, i / 24) * end * (0.75 * tone + thud + tick);
  });
}

/** Noise and tone that climb and swell for 0.8 s and stop dead on the hit. */
function riser(random: RandomStream): Float32Array {
  const band = new StateVariableFilter(400, 2);
  const sound = new Float32Array(RISER_SAMPLES);
  let turns = 0;
  for (let start = 0; start < RISER_SAMPLES; start += CONTROL_INTERVAL) {
    const progress = start / RISER_SAMPLES;
    band.tune(300 + 4200 * cube(progress), 2.2);
    for (let i = start; i < start + CONTROL_INTERVAL; i++) {
      const swell = (i / RISER_SAMPLES) * (i / RISER_SAMPLES);
      turns += (110 + 330 * progress * progress) / SAMPLE_RATE;
      const stop = Math.min(1, (RISER_SAMPLES - i) / 96);
      sound[i] =
        stop *
        swell *
        (1.5 * band.bandPass(random.signed()) +
          0.25 * sineOfTurns(turns) +
          0.15 * sineOfTurns(1.498 * turns));
    }
  }
  return sound;
}
