import assert from 'node:assert/strict';
import { mkdir, mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, describe, test } from 'node:test';
import { assetId } from '#domain/ids.ts';
import { testAssetStoreConformance } from '#tests/conformance/asset-store-conformance.ts';
import { randomIds } from '../system/random-ids.ts';
import { FilesystemAssetStore } from './filesystem-asset-store.ts';

const newRoot = () => mkdtemp(path.join(tmpdir(), 'animatic-assets-'));

testAssetStoreConformance('filesystem asset store', async () => {
  const root = await newRoot();
  const open = () => FilesystemAssetStore.open(root, randomIds);
  return { store: await open(), reopen: open, dispose: () => rm(root, { recursive: true }) };
});

describe('filesystem asset store', () => {
  const id = assetId('0123456789abcdef0123456789abcdef');
  let root: string;
  before(async () => {
    root = path.join(await newRoot(), 'data', 'files');
  });
  after(() => rm(path.dirname(path.dirname(root)), { recursive: true }));

  test('nobody else can read the folders and files', { skip: process.platform === 'win32' }, async () => {
    const store = await FilesystemAssetStore.open(root, randomIds);
    const scratchPath = await store.createScratchPath('mp4');
    await writeFile(scratchPath, 'clip', { mode: 0o644 });
    await store.adopt(id, scratchPath, 'clip.mp4');
    const file = path.join(root, '01', id, 'clip.mp4');
    const modes = await Promise.all(
      [root, path.dirname(path.dirname(file)), path.dirname(file), file].map(
        async (each) => (await stat(each)).mode & 0o777,
      ),
    );
    assert.deepEqual(modes, [0o700, 0o700, 0o700, 0o600]);
  });

  test('a refused adoption leaves nothing in the scratch folder but the file itself', async () => {
    const store = await FilesystemAssetStore.open(root, randomIds);
    const scratchPath = await store.createScratchPath('mp4');
    await writeFile(scratchPath, 'clip');
    await assert.rejects(store.adopt(id, scratchPath, 'clip.mp4'), /exists already/);
    assert.deepEqual(await readdir(path.join(root, 'scratch')), [path.basename(scratchPath)]);
  });

  test('an empty folder that a crash left under an id does not block it', async () => {
    const store = await FilesystemAssetStore.open(root, randomIds);
    const interrupted = assetId('fedcba9876543210fedcba9876543210');
    await mkdir(path.join(root, 'fe', interrupted), { recursive: true });
    assert.equal(await store.find(interrupted), undefined);
    await store.write(interrupted, new Uint8Array([1, 2, 3]), 'still.png');
    assert.equal((await store.find(interrupted))?.byteLength, 3);
  });
});
