/** The cut of whole clips: every way to the end still, shots within a prompt, and whips between them. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { assertSameSamples } from '#tests/fixtures/same-samples.ts';
import { REST_POSE } from '../camera/pose.ts';
import type { ArrivalKind } from '../director/plan.ts';
import { DUSK, drawSurface, SCENE_SIZE } from '../morph/test-scenes.ts';
import { type ClipRequest, type PreparedClip, prepareClip } from '../prepare-clip.ts';
import { createFrame } from '../raster/create-frame.ts';
import { cropPicture } from '../raster/crop-picture.ts';
import type { I420Frame, RgbaImage } from '../raster/picture.ts';
import { createRasteriser } from '../raster/rasteriser.ts';
import { flatDepth } from '../raster/test-pictures.ts';

const SCENE = drawSurface(1);
const ASIDE = drawSurface(1, (x, y) => [x + 24, y - 5]);
const EVENING = drawSurface(1, (x, y) => [x + 10, y], DUSK);
const STRANGER = drawSurface(2, undefined, DUSK);

function prepare(stills: readonly RgbaImage[], changes: Partial<ClipRequest> = {}): PreparedClip {
  return prepareClip({
    stills,
    request: {
      prompt: 'push in',
      durationSeconds: 4,
      cameraFixed: false,
      hasLastImage: false,
      seed: 3,
      style: 'natural',
      ...changes,
    },
    quality: 'quick',
  });
}

function render(clip: PreparedClip, index: number): I420Frame {
  const frame = createFrame(SCENE_SIZE);
  clip.renderFrame(index, frame);
  return frame;
}

/** A still as a camera at rest shows it. */
function planesOf(still: RgbaImage): I420Frame {
  const frame = createFrame(SCENE_SIZE);
  const view = { stillIndex: 0, pose: REST_POSE, depth: flatDepth(0) };
  createRasteriser({ stills: [still], sampling: { luma: 2, chroma: 1 }, seed: 1 }).render(
    { view, over: undefined, grainStrength: 0, frameIndex: 0 },
    frame,
  );
  return frame;
}

/** Mean difference of luma, in levels. */
function difference(a: I420Frame, b: I420Frame): number {
  return a.y.data.reduce((sum, value, i) => sum + Math.abs(value - b.y.data[i]!), 0) / a.y.data.length;
}

/** Mean step of luma from pixel to pixel along rows: what a streak or a blur takes away. */
function sharpness({ y }: I420Frame): number {
  let sum = 0;
  for (let i = 1; i < y.data.length; i++) sum += Math.abs(y.data[i]! - y.data[i - 1]!);
  return sum / y.data.length;
}

const ENDINGS: readonly {
  readonly kind: ArrivalKind;
  readonly prompt: string;
  readonly end: RgbaImage;
}[] = [
  { kind: 'morph', prompt: 'handheld pan left', end: ASIDE },
  { kind: 'morph', prompt: 'push in', end: EVENING },
  { kind: 'dissolve', prompt: 'truck left, crossfade', end: STRANGER },
  { kind: 'light-leak', prompt: 'push in, light leak', end: STRANGER },
  { kind: 'whip-pan', prompt: 'push in, then whip pan right', end: STRANGER },
];

describe('the way to the end still', () => {
  for (const { kind, prompt, end } of ENDINGS) {
    const clip = prepare([SCENE, end], { prompt, hasLastImage: true });
    const last = clip.plan.frameCount - 1;

    it(`${kind}: begins exactly on the first still and ends exactly on the last (${prompt})`, () => {
      assert.equal(clip.plan.arrival?.kind, kind);
      assertSameSamples(render(clip, 0), planesOf(SCENE));
      assertSameSamples(render(clip, last), planesOf(end));
    });

    it(`${kind}: comes to rest there, and shows nothing of it before (${prompt})`, () => {
      assert.ok(difference(render(clip, last), render(clip, last - 1)) < 1.5, 'no jolt at the end');
      const alone = prepare([SCENE], { prompt: prompt.replace(/, .*/, ''), seed: 3 });
      const { firstFrame } = clip.plan.arrival!;
      // A whip swings before its cut.
      const before = kind === 'whip-pan' ? firstFrame - 6 : firstFrame - 1;
      if (kind !== 'morph') assertSameSamples(render(clip, before), render(alone, before));
    });

    it(`${kind}: draws the same bytes in any order (${prompt})`, () => {
      const indices = [10, 50, 66, 72, 80, last];
      const forwards = indices.map((index) => render(clip, index));
      const backwards = indices.toReversed().map((index) => render(clip, index));
      assert.deepEqual(backwards.toReversed(), forwards);
    });
  }

  it('a morph moves along and never doubles the picture', () => {
    const clip = prepare([SCENE, ASIDE], { prompt: 'static camera', hasLastImage: true });
    assert.ok(
      sharpness(render(clip, 48)) > 0.85 * sharpness(render(clip, 0)),
      'both pictures lie on each other',
    );
    // Half-way the scene is seen from half-way.
    const half = planesOf(drawSurface(1, (x, y) => [x + 12, y - 2.5]));
    const halfWay = Array.from({ length: 20 }, (_, i) => difference(render(clip, 38 + i), half));
    assert.ok(Math.min(...halfWay) < 2.5, `${Math.min(...halfWay)} levels`);
  });

  it('a dissolve is gradual', () => {
    const clip = prepare([SCENE, STRANGER], { prompt: 'static camera, crossfade', hasLastImage: true });
    const end = planesOf(STRANGER);
    const { firstFrame } = clip.plan.arrival!;
    const away = Array.from({ length: 20 }, (_, i) => difference(render(clip, firstFrame + i), end));
    for (const [i, value] of away.slice(1).entries()) assert.ok(value <= away[i]! + 0.01);
    const steps = away.slice(1).map((value, i) => away[i]! - value);
    assert.ok(Math.max(...steps) < 0.25 * away[0]!, 'no frame brings a quarter of it');
  });

  it('a light leak hides its cut in light', () => {
    const clip = prepare([SCENE, STRANGER], { prompt: 'static camera, light leak', hasLastImage: true });
    const brightness = Array.from({ length: 34 }, (_, i) => {
      const { data } = render(clip, clip.plan.arrival!.firstFrame + i).y;
      return data.reduce((sum, value) => sum + value, 0) / data.length;
    });
    assert.ok(Math.max(...brightness) > 165, `${Math.max(...brightness)}`);
    assert.ok(brightness[0]! < 140 && brightness.at(-1)! < 110);
  });

  it('a fixed camera rests in every way', () => {
    const clip = prepare([SCENE, STRANGER], { prompt: 'crossfade', hasLastImage: true, cameraFixed: true });
    assertSameSamples(render(clip, 40), planesOf(SCENE));
    assertSameSamples(render(clip, 92), planesOf(STRANGER));
  });
});

describe('shots within a prompt', () => {
  const prompt = '0-1.5s: wide shot. 1.5-3s: close-up, static camera. 3-4s: medium shot, then whip pan left';

  it('each begins exactly on its part of the picture', () => {
    const clip = prepare([SCENE], { prompt });
    const cuts = clip.plan.shots.filter(({ after }) => after === undefined);
    assert.equal(cuts.length, 3);
    for (const { firstFrame, framing } of cuts) {
      const part = framing && {
        left: framing.x - 0.5 / framing.zoom,
        top: framing.y - 0.5 / framing.zoom,
        width: 1 / framing.zoom,
        height: 1 / framing.zoom,
      };
      const shown = part === undefined ? SCENE : cropPicture(SCENE, part, SCENE_SIZE);
      assertSameSamples(render(clip, firstFrame), planesOf(shown));
    }
  });

  it('a close shot takes its detail from the larger picture', () => {
    const large = cropPicture(SCENE, { left: 0, top: 0, width: 1, height: 1 }, { width: 704, height: 396 });
    // A large picture with a mark that the small one does not have.
    large.data.set(new Uint8Array(4 * 704 * 396).map((_, i) => (i % 8 < 4 ? 255 : 0)));
    const request = {
      prompt: 'a lake [cut] close-up',
      durationSeconds: 4,
      cameraFixed: false,
      hasLastImage: false,
    };
    const clip = prepareClip({
      stills: [SCENE],
      largeStills: [large],
      request: { ...request, seed: 1, style: 'natural' },
      quality: 'quick',
    });
    const close = clip.plan.shots.findLast(({ framing }) => framing !== undefined)!;
    assert.equal(close.framing!.zoom, 1.8);
    assert.ok(sharpness(render(clip, close.firstFrame)) > 2 * sharpness(render(clip, 0)));
  });

  it('joins shots in a whip pan that streaks on both sides of the cut', () => {
    const clip = prepare([SCENE], {
      prompt: 'static camera, then whip pan left. Cut to a medium shot, static camera.',
    });
    const cut = clip.plan.shots.find(({ whip }) => whip === 'left')!.firstFrame;
    const calm = sharpness(render(clip, cut - 8));
    assert.ok(sharpness(render(clip, cut - 1)) < 0.75 * calm);
    assert.ok(sharpness(render(clip, cut + 1)) < 0.75 * sharpness(render(clip, cut + 12)));
  });

  it('a crash zoom stands, hits, and stands', () => {
    const clip = prepare([SCENE], { prompt: 'crash zoom' });
    const { timeSeconds } = clip.plan.events.find(({ kind }) => kind === 'impact')!;
    const hit = Math.round(24 * timeSeconds);
    const moved = (index: number) => difference(render(clip, index), render(clip, index - 1));
    assertSameSamples(render(clip, hit - 6), render(clip, 0));
    assert.ok(moved(hit) > 4);
    assert.ok(moved(hit + 20) < 0.2);
  });
});
