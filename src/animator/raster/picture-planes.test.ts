import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { FrameSize } from '#domain/media/frame-size.ts';
import { MemoryLayout, type PaddedPlane } from './memory-layout.ts';
import type { RgbaImage } from './picture.ts';
import { paintPicture, reservePicture, type Sampling } from './picture-planes.ts';
import { drawPicture } from './test-pictures.ts';

function paint(image: RgbaImage, sampling: Sampling) {
  const layout = new MemoryLayout();
  const planes = reservePicture(layout, image, sampling);
  const bytes = new Uint8Array(layout.byteLength);
  paintPicture(bytes, planes, image);
  const at = (plane: PaddedPlane, x: number, y: number) => bytes[plane.address + y * plane.stride + x]!;
  return { planes, at };
}

const PLAIN: Sampling = { luma: 1, chroma: 1 };
const DOUBLED: Sampling = { luma: 2, chroma: 2 };
const PLANES = ['y', 'cb', 'cr'] as const;

function noise(size: FrameSize, seed: number): RgbaImage {
  let state = seed;
  const next = () => {
    state = Math.imul(state, 1_664_525) + 1_013_904_223;
    return state >>> 24;
  };
  return drawPicture(size, () => [next(), next(), next()]);
}

test('colours become BT.709 limited range', () => {
  const expected = [
    { rgb: [255, 255, 255], yuv: [235, 128, 128] },
    { rgb: [0, 0, 0], yuv: [16, 128, 128] },
    { rgb: [255, 0, 0], yuv: [63, 102, 240] },
    { rgb: [0, 255, 0], yuv: [173, 42, 26] },
    { rgb: [0, 0, 255], yuv: [32, 240, 118] },
    { rgb: [191, 191, 0], yuv: [168, 44, 136] },
  ] as const;
  for (const { rgb, yuv } of expected) {
    const { planes, at } = paint(
      drawPicture({ width: 4, height: 4 }, () => rgb),
      PLAIN,
    );
    assert.deepEqual(
      PLANES.map((name) => at(planes[name], 1, 1)),
      yuv,
      `of ${rgb}`,
    );
  }
});

test('greys have no colour at all', () => {
  const { planes, at } = paint(
    drawPicture({ width: 512, height: 2 }, (x) => [x >> 1, x >> 1, x >> 1]),
    DOUBLED,
  );
  for (let x = 0; x < 512; x += 1) assert.deepEqual([at(planes.cb, x, 0), at(planes.cr, x, 0)], [128, 128]);
});

test('a chroma sample stands for an even column, half a row below an even row', () => {
  const rampAcross = paint(
    drawPicture({ width: 64, height: 4 }, (x) => [0, 0, 4 * x]),
    PLAIN,
  );
  const rampDown = paint(
    drawPicture({ width: 4, height: 64 }, (_x, y) => [0, 0, 4 * y]),
    PLAIN,
  );
  const cbOf = (blue: number) => 128 + (224 / 2 / 255) * blue;
  for (let i = 1; i < 31; i += 1) {
    const across = rampAcross.at(rampAcross.planes.cb, i, 1);
    const down = rampDown.at(rampDown.planes.cb, 1, i);
    assert.ok(Math.abs(across - cbOf(4 * 2 * i)) <= 0.51, `column ${i}: ${across}`);
    assert.ok(Math.abs(down - cbOf(4 * (2 * i + 0.5))) <= 0.51, `row ${i}: ${down}`);
  }
});

test('every even sample of a doubled plane is the plain sample, and flat areas stay flat', () => {
  const sides = fc.integer({ min: 1, max: 20 }).map((half) => 2 * half);
  fc.assert(
    fc.property(sides, sides, fc.integer(), (width, height, seed) => {
      const image = noise({ width, height }, seed);
      const plain = paint(image, PLAIN);
      const doubled = paint(image, DOUBLED);
      for (const name of PLANES) {
        const plane = plain.planes[name];
        for (let y = 0; y < plane.height; y += 1) {
          for (let x = 0; x < plane.width; x += 1) {
            assert.equal(doubled.at(doubled.planes[name], 2 * x, 2 * y), plain.at(plane, x, y));
          }
        }
      }
      const flat = paint(
        drawPicture({ width, height }, () => [90, 140, 30]),
        DOUBLED,
      );
      for (const name of PLANES) {
        const plane = flat.planes[name];
        for (let y = 0; y < plane.height; y += 1) {
          for (let x = 0; x < plane.width; x += 1) assert.equal(flat.at(plane, x, y), flat.at(plane, 0, 0));
        }
      }
    }),
    { numRuns: 30 },
  );
});

test('the border repeats the edge on all sides', () => {
  const { planes, at } = paint(noise({ width: 10, height: 6 }, 5), { luma: 2, chroma: 1 });
  for (const name of PLANES) {
    const plane = planes[name];
    for (let y = -plane.border; y < plane.height + plane.border; y += 1) {
      for (let x = -plane.border; x < plane.width + plane.border; x += 1) {
        const insideX = Math.max(0, Math.min(plane.width - 1, x));
        const insideY = Math.max(0, Math.min(plane.height - 1, y));
        assert.equal(at(plane, x, y), at(plane, insideX, insideY), `${name} ${x},${y}`);
      }
    }
  }
});
