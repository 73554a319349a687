import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { easedProgress, fastestMoment, snapMoment, snapProgress } from './easing.ts';

for (const easing of ['glide', 'ramp'] as const) {
  describe(`easedProgress ${easing}`, () => {
    const speed = (u: number) => (easedProgress(easing, u + 1e-4) - easedProgress(easing, u - 1e-4)) / 2e-4;

    it('goes from 0 to 1 without turning back, at rest at both ends', () => {
      assert.equal(easedProgress(easing, 0), 0);
      assert.ok(Math.abs(easedProgress(easing, 1) - 1) < 1e-12);
      for (let u = 0.002; u < 1; u += 0.001)
        assert.ok(easedProgress(easing, u) >= easedProgress(easing, u - 0.001));
      assert.ok(speed(0.001) < 1e-3 && speed(0.999) < 1e-3);
    });

    it('is fastest where fastestMoment says', () => {
      const top = speed(fastestMoment(easing));
      for (let u = 0.01; u < 1; u += 0.01) assert.ok(speed(u) <= top + 1e-6);
    });
  });
}

describe('snapProgress', () => {
  for (const seconds of [1.2, 5, 15]) {
    it(`does nine tenths of its way in 0.3 s, in a shot of ${seconds} s`, () => {
      const at = (second: number) => snapProgress(second / seconds, seconds);
      const start = 0.35 * seconds;
      assert.equal(at(0), 0);
      assert.equal(at(start), 0);
      assert.equal(at(seconds), 1);
      assert.ok(Math.abs(at(start + 0.3) - 0.9) < 0.01, `${at(start + 0.3)}`);
      for (let t = 0.01; t <= seconds; t += 0.01) assert.ok(at(t) >= at(t - 0.01));
    });

    it(`is fastest when snapMoment says, in a shot of ${seconds} s`, () => {
      const speed = (t: number) =>
        snapProgress((t + 0.002) / seconds, seconds) - snapProgress((t - 0.002) / seconds, seconds);
      const top = speed(snapMoment(seconds));
      for (let t = 0.01; t < seconds; t += 0.01) assert.ok(speed(t) <= top + 1e-6);
    });
  }
});
