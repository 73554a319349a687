import assert from 'node:assert/strict';
import { test } from 'node:test';
import { drawPicture } from '../raster/test-pictures.ts';
import { findPointsOfInterest } from './points-of-interest.ts';

const SIZE = { width: 640, height: 360 };

/** A meadow of grass blades, with things of another colour in it. */
const meadow = (things: readonly (readonly [x: number, y: number])[]) =>
  drawPicture(SIZE, (x, y) => {
    const near = things.find(([thingX, thingY]) => Math.hypot(x - thingX, y - thingY) < 22);
    if (near !== undefined)
      return (Math.floor(x / 6) + Math.floor(y / 6)) % 2 === 0 ? [220, 40, 30] : [250, 220, 60];
    const blade = 12 * Math.sin(x * 1.7 + Math.sin(y / 9));
    return [70 + blade, 130 + blade, 50 + blade];
  });

const isNear = (point: { x: number; y: number } | undefined, [x, y]: readonly [number, number]) =>
  point !== undefined && Math.hypot(point.x * SIZE.width - x, point.y * SIZE.height - y) < 30;

test('what has another colour than all else draws the eye', () => {
  const things = [
    [150, 240],
    [460, 120],
  ] as const;
  const points = findPointsOfInterest(meadow(things));
  assert.ok(points.length >= 2);
  for (const thing of things)
    assert.ok(
      points.slice(0, 2).some((point) => isNear(point, thing)),
      JSON.stringify(points),
    );
});

test('points keep apart from each other and from the edges', () => {
  const points = findPointsOfInterest(
    meadow([
      [20, 20],
      [300, 180],
      [330, 190],
      [620, 350],
    ]),
  );
  assert.ok(points.length > 0);
  for (const [i, { x, y }] of points.entries()) {
    assert.ok(Math.min(x, 1 - x, y, 1 - y) >= 0.12);
    for (const other of points.slice(i + 1))
      assert.ok(Math.hypot((x - other.x) * SIZE.width, (y - other.y) * SIZE.height) >= 0.2 * SIZE.width);
  }
});

test('a picture of one colour has none', () => {
  assert.deepEqual(findPointsOfInterest(drawPicture(SIZE, () => [90, 90, 90])), []);
});
