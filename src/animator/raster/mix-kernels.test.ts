import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { CELL_SIDE, FULL_MIX, type Kernels } from './kernels.ts';
import { type LoadedKernels, loadTypeScriptKernels, loadWasmKernels } from './load-kernels.ts';

const TARGET = 0;
const OVER = 16_384;
const WEIGHTS = 32_768;
const BYTE_LENGTH = 40_960;

const LOADERS = { TypeScript: loadTypeScriptKernels, WebAssembly: loadWasm };

function loadWasm(byteLength: number): LoadedKernels {
  const loaded = loadWasmKernels(byteLength);
  assert.ok(loaded !== undefined, 'this host runs WebAssembly SIMD');
  return loaded;
}

interface Mix {
  readonly columns: number;
  readonly rows: number;
  readonly weights: Int16Array;
}

const mixes: fc.Arbitrary<Mix> = fc
  .record({ pairs: fc.integer({ min: 1, max: 4 }), rows: fc.integer({ min: 1, max: 5 }) })
  .chain(({ pairs, rows }) => {
    const columns = 2 * pairs;
    const count = (columns + 1) * (rows + 1);
    const weight = fc.oneof(fc.constantFrom(0, FULL_MIX), fc.integer({ min: 0, max: FULL_MIX }));
    return fc
      .array(weight, { minLength: count, maxLength: count })
      .map((weights) => ({ columns, rows, weights: Int16Array.from(weights) }));
  });

/** The whole memory after mixing one plane of random bytes over another. */
function run(
  load: (byteLength: number) => LoadedKernels,
  kernel: 'mixLuma' | 'mixChroma',
  { columns, rows, weights }: Mix,
  seed: number,
): Uint8Array {
  const { kernels, memory } = load(BYTE_LENGTH);
  const bytes = new Uint8Array(memory.buffer);
  let state = seed | 1;
  for (let index = 0; index < WEIGHTS; index += 1) {
    state = Math.imul(state, 1_664_525) + 1_013_904_223;
    bytes[index] = state >>> 24;
  }
  new Int16Array(memory.buffer, WEIGHTS).set(weights);
  const stride = columns * (kernel === 'mixLuma' ? CELL_SIDE : CELL_SIDE / 2);
  const target = { address: TARGET, stride, columns, rows };
  (kernels[kernel] as Kernels['mixLuma'])(target, OVER, { address: WEIGHTS, columns: columns + 1 });
  return bytes;
}

for (const kernel of ['mixLuma', 'mixChroma'] as const) {
  test(`${kernel} gives the same bytes in WebAssembly and TypeScript`, () => {
    fc.assert(
      fc.property(mixes, fc.integer({ min: 1, max: 1e9 }), (mix, seed) => {
        assert.ok(
          Buffer.from(run(loadWasm, kernel, mix, seed)).equals(run(loadTypeScriptKernels, kernel, mix, seed)),
          'the two implementations differ',
        );
      }),
      { numRuns: 100 },
    );
  });

  for (const [name, load] of Object.entries(LOADERS)) {
    test(`${kernel} is exact where a weight is 0 or whole (${name})`, () => {
      const even = (weight: number) => ({ columns: 4, rows: 2, weights: new Int16Array(15).fill(weight) });
      const side = kernel === 'mixLuma' ? CELL_SIDE : CELL_SIDE / 2;
      const length = 4 * side * 2 * side;
      const untouched = run(load, kernel, even(0), 5);
      const covered = run(load, kernel, even(FULL_MIX), 5);
      assert.deepEqual(covered.slice(TARGET, length), untouched.slice(OVER, OVER + length));
      assert.notDeepEqual(covered.slice(TARGET, length), untouched.slice(TARGET, length));
    });
  }
}

test('weights run in straight lines from node to node', () => {
  const { kernels, memory } = loadWasm(BYTE_LENGTH);
  const bytes = new Uint8Array(memory.buffer);
  bytes.fill(0, TARGET, TARGET + 128);
  bytes.fill(255, OVER, OVER + 128);
  new Int16Array(memory.buffer, WEIGHTS).set([0, FULL_MIX, 0, 0, FULL_MIX, 0]);
  kernels.mixLuma({ address: TARGET, stride: 16, columns: 2, rows: 1 }, OVER, {
    address: WEIGHTS,
    columns: 3,
  });
  assert.deepEqual(
    [...bytes.subarray(0, 16)],
    [0, 32, 64, 96, 128, 159, 191, 223, 255, 223, 191, 159, 128, 96, 64, 32],
  );
});
