import assert from 'node:assert/strict';
import { test } from 'node:test';
import { assertSameSamples } from '#tests/fixtures/same-samples.ts';
import { cropPicture } from './crop-picture.ts';
import type { RgbaImage } from './picture.ts';
import { colouredWaves, drawPicture } from './test-pictures.ts';

const WHOLE = { left: 0, top: 0, width: 1, height: 1 };

/** The largest difference of any channel from what `colour` gives, `margin` pixels away from the edges. */
function largestError(image: RgbaImage, colour: typeof colouredWaves, margin: number): number {
  let largest = 0;
  for (let y = margin; y < image.height - margin; y++) {
    for (let x = margin; x < image.width - margin; x++) {
      for (const [channel, value] of colour(x, y).entries())
        largest = Math.max(largest, Math.abs(image.data[4 * (y * image.width + x) + channel]! - value));
    }
  }
  return largest;
}

test('a part whose pixels fall on pixels is cut out exactly', () => {
  const image = drawPicture({ width: 90, height: 60 }, colouredWaves);
  const size = { width: 30, height: 20 };
  const part = { left: 24 / 90, top: 10 / 60, width: 30 / 90, height: 20 / 60 };
  assert.deepEqual(
    cropPicture(image, part, size),
    drawPicture(size, (x, y) => colouredWaves(x + 24, y + 10)),
  );
  assertSameSamples(cropPicture(image, WHOLE, image), image);
});

test('an enlargement goes on between the pixels, a reduction takes their mean', () => {
  const slow: typeof colouredWaves = (x, y) => colouredWaves(x / 4, y / 4);
  const image = drawPicture({ width: 120, height: 80 }, slow);
  const half = { left: 0.25, top: 0.25, width: 0.5, height: 0.5 };
  const enlarged = cropPicture(image, half, { width: 120, height: 80 });
  assert.ok(largestError(enlarged, (x, y) => slow(29.5 + (x + 0.5) / 2, 19.5 + (y + 0.5) / 2), 4) < 1.5);
  const reduced = cropPicture(image, WHOLE, { width: 60, height: 40 });
  assert.ok(largestError(reduced, (x, y) => slow(2 * x + 0.5, 2 * y + 0.5), 4) < 2);
  const even = drawPicture({ width: 33, height: 21 }, () => [255, 128, 3]);
  const [red, green, blue, alpha] = cropPicture(even, half, { width: 50, height: 34 }).data;
  assert.deepEqual([red, green, blue, alpha], [255, 128, 3, 255]);
});
