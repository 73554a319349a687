import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { colouredWaves, drawPicture } from '../raster/test-pictures.ts';
import { analyseScene } from './analyse-scene.ts';
import { readMeasuredDepth } from './measured-depth.ts';
import type { Grid } from './scene.ts';
import { sampleWorkGrid } from './work-grid.ts';

const PICTURE = drawPicture({ width: 160, height: 90 }, colouredWaves);
const WORK = sampleWorkGrid(PICTURE);

const measure = (width: number, height: number, valueAt: (u: number, v: number) => number): Grid => ({
  width,
  height,
  data: Float32Array.from({ length: width * height }, (_, i) =>
    valueAt(((i % width) + 0.5) / width, (Math.floor(i / width) + 0.5) / height),
  ),
});

const at = (grid: Grid, u: number, v: number) =>
  grid.data[Math.floor(v * grid.height) * grid.width + Math.floor(u * grid.width)]!;

const meanOf = ({ data }: Grid) => data.reduce((sum, value) => sum + value, 0) / data.length;

describe('a measured depth', () => {
  test('keeps its orientation: what was larger is nearer, left is left and top is top', () => {
    const { depth } = readMeasuredDepth(
      measure(74, 42, (u, v) => 3 * (1 - u) + v),
      WORK,
    );
    assert.deepEqual([depth.width, depth.height], [320, 180]);
    assert.ok(at(depth, 0.05, 0.5) > 0.6 && at(depth, 0.95, 0.5) < 0.4);
    assert.ok(at(depth, 0.5, 0.95) > at(depth, 0.5, 0.05) + 0.15);
  });

  test('has no scale of its own', () => {
    const one = readMeasuredDepth(
      measure(74, 42, (u, v) => u + v * v),
      WORK,
    );
    const other = readMeasuredDepth(
      measure(74, 42, (u, v) => 1024 * (u + v * v)),
      WORK,
    );
    assert.deepEqual(other, one);
  });

  test('spans 0 to 1, and a few odd cells do not take the span for themselves', () => {
    const slope = measure(200, 100, (u) => u);
    const odd = { ...slope, data: slope.data.map((value, i) => (i < 40 ? 1000 : value)) };
    const { depth } = readMeasuredDepth(odd, WORK);
    assert.ok(at(depth, 0.02, 0.7) < 0.03 && at(depth, 0.98, 0.7) > 0.97);
    assert.ok(Math.abs(at(depth, 0.5, 0.7) - 0.5) < 0.03);
  });

  test('gets the edges of the picture where its own are beside them', () => {
    const halves = drawPicture({ width: 320, height: 180 }, (x) =>
      x < 160 ? [30, 30, 30] : [220, 220, 220],
    );
    const { depth } = readMeasuredDepth(
      measure(160, 90, (u) => (u < 0.506 ? 1 : 0)),
      sampleWorkGrid(halves),
    );
    const step = at(depth, 0.498, 0.5) - at(depth, 0.502, 0.5);
    assert.ok(step > 0.35, `${step} across the edge`);
  });

  test('that hardly changes is flat, and one that changes by half is not', () => {
    const flatOf = (near: number, far: number) =>
      readMeasuredDepth(
        measure(74, 42, (u) => far + (near - far) * u),
        WORK,
      ).flat;
    assert.ok(flatOf(4.2, 4) > 0.85);
    assert.equal(flatOf(4, 1), 0);
    assert.ok(flatOf(4, 2.9) > 0.3 && flatOf(4, 2.9) < 0.9);
    assert.equal(flatOf(-1, -4), 0, 'below zero too');
  });

  for (const [width, height] of [
    [1, 1],
    [1, 9],
    [3, 2],
    [1000, 7],
  ] as const) {
    test(`is defined for a measure of ${width}x${height}`, () => {
      const { depth, flat } = readMeasuredDepth(
        measure(width, height, (u, v) => u - v),
        WORK,
      );
      assert.equal(depth.data.length, 320 * 180);
      assert.ok(depth.data.every(Number.isFinite) && flat >= 0 && flat <= 0.9);
    });
  }
});

describe('analyseScene with a measured depth', () => {
  test('takes it in place of the estimate, and keeps what it knows besides', () => {
    const estimated = analyseScene(PICTURE);
    const scene = analyseScene(
      PICTURE,
      measure(74, 42, (u) => u),
    );
    assert.ok(at(scene.depth, 0.95, 0.5) > at(scene.depth, 0.05, 0.5) + 0.7);
    assert.ok(scene.depth.data.every((value) => value >= 0 && value <= 1));
    assert.equal(scene.confidence.flat, 0);
    assert.deepEqual(
      [scene.sky, scene.horizon, scene.focus],
      [estimated.sky, estimated.horizon, estimated.focus],
    );
  });

  test('does not stretch a narrow range', () => {
    const scene = analyseScene(
      PICTURE,
      measure(74, 42, (u) => 10 + 0.5 * u),
    );
    assert.ok(scene.confidence.flat > 0.85);
    const values = scene.depth.data;
    assert.ok(Math.max(...values) - Math.min(...values) < 0.25);
  });

  test('takes one that says nothing for flat', () => {
    for (const value of [0, 5]) {
      const scene = analyseScene(
        PICTURE,
        measure(74, 42, () => value),
      );
      assert.ok(scene.confidence.flat > 0.85);
      assert.ok(Math.abs(meanOf(scene.depth) - 0.55) < 0.1);
    }
  });
});
