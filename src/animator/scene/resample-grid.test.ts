import assert from 'node:assert/strict';
import { test } from 'node:test';
import { resampleGrid } from './resample-grid.ts';
import type { Grid } from './scene.ts';

const grid = (width: number, height: number, valueAt: (u: number, v: number) => number): Grid => ({
  width,
  height,
  data: Float32Array.from({ length: width * height }, (_, i) =>
    valueAt(((i % width) + 0.5) / width, (Math.floor(i / width) + 0.5) / height),
  ),
});

test('the same number of cells keeps every value', () => {
  const source = grid(7, 5, (u, v) => Math.sin(9 * u) + v);
  assert.deepEqual(resampleGrid(source, { width: 7, height: 5 }), source);
});

for (const [width, height] of [
  [640, 360],
  [37, 21],
  [40, 200],
] as const) {
  test(`a slope stays where it is at ${width}x${height}`, () => {
    const slope = (u: number, v: number) => 2 * u - 3 * v;
    const result = resampleGrid(grid(80, 60, slope), { width, height });
    const expected = grid(width, height, slope);
    for (let y = 0; y < height; y++) {
      for (let x = 0; x < width; x++) {
        const [u, v] = [(x + 0.5) / width, (y + 0.5) / height];
        // At the border the edge goes on instead of the slope.
        if (Math.min(u, 1 - u, v, 1 - v) < 0.1) continue;
        const i = y * width + x;
        assert.ok(Math.abs(result.data[i]! - expected.data[i]!) < 0.01, `at ${u}, ${v}`);
      }
    }
  });
}

test('a coarser grid is a mean of all cells: stripes become grey instead of a pattern', () => {
  const stripes = grid(256, 8, (u) => Math.floor(u * 256) % 2);
  const inner = resampleGrid(stripes, { width: 60, height: 1 }).data.slice(1, -1);
  for (const value of inner) assert.ok(Math.abs(value - 0.5) < 0.06, `${value}`);
});

test('a single cell fills any grid', () => {
  const one: Grid = { width: 1, height: 1, data: Float32Array.of(0.25) };
  assert.deepEqual(new Set(resampleGrid(one, { width: 9, height: 4 }).data), new Set([0.25]));
});
