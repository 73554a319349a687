import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { limitPeaks } from './limiter.ts';
import { randomStreams } from './random-stream.ts';
import { SAMPLE_RATE } from './stereo-sound.ts';
import { truePeak } from './true-peak.ts';

const sine = (frequency: number, amplitude: number, phase = 0) =>
  Float32Array.from(
    { length: SAMPLE_RATE / 4 },
    (_, i) => amplitude * Math.sin((2 * Math.PI * frequency * i) / SAMPLE_RATE + phase),
  );

describe('true peak', () => {
  it('finds the crest that lies between the samples', () => {
    // At a quarter of the rate and 45 degrees every sample is 3 dB below the crest.
    const samples = sine(SAMPLE_RATE / 4, 0.5, Math.PI / 4).subarray(1000);
    const steady = samples.subarray(0, 8000);
    assert.ok(Math.abs(Math.max(...steady) - 0.3536) < 1e-3);
    const decibels = 20 * Math.log10(truePeak(samples) / 0.5);
    assert.ok(decibels > -0.4 && decibels < 0.2, `${decibels} dB off`);
  });
});

describe('peak limiter', () => {
  it('leaves sound under the ceiling exactly as it is', () => {
    const [left, right] = [sine(440, 0.8), sine(660, 0.8)];
    const [leftBefore, rightBefore] = [left.slice(), right.slice()];
    limitPeaks(left, right, 0.85);
    assert.deepEqual([left, right], [leftBefore, rightBefore]);
  });

  it('holds noise and lone clicks under the ceiling', () => {
    const random = randomStreams(4)('noise');
    const left = Float32Array.from(
      { length: SAMPLE_RATE },
      (_, i) => (i % 4001 === 0 ? 3 : 0.6) * random.signed(),
    );
    const right = Float32Array.from({ length: SAMPLE_RATE }, () => 0.9 * random.signed());
    limitPeaks(left, right, 0.5);
    assert.ok(truePeak(left) <= 0.51, `${truePeak(left)}`);
    assert.ok(truePeak(right) <= 0.51, `${truePeak(right)}`);
  });

  it('turns both channels down together and comes back', () => {
    const left = sine(440, 0.4);
    const right = sine(440, 0.4);
    left[2000] = 2;
    limitPeaks(left, right, 0.5);
    const [before, at, after] = [sine(440, 0.4)[1800]!, sine(440, 0.4)[2005]!, sine(440, 0.4)[11_500]!];
    assert.ok(Math.abs(right[1800]! - before) < 1e-6, 'untouched well before the click');
    assert.ok(Math.abs(right[2005]! / at - 0.25) < 0.02, 'down with the left at the click');
    assert.ok(Math.abs(right[11_500]! / after - 1) < 0.05, 'back 0.2 s later');
  });
});
