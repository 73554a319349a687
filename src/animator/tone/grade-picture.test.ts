import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { assertSameSamples } from '#tests/fixtures/same-samples.ts';
import { LOOK_NAMES, type LookName } from '../director/plan.ts';
import type { RgbaImage } from '../raster/picture.ts';
import { drawPicture } from '../raster/test-pictures.ts';
import { gradePicture } from './grade-picture.ts';
import { gradeOf } from './looks.ts';

const SIZE = { width: 160, height: 96 };

/** A sky over a field with a bright disc; `light` 0..1 darkens all of it. */
const landscape = (light: number): RgbaImage =>
  drawPicture(SIZE, (x, y) => {
    const scaled = (r: number, g: number, b: number): [number, number, number] => [
      light * r,
      light * g,
      light * b,
    ];
    if (Math.hypot(x - 120, y - 20) < 9) return scaled(255, 250, 235);
    if (y < 50) return scaled(120 + y, 150 + y, 235);
    const texture = 24 * ((((x * 7919 + y * 104_729) >> 3) & 7) / 7);
    return scaled(70 + texture, 110 + texture, 40 + texture);
  });

const graded = (image: RgbaImage, ...looks: readonly LookName[]): RgbaImage =>
  gradePicture(image, gradeOf(looks.map((name) => ({ name, strength: 1 })))!);

function means({ data }: RgbaImage): { luma: number; red: number; blue: number } {
  let [red, green, blue] = [0, 0, 0];
  for (let i = 0; i < data.length; i += 4) {
    red += data[i]!;
    green += data[i + 1]!;
    blue += data[i + 2]!;
  }
  const scale = 4 / data.length;
  return {
    luma: scale * (0.2126 * red + 0.7152 * green + 0.0722 * blue),
    red: scale * red,
    blue: scale * blue,
  };
}

function deviation(image: RgbaImage): number {
  const { luma } = means(image);
  let sum = 0;
  for (let i = 0; i < image.data.length; i += 4) {
    const value = 0.2126 * image.data[i]! + 0.7152 * image.data[i + 1]! + 0.0722 * image.data[i + 2]!;
    sum += (value - luma) ** 2;
  }
  return Math.sqrt((4 * sum) / image.data.length);
}

describe('gradePicture', () => {
  const brightness: Partial<Record<LookName, readonly [least: number, most: number]>> = {
    moody: [0.7, 0.95],
    bright: [1.05, 1.25],
  };
  for (const look of LOOK_NAMES) {
    test(`${look}: keeps the mean brightness, less what its vignette takes, of dark and bright pictures`, () => {
      const [least, most] = brightness[look] ?? [0.99, 1.13];
      for (const light of [0.25, 0.6, 1]) {
        const still = landscape(light);
        const ratio = means(graded(still, look)).luma / means(still).luma;
        assert.ok(ratio > least && ratio < most, `${ratio} at light ${light}`);
      }
    });
  }

  test('black and white leaves no colour, whatever else is asked', () => {
    const { data } = graded(landscape(0.8), 'monochrome', 'vivid', 'warm');
    for (let i = 0; i < data.length; i += 4) {
      assert.equal(data[i], data[i + 1]);
      assert.equal(data[i], data[i + 2]);
    }
  });

  test('warm light is more orange and cold light more blue', () => {
    const warmth = (image: RgbaImage) => means(image).red - means(image).blue;
    const still = landscape(0.7);
    assert.ok(warmth(graded(still, 'warm')) > warmth(still) + 8);
    assert.ok(warmth(graded(still, 'cold')) < warmth(still) - 8);
  });

  test('a picture that is warm already is warmed less', () => {
    const sunset = drawPicture(SIZE, (_x, y) => [230, 150 - 0.5 * y, 60]);
    const grey = drawPicture(SIZE, (_x, y) => [160 - 0.5 * y, 160 - 0.5 * y, 160 - 0.5 * y]);
    const gain = (still: RgbaImage) => {
      const [before, after] = [means(still), means(graded(still, 'warm'))];
      return after.red - after.blue - (before.red - before.blue);
    };
    assert.ok(gain(sunset) < 0.6 * gain(grey), `${gain(sunset)} against ${gain(grey)}`);
  });

  test('contrast spreads the tones, a faded look draws them in', () => {
    const still = landscape(0.8);
    assert.ok(deviation(graded(still, 'contrast')) > 1.04 * deviation(still));
    assert.ok(deviation(graded(still, 'vintage')) < deviation(still));
  });

  test('spicy is richer in contrast and colour than cinematic', () => {
    const still = landscape(0.8);
    const spread = ({ data }: RgbaImage) => {
      let sum = 0;
      for (let i = 0; i < data.length; i += 4)
        sum +=
          Math.max(data[i]!, data[i + 1]!, data[i + 2]!) - Math.min(data[i]!, data[i + 1]!, data[i + 2]!);
      return sum;
    };
    assert.ok(deviation(graded(still, 'spicy')) > deviation(graded(still, 'cinematic')));
    assert.ok(spread(graded(still, 'spicy')) > spread(graded(still, 'cinematic')));
  });

  test('never turns tones around: what was brighter stays brighter', () => {
    const ramp = drawPicture(SIZE, (x) => [x, x, x].map((value) => 1.55 * value) as [number, number, number]);
    for (const look of LOOK_NAMES) {
      const { data } = graded(ramp, look);
      const rows = [0, 1, 2, 3, 4, 5, 6, 7];
      const column = (x: number) =>
        rows.reduce((sum, y) => {
          const at = 4 * (y * SIZE.width + x);
          return sum + 0.2126 * data[at]! + 0.7152 * data[at + 1]! + 0.0722 * data[at + 2]!;
        }, 0);
      for (let x = 8; x < SIZE.width; x += 8) assert.ok(column(x) > column(x - 8) - 1, `${look} at ${x}`);
    }
  });

  test('gives the same bytes again, opaque', () => {
    const one = graded(landscape(0.7), 'spicy', 'dreamy');
    assertSameSamples(one.data, graded(landscape(0.7), 'spicy', 'dreamy').data);
    for (let i = 3; i < one.data.length; i += 4) assert.equal(one.data[i], 255);
  });
});

test('no look is no grade', () => {
  assert.equal(gradeOf([]), undefined);
});
