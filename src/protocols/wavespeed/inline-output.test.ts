import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, describe, it } from 'node:test';
import { assetId } from '#domain/ids.ts';
import type { Task, TaskOutput } from '#domain/task/task.ts';
import type { LocalAsset } from '#ports/asset-store.ts';
import { withInlineOutput } from './inline-output.ts';
import type { Prediction } from './prediction.ts';

const OUTPUT: TaskOutput = {
  assetId: assetId('a'),
  fileName: 'clip.mp4',
  contentType: 'video/mp4',
  byteLength: 4,
  size: { width: 2, height: 2 },
  durationSeconds: 4,
};
const PREDICTION = { outputs: ['https://clips.example/files/a/clip.mp4'] } as unknown as Prediction;

describe('withInlineOutput', () => {
  let folder: string;
  let asset: LocalAsset;
  before(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'animatic-inline-'));
    asset = { ...OUTPUT, id: OUTPUT.assetId, filePath: path.join(folder, 'clip.mp4') };
    await writeFile(asset.filePath, 'clip');
  });
  after(() => rm(folder, { recursive: true }));

  const outputsOf = async (task: Partial<Task>, found: LocalAsset | undefined = asset) => {
    const assets = { find: async () => found } as never;
    return (await withInlineOutput({ assets }, task as Task, PREDICTION)).outputs;
  };

  it('puts the clip in place of its URL where the task asks for it', async () => {
    assert.deepEqual(await outputsOf({ output: OUTPUT, inlineOutput: true }), [
      'data:video/mp4;base64,Y2xpcA==',
    ]);
    assert.equal(await outputsOf({ output: OUTPUT }), PREDICTION.outputs);
    assert.equal(await outputsOf({ inlineOutput: true }), PREDICTION.outputs);
  });

  it('leaves the URL of a clip that is too long for a text', async () => {
    const long = { ...OUTPUT, byteLength: 48 * 1024 * 1024 + 1 };
    assert.equal(await outputsOf({ output: long, inlineOutput: true }), PREDICTION.outputs);
  });
});
