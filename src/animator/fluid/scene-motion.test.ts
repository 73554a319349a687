/** Motion inside the picture, seen through whole clips: where it moves, where it must not, and how it begins. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { assertSameSamples } from '#tests/fixtures/same-samples.ts';
import { type PreparedClip, prepareClip } from '../prepare-clip.ts';
import { createFrame } from '../raster/create-frame.ts';
import type { I420Frame, RgbaImage } from '../raster/picture.ts';
import { paintLake, paintStreet, SHORE } from '../scene/test-scenes.ts';

const SIZE = { width: 640, height: 360 };

function prepare(still: RgbaImage, prompt: string, seed = 5): PreparedClip {
  const request = {
    prompt,
    durationSeconds: 4,
    cameraFixed: true,
    hasLastImage: false,
    seed,
    style: 'natural',
  } as const;
  return prepareClip({ stills: [still], request, quality: 'quick' });
}

function render(clip: PreparedClip, index: number): I420Frame {
  const frame = createFrame(SIZE);
  clip.renderFrame(index, frame);
  return frame;
}

/** Mean luma difference over the rows between two shares of the height. */
function difference(a: I420Frame, b: I420Frame, from: number, to: number): number {
  const [first, last] = [
    Math.floor(from * SIZE.height) * SIZE.width,
    Math.floor(to * SIZE.height) * SIZE.width,
  ];
  let sum = 0;
  for (let pixel = first; pixel < last; pixel++) sum += Math.abs(a.y.data[pixel]! - b.y.data[pixel]!);
  return sum / (last - first);
}

const meanLuma = ({ y }: I420Frame): number => y.data.reduce((sum, value) => sum + value, 0) / y.data.length;

test('the water of a lake moves below its shore; the first frame is the still itself', () => {
  const moving = prepare(paintLake(SIZE), 'gentle waves on the lake');
  const calm = prepare(paintLake(SIZE), 'still water, no clouds moving, no wind');
  assert.ok(
    moving.plan.fluids.some((fluid) => fluid.area === 'water'),
    JSON.stringify(moving.plan.fluids),
  );
  assertSameSamples(render(moving, 0), render(calm, 0));
  const middle = render(moving, 60);
  assert.ok(difference(render(moving, 0), middle, SHORE + 0.1, 1) > 0.5, 'the water stands still');
});

test('a street has no water to move, and the notes say so', () => {
  const { plan } = prepare(paintStreet(SIZE), 'waves');
  assert.ok(plan.fluids.every((fluid) => fluid.area !== 'water'));
  assert.ok(
    plan.notes.some((note) => /water/.test(note.message)),
    JSON.stringify(plan.notes),
  );
});

test('any order gives the same bytes, another seed other ones', () => {
  const clip = prepare(paintLake(SIZE), 'waves');
  const late = render(clip, 70);
  render(clip, 3);
  assertSameSamples(render(clip, 70), late);
  assertSameSamples(render(prepare(paintLake(SIZE), 'waves'), 70), late);
  assert.notDeepEqual(render(prepare(paintLake(SIZE), 'waves', 6), 70).y.data, late.y.data);
});

test('the whole picture does not flicker', () => {
  const clip = prepare(paintLake(SIZE), 'waves');
  const means = Array.from({ length: 20 }, (_, index) => meanLuma(render(clip, 30 + index)));
  for (let index = 2; index < means.length; index++) {
    const second = Math.abs(means[index]! - 2 * means[index - 1]! + means[index - 2]!);
    assert.ok(second <= 0.25, `${second} levels at frame ${30 + index}`);
  }
});
