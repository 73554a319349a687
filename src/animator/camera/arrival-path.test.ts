import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Arrival } from '../director/plan.ts';
import { createArrivalPath } from './arrival-path.ts';
import { REST_POSE } from './pose.ts';

const SIZE = { width: 1280, height: 720 };
const ARRIVAL: Arrival = { kind: 'dissolve', stillIndex: 1, firstFrame: 80, frameCount: 40, side: 'left' };

describe('createArrivalPath', () => {
  const path = createArrivalPath(ARRIVAL, SIZE);

  it('settles from 1.12 to exact rest in the last frame', () => {
    assert.equal(path.poseAt(0).zoom, 1.12);
    assert.deepEqual(path.poseAt(39), REST_POSE);
    assert.equal(path.parallaxPx, 0);
  });

  it('only ever slows down, and never reads past the edge', () => {
    let [last, lastStep] = [path.poseAt(0).zoom, Number.NEGATIVE_INFINITY];
    for (let frame = 1; frame < 40; frame++) {
      const { zoom } = path.poseAt(frame);
      assert.ok(zoom >= 1 && zoom <= last && zoom - last >= lastStep - 2e-6);
      [last, lastStep] = [zoom, zoom - last];
    }
    assert.ok(lastStep > -1e-4, 'comes to rest without a jolt');
  });

  it('does not move when it starts at rest', () => {
    const still = createArrivalPath({ ...ARRIVAL, startZoom: 1 }, SIZE);
    for (let frame = 0; frame < 40; frame++) assert.deepEqual(still.poseAt(frame), REST_POSE);
  });
});
