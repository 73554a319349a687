import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { FrameSize } from '#domain/media/frame-size.ts';
import { type Pose, REST_POSE } from '../camera/pose.ts';
import { LIMITER_KAPPA, limitSlope } from '../scene/limit-slope.ts';
import type { Grid } from '../scene/scene.ts';
import { SourceMap } from './source-map.ts';
import { drawDepth, flatDepth } from './test-pictures.ts';

const UNITS_PER_PIXEL = 131_072;

/** The solved map with source positions in pixels: at nodes, and between them as the kernels interpolate. */
function solve(size: FrameSize, pose: Pose, depth: Grid) {
  const map = new SourceMap(size);
  const nodes = new Int32Array(2 * map.columns * map.rows);
  map.solve(pose, depth, nodes);
  const node = (column: number, row: number, component: 0 | 1) =>
    nodes[2 * (row * map.columns + column) + component]!;
  const at = (x: number, y: number, component: 0 | 1) => {
    const column = Math.floor(x / 8);
    const row = Math.floor(y / 8);
    const mix = (from: number, to: number, share: number) => from + (to - from) * share;
    const top = mix(node(column, row, component), node(column + 1, row, component), x / 8 - column);
    const bottom = mix(
      node(column, row + 1, component),
      node(column + 1, row + 1, component),
      x / 8 - column,
    );
    return mix(top, bottom, y / 8 - row) / UNITS_PER_PIXEL;
  };
  return { map, nodes, at };
}

const evenSides = fc.record({
  width: fc.integer({ min: 1, max: 60 }).map((half) => 2 * half),
  height: fc.integer({ min: 1, max: 60 }).map((half) => 2 * half),
});

const between = (min: number, max: number) => fc.double({ min, max, noNaN: true });

/** Poses far bolder than any grammar; lengths are shares of the width. */
const wildPoses = fc.record({
  zoom: between(0.7, 2.5),
  panX: between(-0.3, 0.3),
  panY: between(-0.3, 0.3),
  roll: between(-0.4, 0.4),
  truckX: between(-0.2, 0.2),
  truckY: between(-0.2, 0.2),
  dolly: between(-0.4, 0.5),
  pivot: between(0, 1),
});

const scaleTo = ({ width }: FrameSize, pose: Pose): Pose => ({
  ...pose,
  panX: pose.panX * width,
  panY: pose.panY * width,
  truckX: pose.truckX * width,
  truckY: pose.truckY * width,
});

const roughDepths = fc
  .array(between(0, 1), { minLength: 576, maxLength: 576 })
  .map((values): Grid => ({ width: 32, height: 18, data: Float32Array.from(values) }));

test('a camera at rest maps every node to itself, whatever the depth and the size', () => {
  fc.assert(
    fc.property(evenSides, roughDepths, (size, depth) => {
      const { map, nodes } = solve(size, REST_POSE, depth);
      for (let row = 0; row < map.rows; row += 1) {
        for (let column = 0; column < map.columns; column += 1) {
          const index = 2 * (row * map.columns + column);
          assert.equal(nodes[index], 8 * column * UNITS_PER_PIXEL);
          assert.equal(nodes[index + 1], 8 * row * UNITS_PER_PIXEL);
        }
      }
    }),
    { numRuns: 40 },
  );
});

test('no pixel reads from outside the picture, whatever the pose', () => {
  fc.assert(
    fc.property(evenSides, wildPoses, roughDepths, (size, pose, depth) => {
      const { at } = solve(size, scaleTo(size, pose), depth);
      const rounding = 8 / UNITS_PER_PIXEL;
      for (let y = 0; y < size.height; y += 1) {
        for (let x = 0; x < size.width; x += 1) {
          const sourceX = at(x, y, 0);
          const sourceY = at(x, y, 1);
          assert.ok(
            sourceX >= -rounding && sourceX <= size.width - 1 + rounding,
            `x ${x},${y} reads ${sourceX}`,
          );
          assert.ok(
            sourceY >= -rounding && sourceY <= size.height - 1 + rounding,
            `y ${x},${y} reads ${sourceY}`,
          );
        }
      }
    }),
    { numRuns: 60 },
  );
});

test('zoom, pan and roll follow the equation of the pose', () => {
  const size = { width: 640, height: 360 };
  const pose = { ...REST_POSE, zoom: 1.5, panX: 12.5, panY: -7, roll: 0.05 };
  const { at } = solve(size, pose, flatDepth(0.5));
  for (const [x, y] of [
    [100, 80],
    [319, 180],
    [560, 300],
  ] as const) {
    const fromCentreX = x - 319.5;
    const fromCentreY = y - 179.5;
    const expectedX = (Math.cos(0.05) * fromCentreX - Math.sin(0.05) * fromCentreY) / 1.5 + 12.5 + 319.5;
    const expectedY = (Math.sin(0.05) * fromCentreX + Math.cos(0.05) * fromCentreY) / 1.5 - 7 + 179.5;
    assert.ok(Math.abs(at(x, y, 0) - expectedX) < 1e-4);
    assert.ok(Math.abs(at(x, y, 1) - expectedY) < 1e-4);
  }
});

test('a position satisfies the equation of the pose at its own depth', () => {
  const size = { width: 640, height: 360 };
  const depthAt = (x: number, y: number) => 0.5 + 0.3 * Math.sin(3 * x) * Math.cos(2 * y);
  const pose = { ...REST_POSE, zoom: 1.4, truckX: 20, truckY: -8, dolly: 0.1, pivot: 0.4 };
  const { at } = solve(size, pose, drawDepth(depthAt));
  let worst = 0;
  for (let y = 40; y < 320; y += 8) {
    for (let x = 40; x < 600; x += 8) {
      const sourceX = at(x, y, 0);
      const sourceY = at(x, y, 1);
      const w = depthAt((sourceX + 0.5) / 640, (sourceY + 0.5) / 360);
      const expectedX = ((x - 319.5) / 1.4) * (1 - 0.1 * w) + 20 * (w - 0.4) + 319.5;
      const expectedY = ((y - 179.5) / 1.4) * (1 - 0.1 * w) - 8 * (w - 0.4) + 179.5;
      worst = Math.max(worst, Math.hypot(sourceX - expectedX, sourceY - expectedY));
    }
  }
  // The grid of 32 x 18 cells samples the formula with an error of its own.
  assert.ok(worst < 0.1, `worst residual ${worst} px`);
});

test('with a limited depth the map never folds', () => {
  const size = { width: 320, height: 180 };
  fc.assert(
    fc.property(roughDepths, between(-1, 1), between(-1, 1), between(0, 1), (rough, truck, dolly, pivot) => {
      const reach = Math.hypot(size.width, size.height) / 2;
      const parallaxPx = Math.abs(20 * truck) + Math.abs(0.15 * dolly) * reach;
      const depth = limitSlope(rough, { parallaxPx, size, kappa: LIMITER_KAPPA });
      const pose = { ...REST_POSE, zoom: 1.5, truckX: 20 * truck, dolly: 0.15 * dolly, pivot };
      const { at } = solve(size, pose, depth);
      for (let y = 0; y < size.height; y += 8) {
        for (let x = 0; x + 8 < size.width; x += 8) {
          const slope = ((at(x + 8, y, 0) - at(x, y, 0)) / 8) * pose.zoom;
          assert.ok(slope > 0.5 && slope < 2, `slope ${slope} at ${x},${y}`);
        }
      }
    }),
    { numRuns: 60 },
  );
});

test('a pull-out stretches the rim and leaves the middle alone', () => {
  const size = { width: 640, height: 360 };
  const { at } = solve(size, { ...REST_POSE, zoom: 1 / 1.1 }, flatDepth(0));
  assert.ok(Math.abs(at(0, 180, 0)) < 1e-3, 'the rim is shown to its last pixel');
  assert.ok(Math.abs(at(639, 180, 0) - 639) < 1e-3);
  assert.ok(Math.abs(at(320, 180, 0) - (0.5 * 1.1 + 319.5)) < 1e-4, 'the middle is exactly the zoom');
  for (let x = 0; x < 632; x += 8) {
    const slope = (at(x + 8, 180, 0) - at(x, 180, 0)) / 8 / 1.1;
    assert.ok(slope > 0.37 && slope < 1.01, `slope ${slope} at ${x}`);
  }
});
