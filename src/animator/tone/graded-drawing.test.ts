import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { assertSameSamples } from '#tests/fixtures/same-samples.ts';
import { type ClipRequest, type PreparedClip, prepareClip } from '../prepare-clip.ts';
import { createFrame } from '../raster/create-frame.ts';
import type { I420Frame, RgbaImage } from '../raster/picture.ts';
import { colouredWaves, drawPicture } from '../raster/test-pictures.ts';

const SIZE = { width: 176, height: 96 };

const still = (shift: number): RgbaImage =>
  drawPicture(SIZE, (x, y) => {
    const [red, green, blue] = colouredWaves(x * 1.3 + shift, y * 1.1);
    return y < 44 ? [110 + y, 150 + y, 230] : [0.7 * red, 0.8 * green, 0.4 * blue];
  });

function prepare(request: Partial<ClipRequest>, stills: readonly RgbaImage[] = [still(0)]): PreparedClip {
  return prepareClip({
    stills,
    quality: 'quick',
    request: {
      prompt: '',
      durationSeconds: 4,
      cameraFixed: true,
      hasLastImage: false,
      seed: 5,
      style: 'natural',
      ...request,
    },
  });
}

function draw(clip: PreparedClip, index: number): I420Frame {
  const frame = createFrame(SIZE);
  clip.renderFrame(index, frame);
  return frame;
}

const meanOf = ({ y }: I420Frame) => y.data.reduce((sum, value) => sum + value, 0) / y.data.length;

describe('a graded clip', () => {
  const plain = draw(prepare({}), 0);

  test('begins on the still itself, and is graded half a second later', () => {
    const clip = prepare({ style: 'spicy', prompt: 'static camera' });
    assertSameSamples(draw(clip, 0), plain);
    assert.ok(draw(clip, 12).y.data.some((value, i) => Math.abs(value - plain.y.data[i]!) > 4));
  });

  test('ends on the end still itself', () => {
    const clip = prepare({ hasLastImage: true, prompt: 'black and white, moody' }, [still(0), still(60)]);
    const end = draw(prepare({}, [still(60)]), 0);
    assertSameSamples(draw(clip, clip.plan.frameCount - 1), end);
    assert.ok(draw(clip, clip.plan.frameCount - 13).u.data.every((value) => value === 128));
  });

  test('never pumps: mean brightness stays near the still and changes smoothly', () => {
    for (const request of [{ style: 'spicy' }, { prompt: 'cinematic, teal and orange' }] as const) {
      const clip = prepare(request);
      const all = Array.from({ length: clip.plan.frameCount }, (_, index) => meanOf(draw(clip, index)));
      for (const mean of all) assert.ok(Math.abs(mean - all[0]!) < 4, `${mean} from ${all[0]}`);
      for (let i = 2; i < all.length; i += 1) {
        const jump = Math.abs(all[i]! - 2 * all[i - 1]! + all[i - 2]!);
        assert.ok(jump <= 0.25, `${jump} levels at frame ${i}`);
      }
    }
  });

  test('has no colour in black and white, though sparks rise', () => {
    const clip = prepare({ prompt: 'black and white film, glowing embers rise' });
    const { u, v } = draw(clip, 40);
    assert.ok([...u.data, ...v.data].every((value) => value === 128));
  });

  test('is darker in its corners than the same clip without a vignette', () => {
    const corner = ({ y }: I420Frame) => y.data[0]! + y.data[SIZE.width - 1]!;
    const vignetted = draw(prepare({ prompt: 'film noir' }), 30);
    const even = draw(prepare({ prompt: 'black and white' }), 30);
    assert.ok(corner(vignetted) < 0.85 * corner(even));
  });

  test('draws the same bytes in any order', () => {
    const [one, other] = [
      prepare({ style: 'spicy', cameraFixed: false }),
      prepare({ style: 'spicy', cameraFixed: false }),
    ];
    const late = draw(other, 50);
    assertSameSamples(draw(one, 6), draw(other, 6));
    assertSameSamples(draw(one, 50), late);
  });

  test('without a look is drawn as it always was', () => {
    const clip = prepare({ style: 'natural' });
    assert.deepEqual(clip.plan.looks, []);
    assertSameSamples(draw(clip, 30), plain);
  });
});
