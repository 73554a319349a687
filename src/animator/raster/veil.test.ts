import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { REST_POSE } from '../camera/pose.ts';
import { createFrame } from './create-frame.ts';
import { DITHER_SIDE, type Kernels } from './kernels.ts';
import { loadTypeScriptKernels, loadWasmKernels } from './load-kernels.ts';
import type { I420Frame } from './picture.ts';
import { createRasteriser } from './rasteriser.ts';
import { countNodes } from './source-map.ts';
import { colouredWaves, drawPicture, flatDepth } from './test-pictures.ts';
import { Veil } from './veil.ts';

const SIZE = { width: 178, height: 102 };
const STILL = drawPicture(SIZE, colouredWaves);

function render(veil: Veil | undefined, still = STILL): I420Frame {
  const rasteriser = createRasteriser({ stills: [still], sampling: { luma: 1, chroma: 1 }, seed: 1 });
  const frame = createFrame(still);
  const view = { stillIndex: 0, pose: REST_POSE, depth: flatDepth(0) };
  rasteriser.render({ view, over: undefined, veil, grainStrength: 0, frameIndex: 0 }, frame);
  return frame;
}

/** A veil that does the same at every node. */
function evenVeil(layers: (veil: Veil, node: number) => void): Veil {
  const veil = new Veil(countNodes(SIZE));
  for (let node = 0; node < veil.columns * veil.rows; node += 1) layers(veil, node);
  return veil;
}

const mean = (data: Uint8Array): number => data.reduce((sum, value) => sum + value, 0) / data.length;

describe('veil', () => {
  it('leaves every sample as it is when nothing was laid over', () => {
    const [veiled, plain] = [render(evenVeil(() => {})), render(undefined)];
    for (const plane of ['y', 'u', 'v'] as const)
      assert.ok(Buffer.from(veiled[plane].data).equals(plain[plane].data), plane);
  });

  it('covers with a colour, to the last sample at full opacity', () => {
    const { y, u, v } = render(evenVeil((veil, node) => veil.cover(node, 1, 150, 110, 140)));
    // Sums are whole here, and so is what the dither leaves.
    assert.deepEqual([...new Set(y.data)], [150]);
    assert.deepEqual([...new Set(u.data)], [110]);
    assert.deepEqual([...new Set(v.data)], [140]);
  });

  it('lays later layers over earlier ones', () => {
    const plain = mean(render(undefined).y.data);
    const veiled = evenVeil((veil, node) => {
      veil.cover(node, 0.5, 200, 128, 128);
      veil.light(node, 0.8, 5);
    });
    const expected = (0.5 * plain + 0.5 * 200 - 16) * 0.8 + 16 + 5;
    assert.ok(Math.abs(mean(render(veiled).y.data) - expected) < 0.05);
  });

  it('dithers: the mean of a flat area keeps its fraction', () => {
    const grey = drawPicture(SIZE, () => [100, 100, 100]);
    const [level] = render(undefined, grey).y.data;
    const { data } = render(
      evenVeil((veil, node) => veil.light(node, 1, 0.3)),
      grey,
    ).y;
    assert.ok(Math.abs(mean(data) - level! - 0.3) < 0.02, `${mean(data) - level!}`);
    assert.deepEqual([...new Set(data)].sort(), [level!, level! + 1]);
  });

  it('stays within a byte whatever the light', () => {
    const { y } = render(evenVeil((veil, node) => veil.light(node, node % 2 === 0 ? 1e6 : -3, 0)));
    assert.ok(y.data.includes(255) && y.data.includes(0));
  });
});

const NODES_ADDRESS = 0;
const TARGET_ADDRESS = 8192;
const DITHER_ADDRESS = 24_576;
const BYTE_LENGTH = 32_768;

describe('veil kernels', () => {
  it('give the same bytes in WebAssembly as in TypeScript', () => {
    const nodeValue = fc.tuple(
      fc.integer({ min: -200_000, max: 6_000_000 }),
      fc.integer({ min: -40_000_000, max: 40_000_000 }),
    );
    const cases = fc
      .record({ pairs: fc.integer({ min: 1, max: 4 }), rows: fc.integer({ min: 1, max: 6 }) })
      .chain(({ pairs, rows }) => {
        const count = (2 * pairs + 1) * (rows + 1);
        return fc
          .array(nodeValue, { minLength: count, maxLength: count })
          .map((nodes) => ({ columns: 2 * pairs, rows, nodes: Int32Array.from(nodes.flat()) }));
      });
    fc.assert(
      fc.property(cases, fc.integer({ min: 1, max: 1e9 }), ({ columns, rows, nodes }, seed) => {
        for (const [name, side] of [
          ['veilLuma', 8],
          ['veilChroma', 4],
        ] as const) {
          const target = { address: TARGET_ADDRESS, stride: columns * side, columns, rows };
          const call = (kernels: Kernels) =>
            kernels[name](target, { address: NODES_ADDRESS, columns: columns + 1, dither: DITHER_ADDRESS });
          assertTwins(seed, nodes, call);
        }
      }),
      { numRuns: 150 },
    );
  });
});

function assertTwins(seed: number, nodes: Int32Array, call: (kernels: Kernels) => void): void {
  const [reference, fast] = [loadTypeScriptKernels(BYTE_LENGTH), loadWasmKernels(BYTE_LENGTH)!].map(
    ({ kernels, memory }) => {
      const bytes = new Uint8Array(memory.buffer);
      let state = seed;
      for (let index = 0; index < bytes.length; index += 1) {
        state = Math.imul(state, 1_664_525) + 1_013_904_223;
        bytes[index] = state >>> 24;
      }
      const thresholds = new Int32Array(memory.buffer, DITHER_ADDRESS, DITHER_SIDE * DITHER_SIDE);
      for (let index = 0; index < thresholds.length; index += 1) thresholds[index]! &= 0xffff;
      new Int32Array(memory.buffer, NODES_ADDRESS).set(nodes);
      call(kernels);
      return bytes;
    },
  );
  assert.ok(Buffer.from(reference!).equals(fast!), 'the two implementations differ');
}
