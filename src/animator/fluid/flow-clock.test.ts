import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { flowedSeconds, shownAt, swellAt, twoPhaseAt } from './flow-clock.ts';

const TIMES = Array.from({ length: 800 }, (_, i) => (i - 400) / 48);

describe('flow clock', () => {
  it('starts from rest, never jumps, and runs at full speed soon', () => {
    assert.equal(flowedSeconds(0), 0);
    assert.ok(Math.abs(flowedSeconds(1 / 24)) < 0.001, 'hardly anything moves in the first frame');
    for (const time of TIMES) {
      const speed = 480 * (flowedSeconds(time + 1 / 480) - flowedSeconds(time));
      assert.ok(speed >= 0 && speed <= 1.0001, `speed ${speed} at ${time} s`);
      if (Math.abs(time) > 1.6) assert.ok(Math.abs(speed - 1) < 1e-6);
    }
  });

  it('runs the same way towards a still as away from one', () => {
    for (const time of TIMES) assert.equal(flowedSeconds(-time), -flowedSeconds(time));
    for (const time of TIMES) assert.equal(swellAt(-time), swellAt(time));
  });

  it('shows nothing of the plate at time 0 and all of it after half a second', () => {
    assert.equal(shownAt(0), 0);
    assert.ok(shownAt(1 / 24) < 0.01);
    assert.equal(shownAt(0.5), 1);
    assert.equal(shownAt(-3), 1);
  });
});

describe('two-phase flow', () => {
  it('is the still itself at time 0', () => {
    const { first, secondWeight, contrastGain } = twoPhaseAt(0, 6);
    assert.deepEqual([first, secondWeight, contrastGain], [0, 0, 0]);
  });

  it('displaces nothing by more than half a period', () => {
    for (const time of TIMES) {
      const { first, second } = twoPhaseAt(time, 3);
      assert.ok(Math.abs(first) <= 1.5 && Math.abs(second) <= 1.5);
    }
  });

  it('shows a reading that starts over with no weight, and each moving on with the flow meanwhile', () => {
    const step = 1 / 480;
    for (const time of TIMES) {
      const before = twoPhaseAt(time, 3);
      const after = twoPhaseAt(time + step, 3);
      const firstRestarts = Math.abs(after.first - before.first - step) > 1e-9;
      const secondRestarts = Math.abs(after.second - before.second - step) > 1e-9;
      if (firstRestarts)
        assert.ok(before.secondWeight > 0.99 && after.secondWeight > 0.99, `first at ${time}`);
      if (secondRestarts)
        assert.ok(before.secondWeight < 0.01 && after.secondWeight < 0.01, `second at ${time}`);
      assert.ok(Math.abs(after.secondWeight - before.secondWeight) < 0.002);
    }
  });

  it('keeps the variance of two unlike textures', () => {
    for (const time of TIMES) {
      const { secondWeight, contrastGain } = twoPhaseAt(time, 3);
      const deviation = Math.hypot(1 - secondWeight, secondWeight) * (1 + contrastGain);
      assert.ok(Math.abs(deviation - 1) < 1e-9);
    }
  });
});
