/** The WebAssembly kernels that make a picture's planes give the bytes of the TypeScript ones, over whole memories. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { loadTypeScriptKernels, loadWasmKernels } from './load-kernels.ts';
import { MemoryLayout } from './memory-layout.ts';
import { paintPicture, reservePicture, type Sampling } from './picture-planes.ts';

const pictures = fc
  .record({
    width: fc.integer({ min: 1, max: 40 }).map((half) => 2 * half),
    height: fc.integer({ min: 1, max: 14 }).map((half) => 2 * half),
    seed: fc.integer({ min: 1, max: 1e9 }),
    isStark: fc.boolean(),
  })
  .map(({ width, height, seed, isStark }) => {
    let state = seed;
    const data = new Uint8Array(4 * width * height).map(() => {
      state = Math.imul(state, 1_664_525) + 1_013_904_223;
      // Black and white next to each other overshoot most when interpolated.
      return isStark ? 255 * (state >>> 31) : state >>> 24;
    });
    return { width, height, data };
  });
const samplings: fc.Arbitrary<Sampling> = fc.record({
  luma: fc.constantFrom(1, 2),
  chroma: fc.constantFrom(1, 2),
});

test('pictures become the same planes', () => {
  fc.assert(
    fc.property(pictures, samplings, (picture, sampling) => {
      const layout = new MemoryLayout();
      const planes = reservePicture(layout, picture, sampling);
      const fast = loadWasmKernels(layout.byteLength);
      assert.ok(fast !== undefined, 'this host runs WebAssembly SIMD');
      const [reference, twin] = [loadTypeScriptKernels(layout.byteLength), fast].map(
        ({ kernels, memory }) => {
          const bytes = new Uint8Array(memory.buffer);
          paintPicture(bytes, planes, picture, kernels);
          return bytes;
        },
      );
      assert.ok(Buffer.from(reference!).equals(twin!), 'the two implementations differ');
    }),
    { numRuns: 150 },
  );
});
