import { cube, exponential, sineOfTurns } from '../elementary-functions.ts';
import { CONTROL_INTERVAL, type Layer } from '../layer.ts';
import { type RandomStream, type RandomStreams, within } from '../random-stream.ts';
import { SlowRandom } from '../slow-random.ts';
import { StateVariableFilter } from '../state-variable-filter.ts';
import { SAMPLE_RATE, samplesIn } from '../stereo-sound.ts';

const DROPS_PER_SECOND = 700;
const PUDDLE_DROPS_PER_SECOND = 7;
/** Drops are picked from so many made in advance: one by one they would cost 22 ms a second of sound. */
const DROP_KINDS = 64;

/** Rain: a far wash of countless drops, hundreds that can be told apart, and a few that fall into a puddle near by. */
export function addRain(layer: Layer, streams: RandomStreams): void {
  const density = new SlowRandom(streams('density'), 0.4, layer.durationSeconds);
  addWash(layer.left, density, within(streams, 'left'));
  addWash(layer.right, density, within(streams, 'right'));
  const random = streams('drops');
  const drops = Array.from({ length: DROP_KINDS }, () => drop(random));
  const puddleDrops = Array.from({ length: DROP_KINDS / 4 }, () => puddleDrop(random));
  for (let n = DROPS_PER_SECOND * layer.durationSeconds; n > 0; n--) {
    // Few are near: most of the cubed and squared numbers lie close to 0.
    const nearness = cube(random.unit());
    const gain = 0.02 + 0.16 * nearness * nearness;
    layer.place(random.pick(drops), random.index(layer.sampleCount), gain, random.signed());
  }
  for (let n = PUDDLE_DROPS_PER_SECOND * layer.durationSeconds; n > 0; n--) {
    const gain = random.between(0.02, 0.1);
    layer.place(
      random.pick(puddleDrops),
      random.index(layer.sampleCount),
      gain,
      random.between(-0.7, 0.7),
      0.15,
    );
  }
}

function addWash(channel: Float32Array, density: SlowRandom, streams: RandomStreams): void {
  const random = streams('noise');
  const hiss = new StateVariableFilter(2500);
  const patter = new StateVariableFilter(700, 0.45);
  for (let start = 0; start < channel.length; start += CONTROL_INTERVAL) {
    const level = 0.8 + 0.4 * density.at(start / SAMPLE_RATE);
    const end = Math.min(start + CONTROL_INTERVAL, channel.length);
    for (let i = start; i < end; i++) {
      const white = random.signed();
      channel[i]! += level * (0.05 * hiss.highPass(white) + 0.1 * patter.bandPass(white));
    }
  }
}

/** The tick of a drop on a hard surface: a sine of 1.5 to 6.5 kHz, gone after 3 to 11 ms. */
function drop(random: RandomStream): Float32Array {
  const brightness = random.unit();
  const frequency = 1500 + 5000 * brightness * Math.sqrt(brightness);
  const length = samplesIn(random.between(0.003, 0.011));
  const phase = random.unit();
  return Float32Array.from({ length }, (_, i) => {
    const attack = Math.min(1, i / 12);
    return attack * exponential((-5 * i) / length) * sineOfTurns(phase + (frequency * i) / SAMPLE_RATE);
  });
}

/** A drop into water: the air bubble it drags under rings and rises in pitch (Minnaert 1933). */
function puddleDrop(random: RandomStream): Float32Array {
  const frequency = random.between(700, 1900);
  const decay = random.between(0.006, 0.016) * SAMPLE_RATE;
  const length = Math.round(5 * decay);
  return Float32Array.from({ length }, (_, i) => {
    const rise = 1 + (0.12 * i) / decay;
    return Math.min(1, i / 40) * exponential(-i / decay) * sineOfTurns((frequency * rise * i) / SAMPLE_RATE);
  });
}
