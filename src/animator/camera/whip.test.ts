import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { REST_POSE } from './pose.ts';
import { WHIP_FRAMES, whipPose } from './whip.ts';

const SIZE = { width: 1280, height: 720 };
const CUT = 60;

describe('whipPose', () => {
  const pan = (frame: number, side: 'left' | 'right', way: 'out' | 'in') =>
    whipPose(REST_POSE, frame, { frame: CUT, side }, way, SIZE).panX;

  it('leaves the camera alone away from the cut', () => {
    const whip = { frame: CUT, side: 'left' } as const;
    assert.deepEqual(whipPose(REST_POSE, CUT - WHIP_FRAMES, whip, 'out', SIZE), REST_POSE);
    assert.deepEqual(whipPose(REST_POSE, CUT + WHIP_FRAMES, whip, 'in', SIZE), REST_POSE);
  });

  for (const side of ['left', 'right'] as const) {
    it(`swings to the ${side} on both sides of the cut, fastest at it`, () => {
      const sign = side === 'left' ? -1 : 1;
      const steps: number[] = [];
      for (let frame = CUT - WHIP_FRAMES; frame < CUT; frame++)
        steps.push(sign * (pan(frame + 1, side, 'out') - pan(frame, side, 'out')));
      assert.deepEqual(
        steps.toSorted((a, b) => a - b),
        steps,
        'ever faster before the cut',
      );
      assert.ok(steps[0]! > 0 && steps.at(-1)! > 0.08 * SIZE.width);
      const after: number[] = [];
      for (let frame = CUT; frame < CUT + WHIP_FRAMES; frame++)
        after.push(sign * (pan(frame + 1, side, 'in') - pan(frame, side, 'in')));
      assert.deepEqual(after, steps.toReversed(), 'the same swing comes to rest after it');
    });
  }

  it('stays at the end of its swing when asked for a moment beyond the cut', () => {
    assert.equal(pan(CUT + 0.3, 'left', 'out'), pan(CUT, 'left', 'out'));
    assert.equal(pan(CUT - 0.3, 'left', 'in'), pan(CUT, 'left', 'in'));
  });
});
