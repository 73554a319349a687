import assert from 'node:assert/strict';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Readable } from 'node:stream';
import { afterEach, beforeEach, describe, it } from 'node:test';
import { assetId } from '#domain/ids.ts';
import { instant } from '#domain/instant.ts';
import type { Asset, AssetStore } from '#ports/asset-store.ts';
import type { Uploads } from '#ports/uploads.ts';
import { receiveFile } from './receive-file.ts';

const clock = { now: () => instant(0), sleep: async () => {} };
const uploads: Uploads = { note: async () => {}, notedUntil: async () => [], forget: async () => {} };

describe('receiveFile', () => {
  let folder: string;
  let adopted: string[];
  let taken: boolean;
  beforeEach(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'animatic-receive-'));
    adopted = [];
    taken = false;
  });
  afterEach(() => rm(folder, { recursive: true }));

  const asset: Asset = { id: assetId('x'), fileName: 'a.png', contentType: 'image/png', byteLength: 6 };
  const assets = (): AssetStore => ({
    createScratchPath: async () => path.join(folder, 'scratch'),
    discardScratch: (scratchPath) => rm(scratchPath, { force: true }),
    discardScratchBefore: async () => 0,
    adopt: async (_id, scratchPath) => {
      if (taken) throw new Error('The id is taken.');
      adopted.push(await readFile(scratchPath, 'utf8'));
      return asset;
    },
    write: async (_id, bytes) => {
      await writeFile(path.join(folder, 'written'), bytes);
      return asset;
    },
    find: async () => (taken ? { ...asset, filePath: path.join(folder, 'taken') } : undefined),
    delete: async () => {},
  });
  const deps = () => ({ assets: assets(), clock, uploads });
  const receive = (chunks: readonly string[], maxBytes = 6) =>
    receiveFile(deps(), {
      id: asset.id,
      fileName: 'a.png',
      bytes: Readable.from(chunks.map((text) => Buffer.from(text))),
      maxBytes,
    });

  it('stores what came, up to the limit', async () => {
    assert.equal(await receive(['abc', 'def']), asset);
    assert.deepEqual(adopted, ['abcdef']);
  });

  it('stops at the first byte too many and leaves nothing behind', async () => {
    await assert.rejects(receive(['abc', 'defg', 'never read']), { code: 'payload_too_large' });
    assert.deepEqual(adopted, []);
    assert.deepEqual(await readdir(folder), []);
  });

  it('leaves nothing behind when the sender breaks off or the place is taken', async () => {
    const broken = new Readable({
      read() {
        this.destroy(new Error('gone'));
      },
    });
    const file = { id: asset.id, fileName: 'a.png', bytes: broken, maxBytes: 6 };
    await assert.rejects(receiveFile(deps(), file), /gone/);
    taken = true;
    await assert.rejects(receive(['abc']), { code: 'forbidden' });
    assert.deepEqual(await readdir(folder), []);
  });
});
