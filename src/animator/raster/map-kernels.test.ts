/** The WebAssembly map kernels give the bytes of the TypeScript ones, over whole memories. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { type LoadedKernels, loadTypeScriptKernels, loadWasmKernels } from './load-kernels.ts';
import type { CameraTerms, FlowTones, NodeTable, PlacedGrid } from './map-kernels.ts';
import { countNodes } from './source-map.ts';

/** Ranges of the memory, each large enough for the largest frame here. */
const RANGE = 16_384;
const [X, Y, ROW, GRID, OTHER_GRID, MAP, SECOND_MAP, CELLS, COVERED, TOUCHED, OPEN, TONES] = [
  1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12,
].map((index) => index * RANGE) as [
  number,
  number,
  number,
  number,
  number,
  number,
  number,
  number,
  number,
  number,
  number,
  number,
];
const BYTE_LENGTH = 16 * RANGE;

const sizes = fc.record({
  width: fc.integer({ min: 2, max: 80 }).map((half) => 2 * half),
  height: fc.integer({ min: 2, max: 60 }).map((half) => 2 * half),
  beyondX: fc.constantFrom(0, 2, 16),
  beyondY: fc.constantFrom(0, 4, 10),
});
const seeds = fc.integer({ min: 1, max: 1e9 });
const between = (min: number, max: number) => fc.double({ min, max, noNaN: true });
const grids: fc.Arbitrary<PlacedGrid> = fc.record({
  address: fc.constant(GRID),
  width: fc.integer({ min: 2, max: 40 }),
  height: fc.integer({ min: 2, max: 30 }),
});
const cameras: fc.Arbitrary<CameraTerms> = fc.record({
  cosine: between(0.5, 1.2),
  sine: between(-0.3, 0.3),
  panX: between(-20, 20),
  panY: between(-20, 20),
  truckX: between(-20, 20),
  truckY: between(-20, 20),
  dolly: between(-0.3, 0.3),
  pivot: between(0, 1),
  steps: fc.constantFrom(0, 1, 6),
});

function tableOf(size: Pick<NodeTable, 'width' | 'height' | 'beyondX' | 'beyondY'>): NodeTable {
  return { ...countNodes(size), ...size, x: X, y: Y, row: ROW };
}

/** Numbers from a generator of congruences, 0..1. */
function createNumbers(seed: number): () => number {
  let state = seed | 1;
  return () => {
    state = Math.imul(state, 1_664_525) + 1_013_904_223;
    return (state >>> 8) / 2 ** 24;
  };
}

/** Positions in and around the picture, grids of 0..1, cells of all kinds, block sums that grow along both axes. */
function fill(buffer: ArrayBuffer, { width, height }: NodeTable, seed: number): void {
  const next = createNumbers(seed);
  const count = RANGE / 8;
  new Float64Array(buffer, X, count).forEach((_, i, xs) => {
    xs[i] = (1.4 * next() - 0.2) * width;
  });
  new Float64Array(buffer, Y, count).forEach((_, i, ys) => {
    ys[i] = (1.4 * next() - 0.2) * height;
  });
  for (const address of [GRID, OTHER_GRID, TONES])
    new Float32Array(buffer, address, RANGE / 4).forEach((_, i, values) => {
      values[i] = next();
    });
  new Uint8Array(buffer, CELLS, RANGE).forEach((_, i, cells) => {
    cells[i] = next() < 0.8 ? 0 : 1 + Math.floor(2 * next());
  });
  for (const address of [TOUCHED, OPEN])
    new Int32Array(buffer, address, RANGE / 4).forEach((_, i, sums) => {
      sums[i] = Math.floor(i / 3) + Math.floor(2 * next());
    });
}

function assertTwins(
  seed: number,
  nodes: NodeTable,
  call: (kernels: LoadedKernels['kernels']) => unknown,
): void {
  const fast = loadWasmKernels(BYTE_LENGTH);
  assert.ok(fast !== undefined, 'this host runs WebAssembly SIMD');
  const [reference, twin] = [loadTypeScriptKernels(BYTE_LENGTH), fast].map(({ kernels, memory }) => {
    fill(memory.buffer, nodes, seed);
    return { returned: call(kernels), bytes: new Uint8Array(memory.buffer, 0, BYTE_LENGTH) };
  });
  // What the reference has no use for: the room in which a row is worked on.
  for (const { bytes } of [reference!, twin!]) bytes.fill(0, ROW, ROW + RANGE);
  assert.equal(twin!.returned, reference!.returned);
  assert.ok(Buffer.from(reference!.bytes).equals(twin!.bytes), 'the two implementations differ');
}

const RUNS = { numRuns: 60 };

test('places', () => {
  fc.assert(
    fc.property(seeds, sizes, cameras, grids, (seed, size, camera, depth) => {
      const nodes = tableOf(size);
      assertTwins(seed, nodes, (kernels) => kernels.placeNodes(nodes, camera, depth));
    }),
    RUNS,
  );
});

test('displacements, shifts and weights', () => {
  fc.assert(
    fc.property(seeds, sizes, grids, between(-9, 9), (seed, size, grid, share) => {
      const nodes = tableOf(size);
      assertTwins(seed, nodes, (kernels) => {
        kernels.weighNodes(nodes, grid, MAP);
        kernels.displaceNodes(nodes, grid, { ...grid, address: OTHER_GRID }, share);
        kernels.shiftNodes(nodes, { x: GRID, y: OTHER_GRID });
      });
    }),
    RUNS,
  );
});

test('maps', () => {
  fc.assert(
    fc.property(seeds, sizes, (seed, size) => {
      const nodes = tableOf(size);
      assertTwins(seed, nodes, (kernels) => kernels.writeMap(nodes, MAP));
    }),
    RUNS,
  );
});

test('the cells that a matte touches', () => {
  fc.assert(
    fc.property(seeds, sizes, (seed, size) => {
      const nodes = tableOf(size);
      const { beyondX, beyondY } = size;
      const blocks = {
        columns: Math.ceil((size.width + 2 * beyondX) / 8),
        rows: Math.ceil((size.height + 2 * beyondY) / 8),
        beyondX,
        beyondY,
      };
      assertTwins(seed, nodes, (kernels) => {
        kernels.coverCells(nodes, CELLS, COVERED);
        return kernels.classifyCells(nodes, { ...blocks, touched: TOUCHED, open: OPEN }, CELLS);
      });
    }),
    RUNS,
  );
});

const address = fc.constantFrom(0, GRID, OTHER_GRID, TONES);
const tones: fc.Arbitrary<FlowTones> = fc.record({
  share: address,
  luma: address,
  cb: address,
  cr: address,
  gain: address,
  contrastGain: between(0, 0.42),
  toLuma: fc.constant(MAP),
  toCb: fc.constant(SECOND_MAP),
  toCr: fc.constant(COVERED),
});

test('how a fluid is read and lit, at the nodes of touched cells alone', () => {
  const factor = between(-6, 6);
  const secondFactor = fc.option(factor, { nil: undefined });
  fc.assert(
    fc.property(seeds, sizes, factor, secondFactor, tones, (seed, size, firstFactor, second, values) => {
      const nodes = tableOf(size);
      const readings = {
        field: { x: GRID, y: OTHER_GRID },
        first: MAP,
        firstFactor,
        second: second === undefined ? undefined : { address: SECOND_MAP, factor: second },
        ...{ left: -6, top: 4, width: size.width + 12, height: size.height },
      };
      assertTwins(seed, nodes, (kernels) => kernels.writeReadings(nodes, CELLS, readings));
      assertTwins(seed, nodes, (kernels) => kernels.writeTones(nodes, CELLS, values));
    }),
    RUNS,
  );
});
