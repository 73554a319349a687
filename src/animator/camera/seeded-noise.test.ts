import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { seededUnit, smootherstep, valueNoise } from './seeded-noise.ts';

describe('seededUnit', () => {
  it('spreads evenly over 0..1 and depends on seed, stream and index', () => {
    const values = Array.from({ length: 4000 }, (_, i) => seededUnit(7, 'test', i));
    const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
    assert.ok(values.every((value) => value >= 0 && value < 1));
    assert.ok(Math.abs(mean - 0.5) < 0.02);
    assert.equal(seededUnit(7, 'test', 3), values[3]);
    for (const other of [seededUnit(8, 'test', 3), seededUnit(7, 'tesT', 3), seededUnit(7, 'test', 4)]) {
      assert.notEqual(other, values[3]);
    }
  });

  it('gives these values everywhere', () => {
    assert.deepEqual(
      [0, 1, 2].map((index) => Math.round(1e6 * seededUnit(42, 'amplitude', index))),
      [946048, 540510, 73143],
    );
  });
});

describe('valueNoise', () => {
  it('stays within -1..1, runs through one value per whole position and has no steps', () => {
    let last = valueNoise(3, 'sway', 0);
    for (let i = 1; i < 2000; i++) {
      const value = valueNoise(3, 'sway', i / 100);
      assert.ok(Math.abs(value) <= 1 && Math.abs(value - last) < 0.04);
      last = value;
    }
  });
});

it('smootherstep clamps and is symmetric', () => {
  assert.deepEqual([-1, 0, 0.5, 1, 2].map(smootherstep), [0, 0, 0.5, 1, 1]);
});
