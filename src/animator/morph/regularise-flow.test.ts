import assert from 'node:assert/strict';
import { test } from 'node:test';
import { seededUnit } from '../camera/seeded-noise.ts';
import type { FlowField } from '../raster/displacement.ts';
import { emptyFlow, sampleBilinear } from './flow-field.ts';
import { LARGEST_STEEPNESS, regulariseFlow } from './regularise-flow.ts';

const SHAPE = { width: 96, height: 54 };

function flowOf(at: (x: number, y: number) => readonly [dx: number, dy: number]): FlowField {
  const flow = emptyFlow(SHAPE);
  for (let cell = 0; cell < flow.dx.length; cell++) {
    const [dx, dy] = at(cell % SHAPE.width, Math.floor(cell / SHAPE.width));
    flow.dx[cell] = dx;
    flow.dy[cell] = dy;
  }
  return flow;
}

const trusted = (share: (x: number, y: number) => number): Float32Array =>
  Float32Array.from({ length: SHAPE.width * SHAPE.height }, (_, cell) =>
    share(cell % SHAPE.width, Math.floor(cell / SHAPE.width)),
  );

/** By how much more than they lie apart two points can part, over points between the cells. */
function steepest({ width, height, dx, dy }: FlowField): number {
  let steepness = 0;
  const step = 0.31;
  for (let y = 0; y + step < height; y += step) {
    for (let x = 0; x + step < width; x += step) {
      for (const [stepX, stepY] of [
        [step, 0],
        [0, step],
        [0.7 * step, 0.7 * step],
        [0.7 * step, -0.7 * step],
      ] as const) {
        const change = (data: Float32Array) =>
          sampleBilinear(data, width, height, x + stepX, y + stepY) -
          sampleBilinear(data, width, height, x, y);
        steepness = Math.max(steepness, Math.hypot(change(dx), change(dy)) / Math.hypot(stepX, stepY));
      }
    }
  }
  return steepness;
}

test('no flow comes out steeper than the bound, however torn it goes in', () => {
  const torn = {
    noise: flowOf((x, y) => [
      40 * seededUnit(1, 'x', 97 * x + y) - 20,
      40 * seededUnit(1, 'y', 97 * x + y) - 20,
    ]),
    'two halves that part': flowOf((x) => [x < 48 ? -25 : 25, 0]),
    'two halves that collide': flowOf((_, y) => [0, y < 27 ? 30 : -30]),
    'an enlargement by 3': flowOf((x, y) => [2 * (x - 48), 2 * (y - 27)]),
    'a thing that flies off': flowOf((x, y) => (Math.hypot(x - 30, y - 30) < 8 ? [40, -25] : [0, 0])),
  };
  for (const [name, flow] of Object.entries(torn)) {
    for (const trust of [trusted(() => 1), trusted((x, y) => ((x * 7 + y * 3) % 5 === 0 ? 1 : 0))]) {
      const result = steepest(regulariseFlow(flow, trust));
      assert.ok(result <= LARGEST_STEEPNESS + 1e-4, `${name}: ${result}`);
    }
  }
});

test('a gentle flow that is trusted stays as it is', () => {
  const at = (x: number, y: number) => [4 + 0.1 * x + 2 * Math.sin(y / 9), -3 + 0.08 * y] as const;
  const { width, height, dx, dy } = regulariseFlow(
    flowOf(at),
    trusted(() => 1),
  );
  assert.deepEqual({ width, height }, { width: 48, height: 27 });
  for (let y = 3; y < height - 3; y++) {
    for (let x = 3; x < width - 3; x++) {
      const [trueX, trueY] = at(2 * x + 0.5, 2 * y + 0.5);
      const error = Math.hypot(2 * dx[y * width + x]! - trueX, 2 * dy[y * width + x]! - trueY);
      assert.ok(error < 0.3, `${error} cells at ${x}, ${y}`);
    }
  }
});

test('what is not trusted is filled in by the movement of the whole', () => {
  // An enlargement about the centre, wrong throughout its right third, where nobody trusts it.
  const isTrusted = (x: number) => x < 64;
  const flow = flowOf((x, y) => (isTrusted(x) ? [0.2 * (x - 47.5), 0.2 * (y - 26.5)] : [-30, 9]));
  const { width, dx } = regulariseFlow(
    flow,
    trusted((x) => (isTrusted(x) ? 1 : 0)),
  );
  const right = dx[13 * width + width - 1]!;
  assert.ok(Math.abs(2 * right - 0.2 * 47) < 0.5, `${2 * right}`);
});

test('without any trust there is no movement', () => {
  const { dx, dy } = regulariseFlow(
    flowOf(() => [5, 5]),
    trusted(() => 0),
  );
  assert.ok(dx.every((value) => value === 0) && dy.every((value) => value === 0));
});
