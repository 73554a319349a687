import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import {
  cosineOfTurns,
  decibelsToGain,
  exponential,
  logarithmOfTwo,
  powerOfTwo,
  powerToDecibels,
  sineOfTurns,
} from './elementary-functions.ts';

const grid = (low: number, high: number, count: number) =>
  Array.from({ length: count + 1 }, (_, i) => low + ((high - low) * i) / count);

describe('elementary functions', () => {
  it('agree with the engine to what their comments promise', () => {
    for (const x of grid(-3, 3, 4001)) {
      assert.ok(Math.abs(sineOfTurns(x) - Math.sin(2 * Math.PI * x)) < 6e-8, `sine of ${x} turns`);
      assert.ok(Math.abs(cosineOfTurns(x) - Math.cos(2 * Math.PI * x)) < 6e-8, `cosine of ${x} turns`);
    }
    for (const x of grid(-60, 60, 4001)) {
      assert.ok(Math.abs(powerOfTwo(x) / 2 ** x - 1) < 4e-10, `2^${x}`);
    }
    for (const x of grid(-40, 40, 999))
      assert.ok(Math.abs(exponential(x) / Math.exp(x) - 1) < 4e-10, `e^${x}`);
    for (const x of grid(-60, 60, 999))
      assert.ok(Math.abs(logarithmOfTwo(2 ** x) - x) < 1e-9, `log ${2 ** x}`);
  });

  it('turn decibels into gains and powers into decibels', () => {
    assert.ok(Math.abs(decibelsToGain(-20) - 0.1) < 1e-9);
    assert.equal(decibelsToGain(0), 1);
    assert.ok(Math.abs(powerToDecibels(0.001) + 30) < 1e-8);
  });

  it('refuse what they cannot compute', () => {
    assert.equal(powerOfTwo(-1000), 0);
    assert.throws(() => powerOfTwo(100), RangeError);
    for (const x of [0, -1, Number.NaN, Number.POSITIVE_INFINITY])
      assert.throws(() => logarithmOfTwo(x), RangeError);
  });
});
