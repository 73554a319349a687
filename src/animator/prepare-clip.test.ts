import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ClipQuality } from '#domain/media/clip-quality.ts';
import { assertSameSamples } from '#tests/fixtures/same-samples.ts';
import { type ClipRequest, type PreparedClip, prepareClip } from './prepare-clip.ts';
import { createFrame } from './raster/create-frame.ts';
import { cropCentre } from './raster/crop-centre.ts';
import type { I420Frame, RgbaImage } from './raster/picture.ts';
import { colouredWaves, drawPicture } from './raster/test-pictures.ts';

const SIZE = { width: 178, height: 102 };

/** Ground to a horizon under a sky, with a post that stands in it; `shift` tells stills apart. */
const landscape = (shift: number): RgbaImage => drawPicture(SIZE, (x, y) => landscapeAt(x, y, shift));

function landscapeAt(x: number, y: number, shift = 0): [number, number, number] {
  if (x > 80 + shift && x < 95 + shift && y > 25 && y < 90) return [30, 25, 20];
  if (y < 45) return [120 + y, 160 + y, 230];
  const [red, green, blue] = colouredWaves(x * 1.3 + shift, y * 1.3);
  return [red * 0.6, green * 0.8, blue * 0.3];
}

const REQUEST: ClipRequest = {
  prompt: 'the camera slowly pushes in',
  durationSeconds: 4,
  cameraFixed: false,
  hasLastImage: false,
  seed: 11,
  style: 'natural',
};

interface Variation extends Partial<ClipRequest> {
  readonly quality?: ClipQuality;
  readonly stills?: readonly RgbaImage[];
}

function prepare({ quality = 'quick', stills = [landscape(0)], ...request }: Variation = {}): PreparedClip {
  return prepareClip({ stills, request: { ...REQUEST, ...request }, quality });
}

function render(clip: PreparedClip, index: number): I420Frame {
  const frame = createFrame(SIZE);
  clip.renderFrame(index, frame);
  return frame;
}

/** A still's own planes: what a camera that never moves shows in its first frame. */
function planesOf(still: RgbaImage): I420Frame {
  return render(prepare({ stills: [still], cameraFixed: true }), 0);
}

function lumaDifference(a: I420Frame, b: I420Frame): number {
  return (
    a.y.data.reduce((sum, value, index) => sum + Math.abs(value - b.y.data[index]!), 0) / a.y.data.length
  );
}

for (const quality of ['quick', 'high'] as const) {
  test(`the first frame is the still and the last the end still (${quality})`, () => {
    const stills = [landscape(0), landscape(40)];
    const clip = prepare({ quality, stills, hasLastImage: true });
    assert.equal(clip.plan.frameCount, 96);
    assertSameSamples(render(clip, 0), planesOf(stills[0]!));
    assertSameSamples(render(clip, 95), planesOf(stills[1]!));
  });
}

test('the picture moves between, and the dissolve is gradual', () => {
  const stills = [landscape(0), landscape(40)];
  const clip = prepare({ stills, hasLastImage: true });
  const first = render(clip, 0);
  assert.ok(lumaDifference(first, render(clip, clip.plan.frameCount / 4)) > 1);
  const end = planesOf(stills[1]!);
  const middle = clip.plan.arrival!.firstFrame + Math.floor(clip.plan.arrival!.frameCount / 2);
  const shares = [middle - 4, middle, middle + 4].map((index) => lumaDifference(render(clip, index), end));
  assert.ok(shares[0]! > shares[1]! && shares[1]! > shares[2]!, `differences to the end still: ${shares}`);
});

test('several pictures are cut hard, each starting exactly as it is', () => {
  const stills = [landscape(0), landscape(20), landscape(40)];
  const clip = prepare({ stills });
  const cuts = clip.plan.shots.filter((shot) => shot.after === undefined);
  assert.deepEqual(
    cuts.map((shot) => shot.stillIndex),
    [0, 1, 2],
  );
  for (const { firstFrame, stillIndex } of cuts) {
    assertSameSamples(render(clip, firstFrame), planesOf(stills[stillIndex]!));
  }
});

test('frames are the same in any order and from any copy of the clip', () => {
  const stills = [landscape(0), landscape(40)];
  const variation = { quality: 'high', stills, hasLastImage: true, prompt: 'handheld pan left' } as const;
  const one = prepare(variation);
  const other = prepare(variation);
  assert.deepEqual(one.plan, other.plan);
  const indices = [0, 1, 30, 70, 80, 94, 95];
  const forwards = indices.map((index) => render(one, index));
  const backwards = indices
    .toReversed()
    .map((index) => render(other, index))
    .toReversed();
  assert.deepEqual(backwards, forwards);
});

test('a fixed camera shows the still in every frame, but for the grain of the high quality', () => {
  const still = planesOf(landscape(0));
  assertSameSamples(render(prepare({ cameraFixed: true }), 60), still);
  const grainy = render(prepare({ cameraFixed: true, quality: 'high' }), 60);
  const difference = lumaDifference(grainy, still);
  assert.ok(difference > 0.05 && difference < 0.6, `${difference} levels`);
  assert.deepEqual(grainy.u, still.u);
});

test('shots that go on without a cut join without a jump', () => {
  const clip = prepare({ prompt: 'truck left, then push in' });
  const joints = clip.plan.shots.filter((shot) => shot.after !== undefined);
  assert.equal(joints.length, 1);
  const joint = joints[0]!.firstFrame;
  const step = (index: number) => lumaDifference(render(clip, index), render(clip, index - 1));
  // The camera rests at the joint. Depths limited for each shot alone would differ there by a whole level.
  assert.ok(step(Math.round(joint / 2)) > 0.5, 'the camera moves in mid-shot');
  assert.ok(step(joint) < 0.05, `${step(joint)} levels`);
});

test('a frame outside the clip is refused', () => {
  const clip = prepare();
  for (const index of [-1, 96, Number.NaN]) assert.throws(() => render(clip, index), RangeError);
});

test('a camera that moves finds what the crop cut off, and none of it is seen at rest', () => {
  const tall = drawPicture({ width: SIZE.width, height: SIZE.height + 24 }, (x, y) =>
    y < 12 ? [200, 30, 30] : landscapeAt(x, y - 12),
  );
  const still = cropCentre(tall, SIZE);
  const reds = ({ v }: I420Frame) => v.data.reduce((sum, value) => sum + (value > 170 ? 1 : 0), 0);
  for (const style of ['natural', 'spicy'] as const) {
    const request = { ...REQUEST, prompt: 'tilt up', style };
    const clip = prepareClip({ stills: [still], surroundings: [tall], request, quality: 'quick' });
    const alone = prepareClip({ stills: [still], request, quality: 'quick' });
    const [first, firstAlone] = [render(clip, 0), render(alone, 0)];
    assertSameSamples(first.y.data, firstAlone.y.data);
    assert.equal(reds(first), 0);
    const last = clip.plan.frameCount - 1;
    assert.ok(reds(render(clip, last)) > 100, `${reds(render(clip, last))} samples of what lies above`);
    assert.equal(reds(render(alone, last)), 0);
  }
});
