import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Displacement } from '../raster/displacement.ts';
import type { Grid } from '../scene/scene.ts';
import { findCorrespondence, type SceneMatch } from './correspondence.ts';
import { sampleBilinear } from './flow-field.ts';
import { Morph, type MorphStage } from './morph.ts';
import { DUSK, drawSurface, SCENE_SIZE } from './test-scenes.ts';

const flat = (w: number): Grid => ({ width: 2, height: 2, data: new Float32Array(4).fill(w) });

const scene = drawSurface(1);
const PAIRS = {
  aside: drawSurface(1, (x, y) => [x + 40, y - 8]),
  closer: drawSurface(1, (x, y) => [x / 1.4, y / 1.4]),
  'further off': drawSurface(1, (x, y) => [1.4 * x, 1.4 * y]),
  'aside in the evening': drawSurface(1, (x, y) => [x + 30, y + 6], DUSK),
  bulging: drawSurface(1, (x, y) => [x + 14 * Math.exp(-(x * x + y * y) / 1500), y]),
};
const matches = Object.entries(PAIRS).map(
  ([name, other]) => [name, findCorrespondence(scene, other).match!] as const,
);
const morphOf = (match: SceneMatch) => new Morph(match, [flat(0.2), flat(0.8)], SCENE_SIZE);

/** Where cell (x, y) is read, in cells. */
function readAt({ field, share }: Displacement, x: number, y: number): readonly [number, number] {
  const cell = y * field.width + x;
  return [x + share * field.dx[cell]!, y + share * field.dy[cell]!];
}

for (const [name, match] of matches) {
  test(`${name}: the ends are the pictures themselves`, () => {
    const start = morphOf(match).at(0);
    const end = morphOf(match).at(1);
    assert.equal(Math.abs(start.first.share), 0);
    assert.equal(Math.abs(end.second.share), 0);
    assert.ok(start.weights.data.every((weight) => weight === 0));
    assert.ok(end.weights.data.every((weight) => weight === 1));
    for (const { window } of [start, end]) assert.deepEqual(window, { zoom: 1, panX: 0, panY: 0 });
  });

  test(`${name}: neither picture folds, or is stretched out of shape where it is seen`, () => {
    for (let progress = 0; progress <= 1; progress += 0.1) {
      const stage = morphOf(match).at(progress);
      for (const [side, seen] of [
        ['first', (weight: number) => 1 - weight],
        ['second', (weight: number) => weight],
      ] as const) {
        const [least, most] = stretches(stage, stage[side], seen);
        assert.ok(least > 0.4 && most < 2.2, `${side} at ${progress.toFixed(1)}: ${least} to ${most}`);
      }
    }
  });

  test(`${name}: both pictures show the same place at once`, () => {
    const { flow, base } = match;
    for (const progress of [0.2, 0.5, 0.8]) {
      const stage = morphOf(match).at(progress);
      const [from, to] = base === 'first' ? [stage.first, stage.second] : [stage.second, stage.first];
      for (let y = 0; y < flow.height; y += 5) {
        for (let x = 0; x < flow.width; x += 5) {
          const [fromX, fromY] = readAt(from, x, y);
          const [toX, toY] = readAt(to, x, y);
          const along = (data: Float32Array) => sampleBilinear(data, flow.width, flow.height, fromX, fromY);
          const miss = Math.hypot(fromX + along(flow.dx) - toX, fromY + along(flow.dy) - toY);
          assert.ok(miss < 0.02, `${miss} cells at ${x}, ${y}`);
        }
      }
    }
  });

  test(`${name}: where one picture has ended the other is seen`, () => {
    // Past the free overstep the one has ended; a seam inside its edge the other has not begun to.
    const [ended, whole] = [0.01, -0.12];
    for (let progress = 0.05; progress < 1; progress += 0.15) {
      const { first, second, weights } = morphOf(match).at(progress);
      for (let y = 0; y < weights.height; y++) {
        for (let x = 0; x < weights.width; x++) {
          const weight = weights.data[y * weights.width + x]!;
          const [beyondFirst, beyondSecond] = [first, second].map((one) => beyond(one, x, y));
          if (beyondFirst! > ended && beyondSecond! < whole) assert.ok(weight > 0.99, `first: ${weight}`);
          if (beyondSecond! > ended && beyondFirst! < whole) assert.ok(weight < 0.01, `second: ${weight}`);
        }
      }
    }
  });
}

/** By how much a picture is read past its edge, as a share of the side. */
function beyond(displacement: Displacement, x: number, y: number): number {
  const { width, height } = displacement.field;
  const [toX, toY] = readAt(displacement, x, y);
  return Math.max(-toX / width, (toX - width + 1) / width, -toY / height, (toY - height + 1) / height);
}

/** The least and the largest area of the picture under a cell that is seen at all, as lengths. */
function stretches(
  { weights }: MorphStage,
  displacement: Displacement,
  seen: (weight: number) => number,
): readonly [number, number] {
  let [least, most] = [Number.POSITIVE_INFINITY, 0];
  for (let y = 0; y + 1 < weights.height; y++) {
    for (let x = 0; x + 1 < weights.width; x++) {
      if (seen(weights.data[y * weights.width + x]!) < 0.02) continue;
      const [x0, y0] = readAt(displacement, x, y);
      const [x1, y1] = readAt(displacement, x + 1, y);
      const [x2, y2] = readAt(displacement, x, y + 1);
      const area = (x1 - x0) * (y2 - y0) - (x2 - x0) * (y1 - y0);
      const length = Math.sign(area) * Math.sqrt(Math.abs(area));
      [least, most] = [Math.min(least, length), Math.max(most, length)];
    }
  }
  return [least, most];
}

test('the depth goes over from one picture to the other', () => {
  const morph = morphOf(matches[0]![1]);
  for (const [progress, expected] of [
    [0, 0.2],
    [0.5, 0.5],
    [1, 0.8],
  ] as const) {
    assert.ok(morph.at(progress).depth.data.every((w) => Math.abs(w - expected) < 1e-6));
  }
});

test('under the same light the whole frame is shown, under another what the leading picture covers', () => {
  const [, aside] = matches.find(([name]) => name === 'aside')!;
  const [, evening] = matches.find(([name]) => name === 'aside in the evening')!;
  assert.equal(morphOf(aside).at(0.5).window.zoom, 1);
  const early = morphOf(evening).at(0.3).window;
  assert.ok(early.zoom > 1.02 && early.zoom < 1.35, `${early.zoom}`);
  // The first picture leaves the right edge open, so the view turns left.
  assert.ok(early.panX < -0.01, `${early.panX}`);
});
