import { PinkNoise } from '../coloured-noise.ts';
import { sineOfTurns } from '../elementary-functions.ts';
import { CONTROL_INTERVAL, type Layer } from '../layer.ts';
import { type RandomStream, type RandomStreams, within } from '../random-stream.ts';
import { SlowRandom } from '../slow-random.ts';
import { StateVariableFilter } from '../state-variable-filter.ts';
import { SAMPLE_RATE, samplesIn } from '../stereo-sound.ts';

const BIRDS = 3;

/** How one bird sings: it repeats its own phrase, a little different each time. */
interface Bird {
  readonly frequency: number;
  /** How far a note glides, as a share of its frequency; negative falls. */
  readonly glide: number;
  /** Warble within a note: rate in hertz and width as a share of the frequency. */
  readonly warbleRate: number;
  readonly warbleWidth: number;
  readonly noteSeconds: number;
  readonly gapSeconds: number;
  readonly notes: number;
  readonly pan: number;
  /** 0 in the next tree, 1 deep in the wood. */
  readonly distance: number;
}

/** A wood by day: leaves in a light air, and three birds at different distances that answer each other. */
export function addForest(layer: Layer, streams: RandomStreams): void {
  addLeaves(layer.left, within(streams, 'left'), layer.durationSeconds);
  addLeaves(layer.right, within(streams, 'right'), layer.durationSeconds);
  for (let n = 0; n < BIRDS; n++) {
    const random = streams(`bird ${n}`);
    const bird = hatch(random, n);
    // The nearest sings at once, so that even the shortest clip has a bird in it.
    let time = n === 0 ? random.between(0.4, 1.1) : random.between(0.8, 4);
    while (time < layer.durationSeconds) time += sing(layer, bird, time, random) + random.between(1.4, 3.4);
  }
}

function addLeaves(channel: Float32Array, streams: RandomStreams, durationSeconds: number): void {
  const noise = new PinkNoise(streams('noise'));
  const low = new StateVariableFilter(350, 0.5);
  const rustle = new StateVariableFilter(2600, 0.5);
  const breeze = new SlowRandom(streams('breeze'), 0.6, durationSeconds);
  const tremble = new SlowRandom(streams('tremble'), 7, durationSeconds);
  for (let start = 0; start < channel.length; start += CONTROL_INTERVAL) {
    const time = start / SAMPLE_RATE;
    const air = 0.4 + 0.6 * breeze.at(time);
    const rustleLevel = 0.09 * air * air * (0.6 + 0.8 * tremble.at(time));
    const end = Math.min(start + CONTROL_INTERVAL, channel.length);
    for (let i = start; i < end; i++) {
      const pink = noise.next();
      channel[i]! += 0.04 * low.bandPass(pink) + rustleLevel * rustle.bandPass(pink);
    }
  }
}

function hatch(random: RandomStream, position: number): Bird {
  return {
    frequency: random.between(2300, 4600),
    glide: random.between(0.05, 0.3) * (random.unit() < 0.55 ? -1 : 1),
    warbleRate: random.between(18, 45),
    warbleWidth: random.unit() < 0.5 ? 0 : random.between(0.02, 0.08),
    noteSeconds: random.between(0.05, 0.19),
    gapSeconds: random.between(0.03, 0.12),
    notes: 2 + random.index(5),
    pan: position === 0 ? random.between(-0.5, 0.5) : random.between(0.5, 0.95) * (position === 1 ? -1 : 1),
    distance: position / BIRDS + random.between(0, 0.3),
  };
}

/** Sings one phrase and returns how long it took, in seconds. */
function sing(layer: Layer, bird: Bird, startSeconds: number, random: RandomStream): number {
  let time = 0;
  for (let note = 0; note < bird.notes; note++) {
    const seconds = bird.noteSeconds * random.between(0.85, 1.2);
    const frequency = bird.frequency * random.between(0.95, 1.06) * (1 + 0.06 * (note & 1));
    const gain = 0.085 * (1 - 0.75 * bird.distance) * random.between(0.7, 1);
    const echo = 0.15 + 0.5 * bird.distance;
    const first = samplesIn(startSeconds + time);
    layer.place(chirp(bird, frequency, seconds), first, gain, bird.pan, echo);
    time += seconds + bird.gapSeconds;
  }
  return time;
}

function chirp(bird: Bird, frequency: number, seconds: number): Float32Array {
  const length = samplesIn(seconds);
  let turns = 0;
  return Float32Array.from({ length }, (_, i) => {
    const progress = i / length;
    const warble = 1 + bird.warbleWidth * sineOfTurns((bird.warbleRate * i) / SAMPLE_RATE);
    turns += (frequency * warble * (1 + bird.glide * (progress - 0.5))) / SAMPLE_RATE;
    const swell = sineOfTurns(progress / 2);
    return swell * Math.sqrt(swell) * (sineOfTurns(turns) + 0.12 * sineOfTurns(2 * turns));
  });
}
