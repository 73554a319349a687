import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { ASPECT_RATIOS, nearestAspectRatio, ratioOf } from './aspect-ratio.ts';
import { frameSize, largestFrameArea, ownRatioFrameSize, RESOLUTIONS } from './frame-size.ts';

describe('frame sizes', () => {
  it('are even and within a tenth of their ratio', () => {
    for (const resolution of RESOLUTIONS) {
      for (const aspectRatio of ASPECT_RATIOS) {
        const { width, height } = frameSize(resolution, aspectRatio);
        assert.ok(width % 2 === 0 && height % 2 === 0);
        assert.ok(Math.abs(width / height / ratioOf(aspectRatio) - 1) < 0.1, `${resolution} ${aspectRatio}`);
      }
    }
  });

  it('keep a picture’s own ratio at the area of 16:9, within 1:3 to 3:1', () => {
    assert.deepEqual(ownRatioFrameSize('720p', 1600, 900), { width: 1280, height: 720 });
    assert.deepEqual(ownRatioFrameSize('720p', 3000, 2000), { width: 1176, height: 784 });
    assert.deepEqual(ownRatioFrameSize('720p', 9000, 1000), ownRatioFrameSize('720p', 3000, 1000));
    assert.deepEqual(ownRatioFrameSize('720p', 1, 9000), ownRatioFrameSize('720p', 1000, 3000));
  });

  it('never exceed the area that a hold assumes', () => {
    const side = fc.integer({ min: 1, max: 20000 });
    fc.assert(
      fc.property(fc.constantFrom(...RESOLUTIONS), side, side, (resolution, pictureWidth, pictureHeight) => {
        const { width, height } = ownRatioFrameSize(resolution, pictureWidth, pictureHeight);
        return width % 2 === 0 && height % 2 === 0 && width * height <= largestFrameArea(resolution);
      }),
    );
  });

  it('finds the nearest sold ratio, tall and wide alike', () => {
    assert.equal(nearestAspectRatio(1500, 1000), '4:3');
    assert.equal(nearestAspectRatio(1920, 1080), '16:9');
    assert.equal(nearestAspectRatio(1080, 1920), '9:16');
    assert.equal(nearestAspectRatio(5000, 1000), '21:9');
    assert.equal(nearestAspectRatio(1, 9), '9:16');
  });
});
