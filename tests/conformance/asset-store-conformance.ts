/** What every asset store promises, run against each of them. */
import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { readFile, stat, writeFile } from 'node:fs/promises';
import { after, before, describe, test } from 'node:test';
import { type AssetId, assetId } from '#domain/ids.ts';
import { addMs, instant } from '#domain/instant.ts';
import type { AssetStore } from '#ports/asset-store.ts';

export interface AssetStoreUnderTest {
  readonly store: AssetStore;
  /** Opens the same storage anew, as a restarted program does. */
  reopen(): Promise<AssetStore>;
  dispose(): Promise<void>;
}

const newId = (): AssetId => assetId(randomBytes(16).toString('hex'));
const CONTENT = Uint8Array.from({ length: 5000 }, (_, index) => index & 255);

export function testAssetStoreConformance(name: string, open: () => Promise<AssetStoreUnderTest>): void {
  describe(`${name} keeps the promises of an asset store`, () => {
    let opened: AssetStoreUnderTest;
    let store: AssetStore;
    before(async () => {
      opened = await open();
      store = opened.store;
    });
    after(() => opened.dispose());

    const writeScratch = async (extension = 'mp4') => {
      const scratchPath = await store.createScratchPath(extension);
      await writeFile(scratchPath, CONTENT);
      return scratchPath;
    };

    test('bytes that were written are found again', async () => {
      const id = newId();
      const expected = { id, fileName: 'still.png', contentType: 'image/png', byteLength: CONTENT.length };
      assert.deepEqual(await store.write(id, CONTENT, 'still.png'), expected);
      const found = await store.find(id);
      assert.ok(found !== undefined);
      const { filePath, ...asset } = found;
      assert.deepEqual(asset, expected);
      assert.deepEqual(new Uint8Array(await readFile(filePath)), CONTENT);
    });

    test('an adopted scratch file is found again and gone from where it was', async () => {
      const id = newId();
      const scratchPath = await writeScratch();
      const asset = await store.adopt(id, scratchPath, 'clip.mp4');
      assert.deepEqual(asset, {
        id,
        fileName: 'clip.mp4',
        contentType: 'video/mp4',
        byteLength: CONTENT.length,
      });
      const found = await store.find(id);
      assert.ok(found !== undefined);
      assert.deepEqual(new Uint8Array(await readFile(found.filePath)), CONTENT);
      await assert.rejects(readFile(scratchPath), { code: 'ENOENT' });
    });

    test('scratch paths differ and carry the extension', async () => {
      const paths = await Promise.all(Array.from({ length: 20 }, () => store.createScratchPath('webp')));
      assert.equal(new Set(paths).size, paths.length);
      for (const scratchPath of paths) assert.match(scratchPath, /\.webp$/);
    });

    test('a discarded scratch file is gone; discarding it again, or one that never was, is no error', async () => {
      const scratchPath = await writeScratch();
      await store.discardScratch(scratchPath);
      await assert.rejects(readFile(scratchPath), { code: 'ENOENT' });
      await store.discardScratch(scratchPath);
      await store.discardScratch(await store.createScratchPath('mp4'));
    });

    test('scratch files go by their age, and nothing else does', async () => {
      const scratchPath = await writeScratch();
      const id = newId();
      await store.write(id, CONTENT, 'kept.png');
      const hour = 3_600_000;
      const now = instant((await stat(scratchPath)).mtimeMs);
      await store.discardScratchBefore(addMs(now, -hour));
      assert.ok((await readFile(scratchPath)).length > 0);
      const count = await store.discardScratchBefore(addMs(now, hour));
      assert.ok(count >= 1);
      await assert.rejects(readFile(scratchPath), { code: 'ENOENT' });
      assert.ok((await store.find(id)) !== undefined);
      assert.equal(await store.discardScratchBefore(addMs(now, hour)), 0);
      await store.adopt(newId(), await writeScratch(), 'clip.mp4');
    });

    test('an id that is taken keeps what it has', async () => {
      const id = newId();
      await store.write(id, CONTENT, 'first.png');
      await assert.rejects(store.write(id, new Uint8Array([1]), 'first.png'), Error);
      await assert.rejects(store.write(id, new Uint8Array([1]), 'second.png'), Error);
      await assert.rejects(store.adopt(id, await writeScratch(), 'third.mp4'), Error);
      const found = await store.find(id);
      assert.equal(found?.fileName, 'first.png');
      assert.equal(found.byteLength, CONTENT.length);
    });

    test('of several writes to one id at once, one wins whole', async () => {
      const id = newId();
      const attempts = Array.from({ length: 8 }, (_, index) =>
        store.write(id, CONTENT.subarray(index), `file-${index}.png`),
      );
      const outcomes = await Promise.allSettled(attempts);
      const won = outcomes.flatMap((outcome) => (outcome.status === 'fulfilled' ? [outcome.value] : []));
      assert.equal(won.length, 1);
      const found = await store.find(id);
      assert.equal(found?.fileName, won[0]!.fileName);
      assert.equal(found.byteLength, won[0]!.byteLength);
    });

    test('a deleted asset is gone, and deleting it again is no error', async () => {
      const id = newId();
      await store.write(id, CONTENT, 'still.png');
      await store.delete(id);
      await store.delete(id);
      await store.delete(newId());
      assert.equal(await store.find(id), undefined);
    });

    test('an unknown id is not found', async () => {
      assert.equal(await store.find(newId()), undefined);
    });

    test('an extension outside the known formats is served as plain bytes', async () => {
      const asset = await store.write(newId(), CONTENT, 'page.html');
      assert.equal(asset.contentType, 'application/octet-stream');
    });

    test('ids and names that could leave the store are refused', async () => {
      await store.write(newId(), CONTENT, 'inside.png');
      for (const hostile of [
        '..',
        '../../x',
        'ab',
        'a/../../etc',
        'scratch/..',
        'ABCDEF',
        '',
        'a\0bcd',
        '....',
      ]) {
        assert.equal(await store.find(assetId(hostile)), undefined, hostile);
        await store.delete(assetId(hostile));
        await assert.rejects(store.write(assetId(hostile), CONTENT, 'x.png'), RangeError, hostile);
      }
      for (const hostile of [
        '..',
        '.',
        '',
        '../x.png',
        'a/b.png',
        'a\\b.png',
        '.hidden',
        'a\0.png',
        `${'a'.repeat(200)}.png`,
      ]) {
        await assert.rejects(store.write(newId(), CONTENT, hostile), RangeError, hostile);
      }
      for (const hostile of ['', '../x', 'mp4/', 'm.p', 'toolongtoolong']) {
        await assert.rejects(store.createScratchPath(hostile), RangeError, hostile);
      }
    });

    test('only files of its own scratch folder are adopted or discarded', async () => {
      const id = newId();
      await store.write(id, CONTENT, 'kept.png');
      const kept = await store.find(id);
      await assert.rejects(store.adopt(newId(), kept!.filePath, 'stolen.png'), RangeError);
      await assert.rejects(store.discardScratch(kept!.filePath), RangeError);
      assert.ok((await store.find(id)) !== undefined);
    });

    test('a scratch file that was never written cannot be adopted, and its id stays free', async () => {
      const id = newId();
      await assert.rejects(store.adopt(id, await store.createScratchPath('mp4'), 'clip.mp4'), {
        code: 'ENOENT',
      });
      assert.equal(await store.find(id), undefined);
      await store.write(id, CONTENT, 'clip.mp4');
    });

    test('opening again keeps assets and removes what was never adopted', async () => {
      const id = newId();
      await store.write(id, CONTENT, 'kept.png');
      const scratchPath = await writeScratch();
      store = await opened.reopen();
      assert.ok((await store.find(id)) !== undefined);
      await assert.rejects(readFile(scratchPath), { code: 'ENOENT' });
      await store.adopt(newId(), await writeScratch(), 'clip.mp4');
    });
  });
}
