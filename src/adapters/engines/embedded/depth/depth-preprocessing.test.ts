import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import {
  DEFAULT_PREPROCESSING,
  networkSize,
  readPreprocessing,
  toNetworkInput,
} from './depth-preprocessing.ts';

let folder: string;
before(() => {
  folder = mkdtempSync(join(tmpdir(), 'animatic-depth-preprocessing-'));
});
after(() => rmSync(folder, { recursive: true }));

function configFile(content: unknown): string {
  const path = join(folder, 'preprocessor_config.json');
  writeFileSync(path, typeof content === 'string' ? content : JSON.stringify(content));
  return path;
}

for (const [picture, expected] of [
  [
    { width: 1280, height: 720 },
    { width: 518, height: 294 },
  ],
  [
    { width: 720, height: 1280 },
    { width: 294, height: 518 },
  ],
  [
    { width: 960, height: 960 },
    { width: 518, height: 518 },
  ],
  [
    { width: 1470, height: 630 },
    { width: 518, height: 224 },
  ],
  [
    { width: 33, height: 101 },
    { width: 168, height: 518 },
  ],
  [
    { width: 2000, height: 3 },
    { width: 518, height: 14 },
  ],
] as const) {
  test(`a picture of ${picture.width}x${picture.height} is seen at ${expected.width}x${expected.height}`, () => {
    assert.deepEqual(networkSize(picture, DEFAULT_PREPROCESSING), expected);
  });
}

test('a published configuration is followed', async () => {
  const preprocessing = await readPreprocessing(
    configFile({
      image_processor_type: 'DPTImageProcessor',
      size: { height: 384, width: 512 },
      keep_aspect_ratio: false,
      ensure_multiple_of: 32,
      image_mean: [0.5, 0.5, 0.5],
      image_std: [0.25, 0.5, 1],
      rescale_factor: 0.01,
      resample: 3,
    }),
  );
  assert.deepEqual(networkSize({ width: 100, height: 700 }, preprocessing), { width: 512, height: 384 });
  // Two pixels: (100, 0, 200) and (50, 25, 75).
  assert.deepEqual(
    [...toNetworkInput(Uint8Array.of(100, 0, 200, 50, 25, 75), preprocessing)].map(
      (value) => +value.toFixed(5),
    ),
    [2, 0, -1, -0.5, 1.5, 0.25],
  );
});

test('what a configuration leaves out is as usual; steps that it switches off are left out', async () => {
  assert.deepEqual(await readPreprocessing(configFile({})), DEFAULT_PREPROCESSING);
  assert.deepEqual(await readPreprocessing(undefined), DEFAULT_PREPROCESSING);
  const plain = await readPreprocessing(configFile({ size: 256, do_rescale: false, do_normalize: false }));
  assert.deepEqual(plain.box, { width: 256, height: 256 });
  assert.deepEqual([...toNetworkInput(Uint8Array.of(9, 8, 7), plain)], [9, 8, 7]);
});

test('one that cannot be understood is an error that names it', async () => {
  for (const content of [
    { size: { shortest_edge: 518 } },
    { image_mean: [1, 2] },
    { ensure_multiple_of: 0 },
    '{',
  ])
    await assert.rejects(readPreprocessing(configFile(content)), /preprocessor_config\.json/);
});
