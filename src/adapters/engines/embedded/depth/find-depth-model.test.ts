import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { findDepthModel } from './find-depth-model.ts';

let root: string;
before(() => {
  root = mkdtempSync(join(tmpdir(), 'animatic-depth-model-'));
});
after(() => rmSync(root, { recursive: true }));

/** A folder with empty files. */
function folderOf(name: string, ...files: readonly string[]): string {
  const folder = join(root, name);
  mkdirSync(join(folder, 'onnx'), { recursive: true });
  for (const file of files) writeFileSync(join(folder, file), '');
  return folder;
}

test('a folder as published holds the networks in "onnx", and the quantised one is the choice', () => {
  const folder = folderOf(
    'published',
    'onnx/model.onnx',
    'onnx/model_quantized.onnx',
    'preprocessor_config.json',
  );
  assert.deepEqual(findDepthModel(folder), {
    modelPath: join(folder, 'onnx', 'model_quantized.onnx'),
    preprocessorPath: join(folder, 'preprocessor_config.json'),
  });
});

test('files side by side do, too, under any name', () => {
  const folder = folderOf('flat', 'z.onnx', 'depth.onnx', 'notes.txt', 'preprocessor_config.json');
  assert.deepEqual(findDepthModel(folder), {
    modelPath: join(folder, 'depth.onnx'),
    preprocessorPath: join(folder, 'preprocessor_config.json'),
  });
});

test('a file that is named is the one, with the configuration beside or above it', () => {
  const folder = folderOf(
    'named',
    'onnx/model.onnx',
    'onnx/model_quantized.onnx',
    'preprocessor_config.json',
  );
  const file = join(folder, 'onnx', 'model.onnx');
  assert.deepEqual(findDepthModel(file), {
    modelPath: file,
    preprocessorPath: join(folder, 'preprocessor_config.json'),
  });
  const alone = join(folderOf('alone', 'a.onnx'), 'a.onnx');
  assert.equal(findDepthModel(alone).preprocessorPath, undefined);
});

test('what holds no network is a bad setting that names the variable', () => {
  const empty = folderOf('empty', 'model.pt');
  for (const [location, why] of [
    [empty, /holds no file/],
    [join(root, 'nowhere'), /does not exist/],
    [join(empty, 'model.pt'), /is no file \*\.onnx/],
  ] as const) {
    assert.throws(() => findDepthModel(location), {
      name: 'AnimaticError',
      code: 'bad_setting',
      message: why,
    });
    assert.throws(() => findDepthModel(location), { message: /^ANIMATIC_DEPTH_MODEL=/ });
  }
});
