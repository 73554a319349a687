import assert from 'node:assert/strict';
import { test } from 'node:test';
import { drawDepth, flatDepth } from '../raster/test-pictures.ts';
import { createFadeOrder, fadeAt } from './near-first.ts';

const DEPTH = drawDepth((_, y) => y);
const mean = (values: Float32Array) => values.reduce((sum, value) => sum + value, 0) / values.length;

test('nothing has faded at the start, everything at the end, and nothing ever comes back', () => {
  const order = createFadeOrder(DEPTH, 1);
  assert.ok(fadeAt(order, 0).data.every((share) => share === 0));
  assert.ok(fadeAt(order, 1).data.every((share) => share === 1));
  let before = fadeAt(order, 0).data;
  for (let progress = 0.05; progress <= 1; progress += 0.05) {
    const { data } = fadeAt(order, progress);
    assert.ok(data.every((share, cell) => share >= before[cell]!));
    before = data;
  }
});

test('near things go first', () => {
  const { data, width, height } = fadeAt(createFadeOrder(DEPTH, 1), 0.5);
  const far = mean(data.slice(0, 4 * width));
  const near = mean(data.slice((height - 4) * width));
  assert.ok(near > 0.9 && far < 0.1, `${near}, ${far}`);
});

test('at one distance chance decides, by the seed', () => {
  const of = (seed: number) => fadeAt(createFadeOrder(flatDepth(0.4), seed), 0.3).data;
  const values = of(1);
  assert.ok(Math.max(...values) - Math.min(...values) > 0.2);
  assert.deepEqual(of(1), values);
  assert.notDeepEqual(of(2), values);
});
