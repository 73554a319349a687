import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { FlowField } from '../raster/displacement.ts';
import { createContrastPyramid } from './contrast-pyramid.ts';
import { denseFlow } from './dense-flow.ts';
import { DUSK, drawSurface, SCENE_SIZE, type Sight } from './test-scenes.ts';

/** Cells at the rim, whose counterparts leave the picture or lack surroundings. */
const MARGIN = 12;

/** Errors in cells against the true displacement, of the cells whose counterpart is well inside the other picture. */
function errors(flow: FlowField, truth: Sight): Float64Array {
  const [centreX, centreY] = [(flow.width - 1) / 2, (flow.height - 1) / 2];
  const found: number[] = [];
  const isInside = (x: number, y: number) => Math.abs(x) < centreX - MARGIN && Math.abs(y) < centreY - MARGIN;
  for (let cell = 0; cell < flow.dx.length; cell++) {
    const x = (cell % flow.width) - centreX;
    const y = Math.floor(cell / flow.width) - centreY;
    const [toX, toY] = truth(x, y);
    if (isInside(x, y) && isInside(toX, toY))
      found.push(Math.hypot(x + flow.dx[cell]! - toX, y + flow.dy[cell]! - toY));
  }
  return Float64Array.from(found).sort();
}

/** The flow from a surface to the same surface seen such that what was at p is at `truth(p)`; `inverse` undoes `truth`. */
function flowBetween(inverse: Sight, light?: typeof DUSK): FlowField {
  const from = createContrastPyramid(drawSurface(1));
  const to = createContrastPyramid(drawSurface(1, inverse, light));
  return denseFlow(from, to);
}

function assertErrors(flow: FlowField, truth: Sight, limits: { median: number; ninetieth: number }): void {
  const sorted = errors(flow, truth);
  assert.ok(sorted.length > 10_000, `${sorted.length} cells`);
  const [median, ninetieth] = [0.5, 0.9].map((share) => sorted[Math.floor(share * sorted.length)]!);
  assert.ok(
    median! <= limits.median && ninetieth! <= limits.ninetieth,
    `median ${median}, 90th percentile ${ninetieth} cells`,
  );
}

for (const [dx, dy] of [
  [0.37, -0.62],
  [7.3, 4.8],
  [-61.4, 22.7],
] as const) {
  test(`finds a shift by (${dx}, ${dy}) cells to parts of a cell`, () => {
    const flow = flowBetween((x, y) => [x - dx, y - dy]);
    assertErrors(flow, (x, y) => [x + dx, y + dy], { median: 0.05, ninetieth: 0.12 });
  });
}

for (const scale of [1.27, 0.75]) {
  test(`finds an enlargement of ${scale}`, () => {
    const flow = flowBetween((x, y) => [x / scale, y / scale]);
    assertErrors(flow, (x, y) => [scale * x, scale * y], { median: 0.2, ninetieth: 0.45 });
  });
}

test('finds a turn by six degrees', () => {
  const turn =
    (degrees: number): Sight =>
    (x, y) => {
      const [cosine, sine] = [Math.cos((degrees * Math.PI) / 180), Math.sin((degrees * Math.PI) / 180)];
      return [cosine * x - sine * y, sine * x + cosine * y];
    };
  assertErrors(flowBetween(turn(-6)), turn(6), { median: 0.25, ninetieth: 0.45 });
});

test('finds a shift under another light', () => {
  const flow = flowBetween((x, y) => [x - 9.4, y + 3.2], DUSK);
  assertErrors(flow, (x, y) => [x + 9.4, y - 3.2], { median: 0.2, ninetieth: 0.4 });
});

test('is exactly zero between equal pictures', () => {
  const pyramid = createContrastPyramid(drawSurface(2));
  const { dx, dy } = denseFlow(pyramid, pyramid);
  assert.equal(dx.length, SCENE_SIZE.width * SCENE_SIZE.height);
  assert.ok(dx.every((value) => value === 0) && dy.every((value) => value === 0));
});
