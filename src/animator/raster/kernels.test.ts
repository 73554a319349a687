import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { assertSameSamples } from '#tests/fixtures/same-samples.ts';
import { REST_POSE } from '../camera/pose.ts';
import { createFrame } from './create-frame.ts';
import { CELL_SIDE, FULL_WEIGHT, type Kernels } from './kernels.ts';
import { type LoadedKernels, loadTypeScriptKernels, loadWasmKernels } from './load-kernels.ts';
import { createRasteriser } from './rasteriser.ts';
import { colouredWaves, drawDepth, drawPicture } from './test-pictures.ts';

const SOURCE_STRIDE = 200;
const SOURCE_ROWS = 120;
/** Sample (0, 0) of the source, far enough from its start for negative positions. */
const SOURCE_ADDRESS = 20 * SOURCE_STRIDE + 30;
const MAP_ADDRESS = 32_768;
const TARGET_ADDRESS = 49_152;
const OVER_ADDRESS = 81_920;
const TILE_ADDRESS = 131_072;
const BYTE_LENGTH = TILE_ADDRESS + 65_536;

function wasmKernels(byteLength: number): LoadedKernels {
  const loaded = loadWasmKernels(byteLength);
  assert.ok(loaded !== undefined, 'this host runs WebAssembly SIMD');
  return loaded;
}

/** Runs the same call on both implementations over equal memories filled by `seed`, and compares every byte of them. */
function assertTwins(seed: number, nodes: Int32Array, call: (kernels: Kernels) => void): void {
  const [reference, fast] = [loadTypeScriptKernels(BYTE_LENGTH), wasmKernels(BYTE_LENGTH)].map(
    ({ kernels, memory }) => {
      const bytes = new Uint8Array(memory.buffer);
      let state = seed | 1;
      for (let index = 0; index < bytes.length; index += 1) {
        state = Math.imul(state, 1_664_525) + 1_013_904_223;
        bytes[index] = state >>> 24;
      }
      new Int32Array(memory.buffer, MAP_ADDRESS).set(nodes);
      call(kernels);
      return bytes;
    },
  );
  assert.ok(Buffer.from(reference!).equals(fast!), 'the two implementations differ');
}

interface Warp {
  readonly columns: number;
  readonly rows: number;
  readonly halvings: number;
  readonly nodes: Int32Array;
}

/** Maps whose every position, after halving, stays inside the source's rows and columns. */
const warps: fc.Arbitrary<Warp> = fc
  .record({
    pairs: fc.integer({ min: 1, max: 4 }),
    rows: fc.integer({ min: 1, max: 6 }),
    halvings: fc.integer({ min: 0, max: 2 }),
  })
  .chain(({ pairs, rows, halvings }) => {
    const columns = 2 * pairs;
    const unit = 65_536 << halvings;
    const node = fc.tuple(
      fc.integer({ min: -20 * unit, max: (SOURCE_STRIDE - 40) * unit }),
      fc.integer({ min: -15 * unit, max: (SOURCE_ROWS - 40) * unit }),
    );
    const count = (columns + 1) * (rows + 1);
    return fc
      .array(node, { minLength: count, maxLength: count })
      .map((pairsOfNodes) => ({ columns, rows, halvings, nodes: Int32Array.from(pairsOfNodes.flat()) }));
  });

const seeds = fc.integer({ min: 1, max: 1e9 });

function target(warp: Warp, cellSide: number) {
  return { address: TARGET_ADDRESS, stride: warp.columns * cellSide, columns: warp.columns, rows: warp.rows };
}

const source = (warp: Warp) => ({ address: SOURCE_ADDRESS, stride: SOURCE_STRIDE, halvings: warp.halvings });
const mapOf = (warp: Warp) => ({ address: MAP_ADDRESS, columns: warp.columns + 1 });

const grains = fc.option(
  fc.record({
    base: fc.integer({ min: 1, max: 20_000 }),
    slope: fc.integer({ min: 0, max: 25_000 }),
    offsetX: fc.integer({ min: 0, max: 31 }).map((cells) => cells * CELL_SIDE),
    offsetY: fc.integer({ min: 0, max: 255 }),
  }),
  { nil: undefined },
);

test('the WebAssembly luma warp gives the bytes of the TypeScript one, with and without grain', () => {
  fc.assert(
    fc.property(seeds, warps, grains, (seed, warp, settings) => {
      const grain = settings && { ...settings, address: TILE_ADDRESS };
      assertTwins(seed, warp.nodes, (kernels) =>
        kernels.warpLuma(source(warp), mapOf(warp), target(warp, CELL_SIDE), grain),
      );
    }),
    { numRuns: 150 },
  );
});

test('the WebAssembly chroma warp gives the bytes of the TypeScript one', () => {
  fc.assert(
    fc.property(seeds, warps, (seed, warp) => {
      assertTwins(seed, warp.nodes, (kernels) =>
        kernels.warpChroma(source(warp), mapOf(warp), target(warp, CELL_SIDE / 2)),
      );
    }),
    { numRuns: 150 },
  );
});

test('the WebAssembly dissolve gives the bytes of the TypeScript one', () => {
  fc.assert(
    fc.property(seeds, fc.integer({ min: 0, max: FULL_WEIGHT }), (seed, weight) => {
      assertTwins(seed, new Int32Array(), (kernels) =>
        kernels.dissolve(TARGET_ADDRESS, OVER_ADDRESS, 16 * 1024, weight),
      );
    }),
    { numRuns: 30 },
  );
});

test('whole frames are equal over random sizes and poses', () => {
  const between = (min: number, max: number) => fc.double({ min, max, noNaN: true });
  const depth = drawDepth((x, y) => 0.5 + 0.3 * Math.sin(5 * x) * y);
  const sides = fc.integer({ min: 1, max: 45 }).map((half) => 2 * half);
  const poses = fc.record({
    zoom: between(0.8, 2),
    panX: between(-20, 20),
    panY: between(-20, 20),
    roll: between(-0.3, 0.3),
    truckX: between(-20, 20),
    truckY: between(-20, 20),
    dolly: between(-0.3, 0.3),
    pivot: between(0, 1),
  });
  const scales = fc.constantFrom(1 as const, 2 as const);
  fc.assert(
    fc.property(
      sides,
      sides,
      poses,
      scales,
      scales,
      between(0, 1),
      (width, height, pose, luma, chroma, weight) => {
        const still = drawPicture({ width, height }, colouredWaves);
        const [reference, fast] = [loadTypeScriptKernels, wasmKernels].map((load) => {
          const frame = createFrame({ width, height });
          const view = { stillIndex: 0, pose, depth };
          createRasteriser({ stills: [still], sampling: { luma, chroma }, seed: 7, load }).render(
            { view, over: { view: { ...view, pose: REST_POSE }, weight }, grainStrength: 1, frameIndex: 3 },
            frame,
          );
          return frame;
        });
        assertSameSamples(fast!, reference!);
      },
    ),
    { numRuns: 30 },
  );
});

test('a dissolve is exact at both ends', () => {
  for (const load of [loadTypeScriptKernels, wasmKernels]) {
    const { kernels, memory } = load(BYTE_LENGTH);
    const bytes = new Uint8Array(memory.buffer);
    const under = Uint8Array.from({ length: 256 }, (_, index) => index);
    const over = Uint8Array.from({ length: 256 }, (_, index) => 255 - index);
    const mix = (weight: number) => {
      bytes.set(under, 0);
      bytes.set(over, 256);
      kernels.dissolve(0, 256, 256, weight);
      return bytes.slice(0, 256);
    };
    assertSameSamples(mix(0), under);
    assertSameSamples(mix(FULL_WEIGHT), over);
    assert.deepEqual([...new Set(mix(FULL_WEIGHT / 2))], [128], 'half of n and 255 - n is 127.5, rounded up');
  }
});
