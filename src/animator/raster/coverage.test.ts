import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { type Pose, REST_POSE } from '../camera/pose.ts';
import { countCoverage, reserveCoverage } from './coverage.ts';
import { CELL_OPAQUE, CELL_SIDE, CELL_UNTOUCHED } from './kernels.ts';
import { loadKernels } from './load-kernels.ts';
import { MemoryLayout } from './memory-layout.ts';
import { reserveSourceMap, SourceMap } from './source-map.ts';
import { drawDepth } from './test-pictures.ts';

const SIZE = { width: 162, height: 94 };
const DEPTH = drawDepth((x, y) => 0.2 + 0.3 * y + 0.02 * Math.sin(7 * x));

/** A disc with a soft rim. */
function drawDisc(centreX: number, centreY: number, radius: number): Uint8Array {
  return Uint8Array.from({ length: SIZE.width * SIZE.height }, (_, i) => {
    const distance = Math.hypot((i % SIZE.width) - centreX, Math.floor(i / SIZE.width) - centreY);
    return Math.max(0, Math.min(255, 255 * (radius - distance) * 0.2));
  });
}

const between = (min: number, max: number) => fc.double({ min, max, noNaN: true });
const poses: fc.Arbitrary<Pose> = fc
  .record({
    zoom: between(0.9, 2),
    panX: between(-15, 15),
    roll: between(-0.2, 0.2),
    dolly: between(-0.2, 0.2),
    truckX: between(-9, 9),
  })
  .map((moves) => ({ ...REST_POSE, ...moves }));

/** The map of a pose, what it touches of a matte, and whether that is anything. */
function classify(pose: Pose, matte: Uint8Array) {
  const layout = new MemoryLayout();
  const room = reserveSourceMap(layout, SIZE);
  const coverage = reserveCoverage(layout, SIZE);
  const { columns, rows } = room.nodes;
  const count = (columns - 1) * (rows - 1);
  const cellsAddress = layout.reserve(count);
  const { kernels, memory } = loadKernels(layout.byteLength);
  const map = new SourceMap(SIZE, { room, kernels, memory });
  map.place(pose, DEPTH);
  map.write();
  countCoverage(memory, coverage, matte, SIZE);
  const isAnyTouched = kernels.classifyCells(map.nodes, coverage, cellsAddress);
  return { map, cells: new Uint8Array(memory.buffer, cellsAddress, count), isAnyTouched };
}

/** Opacity where the map reads for a pixel of the output, and around it as far as a tap reaches. */
function opacitiesAt(matte: Uint8Array, map: SourceMap, x: number, y: number): readonly number[] {
  const { columns, sourceX, sourceY } = map;
  const node = Math.floor(y / CELL_SIDE) * columns + Math.floor(x / CELL_SIDE);
  const across = (x % CELL_SIDE) / CELL_SIDE;
  const down = (y % CELL_SIDE) / CELL_SIDE;
  const at = (values: Readonly<Float64Array>) =>
    (values[node]! * (1 - across) + values[node + 1]! * across) * (1 - down) +
    (values[node + columns]! * (1 - across) + values[node + columns + 1]! * across) * down;
  const clamp = (value: number, last: number) => Math.max(0, Math.min(last, value));
  const [left, top] = [Math.floor(at(sourceX)), Math.floor(at(sourceY))];
  return [0, 1].flatMap((dy) =>
    [0, 1].map(
      (dx) => matte[clamp(top + dy, SIZE.height - 1) * SIZE.width + clamp(left + dx, SIZE.width - 1)]!,
    ),
  );
}

test('a cell is untouched only where nothing is to be seen in it, and opaque only where nothing shows through', () => {
  fc.assert(
    fc.property(poses, between(0, 160), between(0, 90), between(5, 60), (pose, centreX, centreY, radius) => {
      const matte = drawDisc(centreX, centreY, radius);
      const { map, cells, isAnyTouched } = classify(pose, matte);
      assert.equal(
        isAnyTouched,
        cells.some((kind) => kind !== CELL_UNTOUCHED),
      );
      for (let y = 0; y < SIZE.height; y += 3) {
        for (let x = 0; x < SIZE.width; x += 3) {
          const kind = cells[Math.floor(y / CELL_SIDE) * (map.columns - 1) + Math.floor(x / CELL_SIDE)];
          const opacities = opacitiesAt(matte, map, x, y);
          if (kind === CELL_UNTOUCHED) assert.ok(opacities.every((opacity) => opacity === 0));
          if (kind === CELL_OPAQUE) assert.ok(opacities.every((opacity) => opacity === 255));
        }
      }
    }),
    { numRuns: 60 },
  );
});

test('a camera at rest leaves cells far from the matte out and needs no matte inside it', () => {
  const { map, cells } = classify(REST_POSE, drawDisc(80, 48, 40));
  const kindAt = (x: number, y: number) => cells[(y >> 3) * (map.columns - 1) + (x >> 3)];
  assert.equal(kindAt(80, 48), CELL_OPAQUE);
  assert.equal(kindAt(4, 4), CELL_UNTOUCHED);
  assert.equal(kindAt(150, 80), CELL_UNTOUCHED);
});
