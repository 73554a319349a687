import assert from 'node:assert/strict';
import { test } from 'node:test';
import { REST_POSE } from '../camera/pose.ts';
import type { FocusPull } from '../director/plan.ts';
import { drawDepth, drawPicture } from '../raster/test-pictures.ts';
import type { Scene } from '../scene/scene.ts';
import { createFocusBlur } from './focus-blur.ts';
import type { Take } from './takes.ts';

const SIZE = { width: 64, height: 36 };
const CHECKS = drawPicture(SIZE, (x, y) => ((x + y) % 2 === 0 ? [255, 255, 255] : [0, 0, 0]));
/** Far above, near below. */
const DEPTH = drawDepth((_, y) => y);
const SCENE: Scene = {
  depth: DEPTH,
  sky: DEPTH,
  confidence: { ground: 1, subject: 0, flat: 0 },
  horizon: 0,
  subjectDepth: 0.5,
  focus: { x: 0.5, y: 0.5 },
  areas: {},
};
const PICTURES = [{ image: CHECKS, scene: SCENE, stillIndex: 0 }];

const takeWith = (focus: FocusPull | undefined): Take => ({
  firstFrame: 24,
  endFrame: 120,
  stillIndex: 0,
  depth: DEPTH,
  parallaxPx: 0,
  focus,
  poseAt: () => REST_POSE,
  viewAt: () => ({ stillIndex: 0, depth: DEPTH, pose: REST_POSE }),
});

/** How blurred the top, the middle and the bottom are at a frame: 0 sharp, 1 and 2 as the two blurred copies. */
function blurOf(focus: FocusPull, frame: number): readonly number[] {
  const take = takeWith(focus);
  const { blurs = [] } = createFocusBlur([take], PICTURES).at(take, frame);
  return [1, 9, 16].map((row) => blurs.reduce((sum, { weights }) => sum + weights.data[row * 32 + 16]!, 0));
}

test('a pull takes the focus from what is near to what is far', () => {
  const [topBefore, , bottomBefore] = blurOf({ from: 1, to: 0 }, 55);
  assert.ok(topBefore! > 1.9 && bottomBefore! < 0.1, `${topBefore}, ${bottomBefore}`);
  const [topAfter, , bottomAfter] = blurOf({ from: 1, to: 0 }, 119);
  assert.ok(topAfter! < 0.1 && bottomAfter! > 1.9, `${topAfter}, ${bottomAfter}`);
});

test('a lens that stays blurs on both sides of its focus', () => {
  const [top, middle, bottom] = blurOf({ from: 0.5, to: 0.5 }, 100);
  assert.ok(middle === 0 && top! > 1 && bottom! > 1, `${top}, ${middle}, ${bottom}`);
});

test('a take begins sharp and blurs in over a second', () => {
  const focus = { from: 1, to: 1 };
  assert.deepEqual(blurOf(focus, 24), [0, 0, 0]);
  const early = [26, 30, 36, 42, 48].map((frame) => blurOf(focus, frame)[0]!);
  assert.deepEqual(
    early,
    early.toSorted((a, b) => a - b),
  );
  assert.ok(early[0]! < 0.05 && early.at(-1)! > 1.9, early.join(', '));
});

test('only pictures that are seen through such a lens are blurred', () => {
  assert.deepEqual(createFocusBlur([takeWith(undefined)], PICTURES).blurred, []);
  const { blurred } = createFocusBlur([takeWith({ from: 1, to: 0 })], PICTURES);
  assert.equal(blurred.length, 2);
  const contrast = (data: Uint8Array) => Math.abs(data[4 * 700]! - data[4 * 701]!);
  assert.ok(contrast(blurred[1]!.data) < 4 && contrast(CHECKS.data) === 255);
});
