import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import type { RgbaImage } from '#animator/raster/picture.ts';
import type { Grid } from '#animator/scene/scene.ts';
import { type DepthNetworkOptions, writeDepthNetwork, writeOnnx } from '#tests/fixtures/onnx-network.ts';
import { DepthNetwork } from './depth-network.ts';

let folder: string;
before(() => {
  folder = mkdtempSync(join(tmpdir(), 'animatic-depth-network-'));
});
after(() => rmSync(folder, { recursive: true }));

function open(content: Uint8Array, config?: object): Promise<DepthNetwork> {
  const modelPath = join(folder, 'tiny.onnx');
  writeFileSync(modelPath, content);
  const preprocessorPath = join(folder, 'preprocessor_config.json');
  if (config !== undefined) writeFileSync(preprocessorPath, JSON.stringify(config));
  return DepthNetwork.open({
    modelPath,
    preprocessorPath: config === undefined ? undefined : preprocessorPath,
  });
}

/** Red grows from left to right, green from top to bottom; blue is 0. */
function slopes(width: number, height: number): RgbaImage {
  const data = new Uint8Array(4 * width * height);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++)
      data.set(
        [Math.round((255 * x) / (width - 1)), Math.round((255 * y) / (height - 1)), 0, 255],
        4 * (y * width + x),
      );
  }
  return { width, height, data };
}

const at = ({ data, width, height }: Grid, u: number, v: number) =>
  data[Math.round(v * (height - 1)) * width + Math.round(u * (width - 1))]!;

describe('a depth network', () => {
  test('sees the colours normalised by mean and deviation, the right way up', async () => {
    const network = await open(writeDepthNetwork());
    const depth = await network.measure(slopes(640, 360));
    assert.deepEqual([network.name, depth.width, depth.height], ['tiny.onnx', 518, 294]);
    /** The mean over the channels, each shifted and scaled as ImageNet is. */
    const expected = (red: number, green: number) =>
      ((red - 0.485) / 0.229 + (green - 0.456) / 0.224 + (0 - 0.406) / 0.225) / 3;
    for (const [u, v] of [
      [0, 0],
      [1, 0],
      [0, 1],
      [1, 1],
      [0.5, 0.25],
    ] as const)
      assert.ok(Math.abs(at(depth, u, v) - expected(u, v)) < 0.02, `${at(depth, u, v)} at ${u}, ${v}`);
  });

  test('is told the sizes and numbers of its configuration', async () => {
    const network = await open(writeDepthNetwork(), {
      size: { width: 64, height: 64 },
      ensure_multiple_of: 8,
      image_mean: [0, 0, 0],
      image_std: [1, 1, 1],
    });
    const depth = await network.measure(slopes(300, 100));
    assert.deepEqual([depth.width, depth.height], [64, 24]);
    assert.ok(Math.abs(at(depth, 1, 1) - 2 / 3) < 0.01 && Math.abs(at(depth, 0, 0)) < 0.01);
  });

  for (const [what, options, size] of [
    ['with sides that are fixed gets them', { width: 70, height: 42 }, [70, 42]],
    ['with one side that is fixed gets it', { height: 70 }, [518, 70]],
    ['may keep a dimension for its channel', { keepsChannel: true }, [518, 294]],
  ] as const satisfies readonly (readonly [string, DepthNetworkOptions, readonly number[]])[]) {
    test(what, async () => {
      const depth = await (await open(writeDepthNetwork(options))).measure(slopes(320, 180));
      assert.deepEqual([depth.width, depth.height], size);
      assert.ok(at(depth, 1, 1) > at(depth, 0, 0) + 2);
    });
  }

  for (const [width, height] of [
    [1, 1],
    [3, 101],
    [853, 479],
  ] as const) {
    test(`takes a picture of ${width}x${height}`, async () => {
      const depth = await (await open(writeDepthNetwork())).measure(slopes(width, height));
      assert.equal(depth.data.length, depth.width * depth.height);
      assert.equal((depth.width % 14) + (depth.height % 14), 0);
    });
  }

  test('gives the same bytes for the same picture', async () => {
    const picture = slopes(321, 179);
    const depths = [await open(writeDepthNetwork()), await open(writeDepthNetwork())].map((each) =>
      each.measure(picture),
    );
    assert.deepEqual(await depths[0], await depths[1]);
  });
});

describe('what is no depth network', () => {
  const floats = (shape: readonly (number | string)[]) => ({ x: shape });
  const identity = { operator: 'Identity', inputs: ['x'], outputs: ['y'] };
  const asIs = (shape: readonly (number | string)[]) =>
    writeOnnx({ inputs: floats(shape), outputs: { y: shape }, nodes: [identity] });

  for (const [what, content, message] of [
    ['a file of another kind', Uint8Array.of(1, 2, 3, 4), /protobuf/],
    ['an empty file', new Uint8Array(), /./],
    ['half a file', writeDepthNetwork().subarray(0, 60), /./],
    ['one that takes no picture', asIs(['n', 12]), /does not take a picture/],
    ['one that takes four channels', asIs([1, 4, 'h', 'w']), /4 channels instead of 3/],
    [
      'one with two inputs',
      writeOnnx({
        inputs: { x: [1, 3, 'h', 'w'], other: [1, 3, 'h', 'w'] },
        outputs: { y: [1, 3, 'h', 'w'] },
        nodes: [{ operator: 'Add', inputs: ['x', 'other'], outputs: ['y'] }],
      }),
      /2 inputs/,
    ],
  ] as const) {
    test(`${what} is refused when it is opened`, () => assert.rejects(open(content), message));
  }

  test('one that gives a picture back fails on the first picture', async () => {
    const network = await open(asIs([1, 3, 'h', 'w']));
    await assert.rejects(network.measure(slopes(20, 20)), /no single map: 1 x 3 x 518 x 518/);
  });

  test('one that gives no numbers fails on the first picture', async () => {
    const network = await open(
      writeOnnx({
        inputs: { x: [1, 3, 'h', 'w'] },
        outputs: { y: [1, 'h', 'w'] },
        nodes: [
          { operator: 'ReduceMean', inputs: ['x'], outputs: ['m'], attributes: { axes: [1], keepdims: 0 } },
          // The logarithm of what lies below zero.
          { operator: 'Log', inputs: ['m'], outputs: ['y'] },
        ],
      }),
    );
    await assert.rejects(network.measure(slopes(20, 20)), /no numbers/);
  });

  test('a missing package is named', async () => {
    const files = { modelPath: join(folder, 'tiny.onnx'), preprocessorPath: undefined };
    await assert.rejects(
      DepthNetwork.open(files, 'no-such-onnx-runtime'),
      /the optional package no-such-onnx-runtime is not installed/,
    );
  });
});
