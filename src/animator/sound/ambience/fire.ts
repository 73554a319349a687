import { BrownNoise } from '../coloured-noise.ts';
import { exponential, logarithmOfTwo } from '../elementary-functions.ts';
import { CONTROL_INTERVAL, type Layer } from '../layer.ts';
import { type RandomStream, type RandomStreams, within } from '../random-stream.ts';
import { SlowRandom } from '../slow-random.ts';
import { StateVariableFilter } from '../state-variable-filter.ts';
import { SAMPLE_RATE, samplesIn } from '../stereo-sound.ts';

const CRACKLES_PER_SECOND = 14;
const CRACKLE_KINDS = 48;

/** A wood fire: the low roar of the flames, their flicker, and crackles that come in bunches, most of them small. */
export function addFire(layer: Layer, streams: RandomStreams): void {
  addFlames(layer.left, within(streams, 'left'), layer.durationSeconds);
  addFlames(layer.right, within(streams, 'right'), layer.durationSeconds);
  addCrackles(layer, streams);
}

function addFlames(channel: Float32Array, streams: RandomStreams, durationSeconds: number): void {
  const random = streams('noise');
  const roar = new BrownNoise(streams('roar'));
  const low = new StateVariableFilter(110, 0.7);
  const breath = new StateVariableFilter(550, 0.6);
  const hiss = new StateVariableFilter(4200, 0.5);
  const flicker = new SlowRandom(streams('flicker'), 9, durationSeconds);
  const lean = new SlowRandom(streams('lean'), 0.8, durationSeconds);
  for (let start = 0; start < channel.length; start += CONTROL_INTERVAL) {
    const time = start / SAMPLE_RATE;
    const level = (0.45 + 0.55 * flicker.at(time)) * (0.6 + 0.6 * lean.at(time));
    const end = Math.min(start + CONTROL_INTERVAL, channel.length);
    for (let i = start; i < end; i++) {
      const white = random.signed();
      const flames = 0.24 * low.bandPass(roar.next()) + 0.07 * breath.bandPass(white);
      channel[i]! += level * flames + 0.008 * hiss.bandPass(white);
    }
  }
}

function addCrackles(layer: Layer, streams: RandomStreams): void {
  const random = streams('crackles');
  const crackles = Array.from({ length: CRACKLE_KINDS }, () => crackle(random));
  const bunching = new SlowRandom(streams('bunching'), 1.5, layer.durationSeconds);
  for (let time = 0; ; ) {
    // Poisson process, thinned where the fire is calm; three in ten candidates pass on average.
    time += exponentialGap(random) / (3.3 * CRACKLES_PER_SECOND);
    if (time >= layer.durationSeconds) return;
    const activity = bunching.at(time);
    if (random.unit() > activity * activity) continue;
    const gain = 0.035 / (0.06 + random.unit());
    layer.place(random.pick(crackles), samplesIn(time), gain, random.between(-0.6, 0.6), 0.06);
  }
}

/** The wait for the next event of a Poisson process with one event per unit of time. */
const exponentialGap = (random: RandomStream): number => -Math.LN2 * logarithmOfTwo(1 - random.unit());

/** A splitting fibre: 1 to 6 ms of band-passed noise that starts at once. */
function crackle(random: RandomStream): Float32Array {
  const brightness = random.unit();
  const band = new StateVariableFilter(
    1100 + 4200 * brightness * Math.sqrt(brightness),
    random.between(0.8, 3),
  );
  const length = samplesIn(random.between(0.004, 0.016));
  const decay = length / 4;
  return Float32Array.from({ length }, (_, i) =>
    band.bandPass(3 * random.signed() * exponential(-i / decay)),
  );
}
