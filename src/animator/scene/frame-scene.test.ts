import assert from 'node:assert/strict';
import { test } from 'node:test';
import { frameScene } from './frame-scene.ts';
import type { Grid, Scene } from './scene.ts';

function grid(value: (x: number, y: number) => number): Grid {
  const [width, height] = [64, 36];
  const data = Float32Array.from({ length: width * height }, (_, cell) =>
    value(((cell % width) + 0.5) / width, (Math.floor(cell / width) + 0.5) / height),
  );
  return { width, height, data };
}

const area = (isIn: (x: number, y: number) => boolean) => ({
  mask: grid((x, y) => (isIn(x, y) ? 1 : 0)),
  confidence: 0.9,
});

const SCENE: Scene = {
  depth: grid((x, y) => 0.2 * x + 0.8 * y),
  sky: grid((_, y) => (y < 0.4 ? 1 : 0)),
  confidence: { ground: 1, subject: 0, flat: 0 },
  horizon: 0.4,
  subjectDepth: 0.5,
  focus: { x: 0.6, y: 0.7 },
  areas: { clouds: area((_, y) => y < 0.3), water: area((_, y) => y > 0.5) },
};
const PART = { left: 0.5, top: 0.5, width: 0.4, height: 0.4 };

test('depths and masks are those of the part', () => {
  const { depth } = frameScene(SCENE, PART);
  assert.deepEqual([depth.width, depth.height], [64, 36]);
  for (let y = 0; y < 36; y += 5) {
    for (let x = 0; x < 64; x += 7) {
      const expected = 0.2 * (0.5 + (0.4 * (x + 0.5)) / 64) + 0.8 * (0.5 + (0.4 * (y + 0.5)) / 36);
      assert.ok(Math.abs(depth.data[y * 64 + x]! - expected) < 1e-4);
    }
  }
});

test('places are shares of the part, and stay within it', () => {
  const { horizon, focus } = frameScene(SCENE, PART);
  assert.equal(horizon, 0);
  assert.ok(Math.abs(focus.x - 0.25) < 1e-9 && Math.abs(focus.y - 0.5) < 1e-9);
});

test('only what the part shows may move in it', () => {
  const { areas } = frameScene(SCENE, PART);
  assert.deepEqual([areas.clouds, areas.fire], [undefined, undefined]);
  assert.ok(areas.water!.mask.data.every((value) => value > 0.4));
});
