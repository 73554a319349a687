import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { type Pose, REST_POSE } from './pose.ts';
import { exposeFrame } from './shutter.ts';

const SIZE = { width: 1280, height: 720 };
const panning =
  (pixelsPerFrame: number) =>
  (frame: number): Pose => ({ ...REST_POSE, panX: pixelsPerFrame * frame });

describe('exposeFrame', () => {
  it('takes a slow camera as it is', () => {
    assert.deepEqual(exposeFrame(panning(10), 7, SIZE), { pose: { ...REST_POSE, panX: 70 }, exposures: [] });
  });

  it('takes a fast one several times, evenly around its moment', () => {
    const { pose, exposures } = exposeFrame(panning(50), 10, SIZE);
    const pans = [pose, ...exposures].map(({ panX }) => panX);
    assert.ok(pans.length >= 4);
    const mean = pans.reduce((sum, pan) => sum + pan, 0) / pans.length;
    assert.ok(Math.abs(mean - 500) < 1e-9, 'the streak lies around where the camera is');
    const gaps = pans.slice(1).map((pan, i) => pan - pans[i]!);
    assert.ok(Math.max(...gaps) < 8 && Math.max(...gaps) - Math.min(...gaps) < 1e-9);
  });

  it('streaks a crash zoom and a roll too, and the same at every size', () => {
    const zooming = (frame: number): Pose => ({ ...REST_POSE, zoom: 1 + 0.1 * frame });
    assert.ok(exposeFrame(zooming, 2, SIZE).exposures.length > 0);
    const rolling = (frame: number): Pose => ({ ...REST_POSE, roll: 0.05 * frame });
    assert.ok(exposeFrame(rolling, 2, SIZE).exposures.length > 0);
    const half = { width: 640, height: 360 };
    assert.equal(
      exposeFrame(panning(25), 4, half).exposures.length,
      exposeFrame(panning(50), 4, SIZE).exposures.length,
    );
  });

  it('never takes more than a dozen', () => {
    assert.equal(exposeFrame(panning(900), 3, SIZE).exposures.length, 11);
  });
});
