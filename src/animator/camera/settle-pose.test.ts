import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { type Pose, REST_POSE } from './pose.ts';
import { settlePose } from './settle-pose.ts';

describe('settlePose', () => {
  const pose: Pose = {
    zoom: 1.25,
    panX: 100,
    panY: -40,
    roll: 0.02,
    truckX: 20,
    truckY: 5,
    dolly: 0.1,
    pivot: 0.4,
  };

  it('goes from the pose to exact rest', () => {
    assert.deepEqual(settlePose(pose, 0), pose);
    assert.deepEqual(settlePose(pose, 1), REST_POSE);
  });

  it('keeps covered what the pose covered', () => {
    // At 1.25 a pan of 128 pixels just keeps a frame of 1280 covered.
    const edge: Pose = { ...REST_POSE, zoom: 1.25, panX: 128 };
    for (let share = 0; share <= 1; share += 0.05) {
      const { zoom, panX } = settlePose(edge, share);
      assert.ok(640 / zoom + panX <= 640 + 1e-3, `${640 / zoom + panX} at ${share}`);
    }
  });
});
