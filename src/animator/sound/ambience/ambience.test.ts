import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { Layer } from '../layer.ts';
import { type RandomStreams, randomStreams } from '../random-stream.ts';
import { StateVariableFilter } from '../state-variable-filter.ts';
import { samplesIn } from '../stereo-sound.ts';
import { addFire } from './fire.ts';
import { addForest } from './forest.ts';
import { addNight } from './night.ts';
import { addPad } from './pad.ts';
import { addRain } from './rain.ts';
import { addRoom } from './room.ts';
import { addWaves } from './waves.ts';
import { addWind } from './wind.ts';

const SECONDS = 8;

type Recipe = (layer: Layer, streams: RandomStreams) => void;

function leftOf(recipe: Recipe, seed = 3): Float32Array {
  const layer = new Layer(samplesIn(SECONDS));
  recipe(layer, randomStreams(seed));
  return layer.left;
}

const power = (samples: Float32Array): number => samples.reduce((sum, x) => sum + x * x, 0) / samples.length;

/** Share of the power above a frequency. */
function shareAbove(samples: Float32Array, frequencyHertz: number): number {
  const [first, second] = [new StateVariableFilter(frequencyHertz), new StateVariableFilter(frequencyHertz)];
  return power(samples.map((x) => second.highPass(first.highPass(x)))) / power(samples);
}

/** Levels of successive stretches, decibels. */
function levels(samples: Float32Array, stretchSeconds: number): number[] {
  const length = samplesIn(stretchSeconds);
  return Array.from(
    { length: Math.floor(samples.length / length) },
    (_, i) => 10 * Math.log10(power(samples.subarray(i * length, (i + 1) * length)) + 1e-20),
  );
}

const range = (values: readonly number[]): number => Math.max(...values) - Math.min(...values);

const crest = (samples: Float32Array): number =>
  10 * Math.log10(samples.reduce((peak, x) => Math.max(peak, x * x), 0) / power(samples));

describe('ambience', () => {
  it('rain is bright, even over time, and made of drops rather than hiss', () => {
    const rain = leftOf(addRain);
    assert.ok(shareAbove(rain, 1500) > 0.5, `${shareAbove(rain, 1500)}`);
    assert.ok(range(levels(rain, 0.5)) < 3, `${range(levels(rain, 0.5))} dB`);
    // Gaussian noise of this length stays under 14 dB.
    assert.ok(crest(rain) > 15, `${crest(rain)} dB`);
  });

  it('waves roll in and out, brighter at the crest', () => {
    const waves = leftOf(addWaves);
    const swell = levels(waves, 0.5);
    assert.ok(range(swell) > 8, `${range(swell)} dB`);
    const crestAt = swell.indexOf(Math.max(...swell)) * samplesIn(0.5);
    const troughAt = swell.indexOf(Math.min(...swell)) * samplesIn(0.5);
    const at = (start: number) => shareAbove(waves.subarray(start, start + samplesIn(0.5)), 1000);
    assert.ok(at(crestAt) > 1.5 * at(troughAt), `${at(crestAt)} ${at(troughAt)}`);
  });

  it('wind blows in gusts and stays dark', () => {
    const wind = leftOf(addWind);
    assert.ok(range(levels(wind, 0.5)) > 5);
    assert.ok(shareAbove(wind, 2500) < 0.1, `${shareAbove(wind, 2500)}`);
  });

  it('a fire crackles over a low roar', () => {
    const fire = leftOf(addFire);
    assert.ok(crest(fire) > 16, `${crest(fire)} dB`);
    const high = new StateVariableFilter(1500);
    const crackling = levels(
      fire.map((x) => high.highPass(x)),
      0.01,
    );
    const typical = crackling.toSorted((a, b) => a - b)[crackling.length / 2]!;
    const crackles = crackling.filter(
      (level, i) => level > typical + 10 && crackling[i - 1]! <= typical + 10,
    );
    assert.ok(crackles.length > 3 * SECONDS && crackles.length < 20 * SECONDS, `${crackles.length} crackles`);
  });

  it('a night is crickets between 4 and 5 kHz', () => {
    const night = leftOf(addNight, 5);
    assert.ok(shareAbove(night, 3500) > 0.2, `${shareAbove(night, 3500)}`);
    assert.ok(shareAbove(night, 8000) < 0.05, `${shareAbove(night, 8000)}`);
  });

  it('a wood has a bird in its first two seconds, whatever the seed', () => {
    for (let seed = 0; seed < 8; seed++) {
      const song = new StateVariableFilter(2000);
      const start = leftOf(addForest, seed).subarray(0, samplesIn(2));
      const high = levels(
        start.map((x) => song.highPass(x)),
        0.02,
      );
      assert.ok(range(high) > 10, `seed ${seed}: ${range(high)} dB`);
    }
  });

  it('a room is soft and steady', () => {
    const room = leftOf(addRoom);
    assert.ok(range(levels(room, 0.5)) < 8, `${range(levels(room, 0.5))}`);
    assert.ok(shareAbove(room, 1500) < 0.1, `${shareAbove(room, 1500)}`);
  });

  it('a pad is in the key that it was asked for, and changes its chord', () => {
    const root = 82.41;
    const layer = new Layer(samplesIn(SECONDS));
    addPad(layer, randomStreams(2), 'dark', root);
    // Fifth against tritone, minor third against major third above the lowest voice of the first chord.
    const at = (semitones: number) => toneLevel(layer.left, 2 * root * 2 ** (semitones / 12), 1.5, 4);
    assert.ok(at(7) > at(6) + 10, `fifth ${at(7)}, tritone ${at(6)}`);
    assert.ok(at(15) > at(16) + 10, `minor third ${at(15)}, major third ${at(16)}`);
    const fifthLater = toneLevel(layer.left, root, 6.2, 8) - toneLevel(layer.left, root, 1.5, 4);
    assert.ok(fifthLater < -10, `the root still sounds under the second chord: ${fifthLater} dB`);
  });
});

/** Level of one frequency between two times, decibels, under a Hann window. */
function toneLevel(
  samples: Float32Array,
  frequencyHertz: number,
  fromSeconds: number,
  toSeconds: number,
): number {
  const part = samples.subarray(samplesIn(fromSeconds), samplesIn(toSeconds));
  let [real, imaginary] = [0, 0];
  for (let i = 0; i < part.length; i++) {
    const windowed = part[i]! * (1 - Math.cos((2 * Math.PI * i) / part.length));
    real += windowed * Math.cos((2 * Math.PI * frequencyHertz * i) / samplesIn(1));
    imaginary += windowed * Math.sin((2 * Math.PI * frequencyHertz * i) / samplesIn(1));
  }
  return 10 * Math.log10((real * real + imaginary * imaginary) / part.length ** 2);
}
