import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { assertSameSamples } from '#tests/fixtures/same-samples.ts';
import { colouredWaves, drawPicture, waves } from '../raster/test-pictures.ts';
import { fillUnknown } from './fill-unknown.ts';
import { paintPlate } from './plate.ts';

const SIZE = { width: 96, height: 64 };

/** A matte of a rectangle. */
function rectangle(left: number, top: number, right: number, bottom: number): Uint8Array {
  return Uint8Array.from({ length: SIZE.width * SIZE.height }, (_, i) => {
    const [x, y] = [i % SIZE.width, Math.floor(i / SIZE.width)];
    return x >= left && x < right && y >= top && y < bottom ? 255 : 0;
  });
}

describe('fillUnknown', () => {
  it('leaves what is known and paints the rest from what is around', () => {
    const red = drawPicture(SIZE, (x) => (x < 48 ? [200, 40, 30] : [0, 255, 0]));
    const known = rectangle(0, 0, 48, 64);
    const filled = fillUnknown({ ...red, data: red.data.slice() }, known);
    for (let i = 0; i < filled.data.length; i += 4)
      assert.deepEqual([...filled.data.subarray(i, i + 3)], [200, 40, 30], `pixel ${i / 4}`);
  });

  it('is exact where pixels are known and within their range elsewhere', () => {
    const picture = drawPicture(SIZE, colouredWaves);
    const known = Uint8Array.from({ length: SIZE.width * SIZE.height }, (_, i) =>
      (i * 37) % 11 < 3 ? 255 : 0,
    );
    const filled = fillUnknown({ ...picture, data: picture.data.slice() }, known);
    let [least, most] = [255, 0];
    for (const [i, weight] of known.entries()) {
      if (weight === 0) continue;
      assert.deepEqual(filled.data.subarray(4 * i, 4 * i + 3), picture.data.subarray(4 * i, 4 * i + 3));
      least = Math.min(least, picture.data[4 * i]!);
      most = Math.max(most, picture.data[4 * i]!);
    }
    for (let i = 0; i < filled.data.length; i += 4)
      assert.ok(filled.data[i]! >= least && filled.data[i]! <= most);
  });

  it('leaves a picture alone of which nothing is known', () => {
    const picture = drawPicture(SIZE, colouredWaves);
    const filled = fillUnknown(
      { ...picture, data: picture.data.slice() },
      new Uint8Array(SIZE.width * SIZE.height),
    );
    assertSameSamples(filled, picture);
  });
});

describe('paintPlate', () => {
  const still = drawPicture(SIZE, (x, y) => (y < 30 ? [10, 220, 10] : [waves(x, y), 0, waves(y, x)]));
  const plate = paintPlate(still, rectangle(0, 30, 96, 64), 9)!;
  const pixelAt = (x: number, y: number) => {
    const at = 4 * ((y - plate.top) * plate.image.width + x - plate.left);
    return [...plate.image.data.subarray(at, at + 3)];
  };
  const stillAt = (x: number, y: number) => [
    ...still.data.subarray(4 * (y * SIZE.width + x), 4 * (y * SIZE.width + x) + 3),
  ];

  it('is the still inside the matte', () => {
    for (const [x, y] of [
      [0, 40],
      [50, 34],
      [95, 63],
    ] as const)
      assert.deepEqual(pixelAt(x, y), stillAt(x, y));
  });

  it('has nothing of what borders on the matte', () => {
    for (let x = 0; x < 96; x += 5) {
      for (const y of [22, 26, 29, 30, 31]) {
        assert.equal(pixelAt(x, y)[1], 0, `green shines through at ${x}, ${y}`);
      }
    }
  });

  it('goes on past the still as far as asked, as a mirror image', () => {
    assert.ok(plate.left <= -9 && plate.left + plate.image.width >= 96 + 9);
    assert.ok(plate.left % 2 === 0 && plate.top % 2 === 0);
    assert.deepEqual(pixelAt(-7, 45), stillAt(7, 45));
    assert.deepEqual(pixelAt(95 + 9, 45), stillAt(95 - 9, 45));
    assert.deepEqual(pixelAt(40, 63 + 6), stillAt(40, 63 - 6));
  });

  it('is not made for a matte that shows nothing', () => {
    assert.equal(paintPlate(still, rectangle(0, 0, 0, 0), 9), undefined);
  });

  it('takes a fluid too thin to be eroded as it is', () => {
    const thin = paintPlate(still, rectangle(40, 10, 44, 60), 4)!;
    const at = 4 * ((45 - thin.top) * thin.image.width + 41 - thin.left);
    assert.deepEqual([...thin.image.data.subarray(at, at + 3)], stillAt(41, 45));
  });
});
