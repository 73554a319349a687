import assert from 'node:assert/strict';
import { test } from 'node:test';
import { assertSameSamples } from '#tests/fixtures/same-samples.ts';
import { blurPicture } from './blur-picture.ts';
import { drawPicture } from './test-pictures.ts';

const SIZE = { width: 81, height: 61 };

test('an even picture stays as it is', () => {
  const even = drawPicture(SIZE, () => [200, 60, 7]);
  assertSameSamples(blurPicture(even, 4), even);
});

test('a point of light spreads as far as the blur is wide, and keeps its light', () => {
  const sigma = 4;
  const { data } = blurPicture(
    drawPicture(SIZE, (x, y) => (x === 40 && y === 30 ? [255, 255, 255] : [0, 0, 0])),
    sigma,
  );
  let [light, spread] = [0, 0];
  for (let pixel = 0; pixel < SIZE.width * SIZE.height; pixel++) {
    const value = data[4 * pixel]! ** 2;
    light += value;
    spread += value * ((pixel % SIZE.width) - 40) ** 2;
  }
  assert.ok(Math.abs(light / 255 ** 2 - 1) < 0.1, `${light / 255 ** 2} of the light`);
  assert.ok(Math.abs(Math.sqrt(spread / light) - sigma) < 0.6, `deviation ${Math.sqrt(spread / light)}`);
});
