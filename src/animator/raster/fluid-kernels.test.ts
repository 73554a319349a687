import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import {
  CELL_MIXED,
  CELL_OPAQUE,
  CELL_SIDE,
  CELL_UNTOUCHED,
  type FluidLayer,
  type Kernels,
  type WarpTarget,
  WHOLE_Q15,
} from './kernels.ts';
import { type LoadedKernels, loadTypeScriptKernels, loadWasmKernels } from './load-kernels.ts';

const SOURCE_STRIDE = 200;
const SOURCE_ROWS = 120;
/** Sample (0, 0) of the plate, and of the matte, far enough from their starts for negative positions. */
const PLATE = 20 * SOURCE_STRIDE + 30;
const MATTE = 32_768 + PLATE;
const BASE = 65_536;
const FIRST = 67_584;
const SECOND = 69_632;
const TONE = 71_680;
const CELLS = 73_728;
const TARGET = 81_920;
const TILE = 131_072;
const BYTE_LENGTH = TILE + 65_536;

function wasmKernels(byteLength: number): LoadedKernels {
  const loaded = loadWasmKernels(byteLength);
  assert.ok(loaded !== undefined, 'this host runs WebAssembly SIMD');
  return loaded;
}

const LOADERS = [loadTypeScriptKernels, wasmKernels] as const;

/** A memory full of noise, but for what `fill` writes. */
function noisyKernels(
  load: (byteLength: number) => LoadedKernels,
  seed: number,
  fill: (memory: LoadedKernels['memory']) => void,
) {
  const { kernels, memory } = load(BYTE_LENGTH);
  const bytes = new Uint8Array(memory.buffer);
  let state = seed | 1;
  for (let index = 0; index < bytes.length; index += 1) {
    state = Math.imul(state, 1_664_525) + 1_013_904_223;
    bytes[index] = state >>> 24;
  }
  fill(memory);
  return { kernels, bytes };
}

interface Pass {
  readonly columns: number;
  readonly rows: number;
  readonly halvings: number;
  /** Of base, first and second map in turn. */
  readonly maps: readonly Int32Array[];
  readonly tone: Int16Array;
  readonly cells: Uint8Array;
  readonly hasTone: boolean;
  readonly hasSecond: boolean;
  readonly secondWeight: number;
  readonly strength: number;
}

const passes: fc.Arbitrary<Pass> = fc
  .record({
    pairs: fc.integer({ min: 1, max: 4 }),
    rows: fc.integer({ min: 1, max: 5 }),
    halvings: fc.integer({ min: 0, max: 2 }),
    hasTone: fc.boolean(),
    hasSecond: fc.boolean(),
    secondWeight: fc.integer({ min: 0, max: WHOLE_Q15 }),
    strength: fc.constantFrom(WHOLE_Q15, 0, 1, 9000, WHOLE_Q15 - 1),
  })
  .chain((shape) => {
    const columns = 2 * shape.pairs;
    const count = (columns + 1) * (shape.rows + 1);
    const unit = 65_536 << shape.halvings;
    const node = fc.tuple(
      fc.integer({ min: -20 * unit, max: (SOURCE_STRIDE - 40) * unit }),
      fc.integer({ min: -15 * unit, max: (SOURCE_ROWS - 40) * unit }),
    );
    const tone = fc.tuple(fc.integer({ min: -3000, max: 16_383 }), fc.integer({ min: -25_000, max: 20_000 }));
    const list = <Value>(value: fc.Arbitrary<Value>, length: number) =>
      fc.array(value, { minLength: length, maxLength: length });
    const kinds = fc.constantFrom(CELL_UNTOUCHED, CELL_MIXED, CELL_OPAQUE).map((kind) => [kind, kind]);
    return fc
      .record({
        maps: list(list(node, count), 3),
        tones: list(tone, count),
        cells: list(kinds, shape.pairs * shape.rows),
      })
      .map(({ maps, tones, cells }) => ({
        ...shape,
        columns,
        maps: maps.map((nodes) => Int32Array.from(nodes.flat())),
        tone: Int16Array.from(tones.flat()),
        cells: Uint8Array.from(cells.flat()),
      }));
  });

function fillPass({ maps, tone, cells }: Pass) {
  return ({ buffer }: LoadedKernels['memory']) => {
    for (const [i, address] of [BASE, FIRST, SECOND].entries()) new Int32Array(buffer, address).set(maps[i]!);
    new Int16Array(buffer, TONE).set(tone);
    new Uint8Array(buffer, CELLS).set(cells);
  };
}

const plateOf = ({ halvings }: Pass) => ({ address: PLATE, stride: SOURCE_STRIDE, halvings });

const layerOf = ({ columns, halvings, hasSecond, secondWeight, strength }: Pass): FluidLayer => ({
  cells: CELLS,
  matte: { address: MATTE, stride: SOURCE_STRIDE, halvings },
  base: { address: BASE, columns: columns + 1 },
  first: FIRST,
  second: hasSecond ? { address: SECOND, weight: secondWeight } : undefined,
  strength,
});

const targetOf = ({ columns, rows }: Pass, cellSide: number): WarpTarget => ({
  address: TARGET,
  stride: columns * cellSide,
  columns,
  rows,
});

const toneOf = ({ hasTone }: Pass) => (hasTone ? TONE : undefined);
const seeds = fc.integer({ min: 1, max: 1e9 });
const grains = fc.option(
  fc.record({
    base: fc.integer({ min: 1, max: 20_000 }),
    slope: fc.integer({ min: 0, max: 25_000 }),
    offsetX: fc.integer({ min: 0, max: 31 }).map((cells) => cells * CELL_SIDE),
    offsetY: fc.integer({ min: 0, max: 255 }),
  }),
  { nil: undefined },
);

function runOn(pass: Pass, seed: number, call: (kernels: Kernels) => void): readonly Uint8Array[] {
  return LOADERS.map((load) => {
    const { kernels, bytes } = noisyKernels(load, seed, fillPass(pass));
    call(kernels);
    return bytes;
  });
}

test('the WebAssembly luma pass gives the bytes of the TypeScript one', () => {
  fc.assert(
    fc.property(seeds, passes, grains, (seed, pass, settings) => {
      const grain = settings && { ...settings, address: TILE };
      const [reference, fast] = runOn(pass, seed, (kernels) =>
        kernels.flowLuma(plateOf(pass), toneOf(pass), layerOf(pass), targetOf(pass, CELL_SIDE), grain),
      );
      assert.ok(Buffer.from(reference!).equals(fast!), 'the two implementations differ');
    }),
    { numRuns: 150 },
  );
});

test('the WebAssembly chroma pass gives the bytes of the TypeScript one', () => {
  fc.assert(
    fc.property(seeds, passes, (seed, pass) => {
      const [reference, fast] = runOn(pass, seed, (kernels) =>
        kernels.flowChroma(plateOf(pass), toneOf(pass), layerOf(pass), targetOf(pass, CELL_SIDE / 2)),
      );
      assert.ok(Buffer.from(reference!).equals(fast!), 'the two implementations differ');
    }),
    { numRuns: 150 },
  );
});

test('warps leave covered cells out, alike on both implementations', () => {
  fc.assert(
    fc.property(seeds, passes, (seed, pass) => {
      const base = { address: BASE, columns: pass.columns + 1 };
      const [reference, fast] = runOn(pass, seed, (kernels) => {
        kernels.warpLuma(plateOf(pass), base, targetOf(pass, CELL_SIDE), undefined, CELLS);
        const chroma = { ...targetOf(pass, CELL_SIDE / 2), address: TARGET + 16_384 };
        kernels.warpChroma(plateOf(pass), base, chroma, CELLS);
      });
      assert.ok(Buffer.from(reference!).equals(fast!), 'the two implementations differ');
      const untouched = noisyKernels(loadTypeScriptKernels, seed, () => undefined).bytes;
      for (const [cell, kind] of pass.cells.entries()) {
        if (kind !== CELL_OPAQUE) continue;
        const row = Math.floor(cell / pass.columns);
        const at = TARGET + (row * pass.columns * CELL_SIDE + (cell % pass.columns)) * CELL_SIDE;
        assert.deepEqual(reference!.slice(at, at + CELL_SIDE), untouched.slice(at, at + CELL_SIDE));
      }
    }),
    { numRuns: 60 },
  );
});

test('an opaque layer shows its plate whatever lies beneath, a transparent one changes nothing', () => {
  const size = { columns: 2, rows: 1 };
  // Whole positions of a plate at the map's own sampling: nodes 8 samples apart.
  const nodes = Int32Array.from(
    [0, 1].flatMap((row) => [0, 1, 2].flatMap((column) => [column << 19, row << 19])),
  );
  const pass: Pass = {
    ...size,
    halvings: 0,
    maps: [nodes, nodes, nodes],
    tone: new Int16Array(12),
    cells: new Uint8Array(2).fill(CELL_MIXED),
    hasTone: false,
    hasSecond: false,
    secondWeight: 0,
    strength: WHOLE_Q15,
  };
  for (const load of LOADERS) {
    for (const [alpha, cell, shows] of [
      [255, CELL_MIXED, 'plate'],
      [9, CELL_OPAQUE, 'plate'],
      [0, CELL_MIXED, 'nothing'],
      [255, CELL_UNTOUCHED, 'nothing'],
    ] as const) {
      const { kernels, bytes } = noisyKernels(load, 5, fillPass({ ...pass, cells: pass.cells.fill(cell) }));
      bytes.fill(alpha, MATTE - PLATE, MATTE + 10_000);
      const before = bytes.slice();
      kernels.flowLuma(plateOf(pass), undefined, layerOf(pass), targetOf(pass, CELL_SIDE), undefined);
      for (let y = 0; y < 8; y += 1) {
        const row = bytes.slice(TARGET + 16 * y, TARGET + 16 * (y + 1));
        const from = shows === 'plate' ? PLATE + SOURCE_STRIDE * y : TARGET + 16 * y;
        assert.deepEqual(row, before.slice(from, from + 16), `${shows} for opacity ${alpha}, row ${y}`);
      }
    }
  }
});
