import { PinkNoise } from '../coloured-noise.ts';
import { sineOfTurns } from '../elementary-functions.ts';
import type { Layer } from '../layer.ts';
import { type RandomStream, type RandomStreams, within } from '../random-stream.ts';
import { StateVariableFilter } from '../state-variable-filter.ts';
import { SAMPLE_RATE, samplesIn } from '../stereo-sound.ts';

const CRICKETS = 6;
/** Wing strokes of a chirp. */
const PULSES_PER_SECOND = 30;

/** A warm night: crickets all around, each with its own pitch and beat, cool air, and perhaps an owl. */
export function addNight(layer: Layer, streams: RandomStreams): void {
  addAir(layer.left, within(streams, 'left'));
  addAir(layer.right, within(streams, 'right'));
  for (let n = 0; n < CRICKETS; n++) addCricket(layer, streams(`cricket ${n}`), (2 * n + 1) / CRICKETS - 1);
  const owl = streams('owl');
  if (owl.unit() < 0.5) addOwl(layer, owl.between(0.3, 0.6) * layer.durationSeconds, owl);
}

function addAir(channel: Float32Array, streams: RandomStreams): void {
  const noise = new PinkNoise(streams('noise'));
  const low = new StateVariableFilter(300, 0.5);
  for (let i = 0; i < channel.length; i++) channel[i]! += 0.045 * low.bandPass(noise.next());
}

function addCricket(layer: Layer, random: RandomStream, pan: number): void {
  const pulse = wingStroke(random.between(4150, 4950));
  const pulses = 3 + random.index(2);
  const period = random.between(0.38, 0.62);
  const nearness = random.between(0.25, 1);
  let time = random.between(0, period);
  for (; time < layer.durationSeconds; time += period * random.between(0.97, 1.04)) {
    for (let n = 0; n < pulses; n++) {
      const first = samplesIn(time + n / PULSES_PER_SECOND);
      layer.place(pulse, first, 0.06 * nearness * (0.7 + 0.15 * n), 1.1 * pan, 0.2);
    }
  }
}

function wingStroke(frequency: number): Float32Array {
  const length = samplesIn(0.019);
  return Float32Array.from({ length }, (_, i) => {
    const swell = sineOfTurns(i / length / 2);
    return swell * swell * sineOfTurns((frequency * i) / SAMPLE_RATE);
  });
}

/** "Hoo ... hoo-hoo": breathy low notes from afar. */
function addOwl(layer: Layer, startSeconds: number, random: RandomStream): void {
  const frequency = random.between(330, 390);
  const pan = random.between(-0.7, 0.7);
  const call = [
    { seconds: 0, length: 0.42 },
    { seconds: 0.95, length: 0.22 },
    { seconds: 1.24, length: 0.6 },
  ];
  for (const note of call) {
    const sound = hoot(frequency, note.length, random);
    layer.place(sound, samplesIn(startSeconds + note.seconds), 0.022, pan, 0.5);
  }
}

function hoot(frequency: number, seconds: number, random: RandomStream): Float32Array {
  const length = samplesIn(seconds);
  const breath = new StateVariableFilter(frequency, 6);
  let turns = 0;
  return Float32Array.from({ length }, (_, i) => {
    const progress = i / length;
    const swell = sineOfTurns(Math.sqrt(progress) / 2);
    turns += (frequency * (0.96 + 0.06 * swell)) / SAMPLE_RATE;
    return (
      swell * (sineOfTurns(turns) + 0.08 * sineOfTurns(2 * turns) + 0.5 * breath.bandPass(random.signed()))
    );
  });
}
