/** The store's conformance: rules of files, and uploads in parts. */
import assert from 'node:assert/strict';
import { describe } from 'node:test';
import type { FileAccess } from '#domain/file/file-rule.ts';
import { type AccountId, assetId } from '#domain/ids.ts';
import type { Store } from '#ports/store.ts';
import type { StoreTest } from './store-conformance.ts';
import { at, createCustomer, hasCode, hexId } from './store-fixture.ts';

const newId = () => assetId(hexId(32));

export function describeFiles(test: StoreTest): void {
  describe('rules of files', () => {
    test('a rule is found as it was set first, until it is forgotten', async (store) => {
      const { id: ownerId } = await createCustomer(store);
      const id = newId();
      assert.equal(await store.fileRules.find(id), undefined);
      const access: FileAccess = { default: 'hide', exceptions: [{ accountId: ownerId, decision: 'allow' }] };
      const rule = { ownerId, expiresAt: at(5), access };
      await store.fileRules.set(id, rule);
      await store.fileRules.set(id, { ownerId });
      assert.deepEqual(await store.fileRules.find(id), rule);
      await store.fileRules.forget(id);
      await store.fileRules.forget(id);
      assert.equal(await store.fileRules.find(id), undefined);
    });

    test('what has expired is told oldest first, so many at a time', async (store) => {
      const { id: ownerId } = await createCustomer(store);
      const [late, early, never] = [newId(), newId(), newId()];
      await store.fileRules.set(late, { ownerId, expiresAt: at(20) });
      await store.fileRules.set(early, { ownerId, expiresAt: at(10) });
      await store.fileRules.set(never, { ownerId });
      assert.deepEqual(await store.fileRules.expired(at(9), 10), []);
      assert.deepEqual(await store.fileRules.expired(at(20), 10), [early, late]);
      assert.deepEqual(await store.fileRules.expired(at(20), 1), [early]);
    });
  });

  describe('uploads in parts', () => {
    const begin = async (store: Store, accountId: AccountId) => {
      const upload = { id: newId(), fileName: 'film.mp4', accountId, expiresAt: at(100) };
      await store.partUploads.begin(upload);
      return upload;
    };
    const part = (number: number, byteLength = 4) => ({
      number,
      assetId: newId(),
      etag: hexId(64),
      byteLength,
    });

    test('parts are kept by number, and one that comes again replaces the first', async (store) => {
      const upload = await begin(store, (await createCustomer(store)).id);
      assert.deepEqual(await store.partUploads.find(upload.id), upload);
      const [first, second, again] = [part(1), part(2), part(2)];
      for (const each of [second, first])
        assert.equal(await store.partUploads.addPart(upload.id, each, 12), undefined);
      assert.deepEqual(await store.partUploads.addPart(upload.id, again, 12), second);
      assert.deepEqual(await store.partUploads.parts(upload.id), [first, again]);
      assert.deepEqual(await store.partUploads.end(upload.id), [first, again]);
      assert.deepEqual(await store.partUploads.end(upload.id), []);
      assert.equal(await store.partUploads.find(upload.id), undefined);
      await assert.rejects(store.partUploads.addPart(upload.id, first, 12), hasCode('not_found'));
    });

    test('all parts together hold no more than they may, however many come at once', async (store) => {
      const upload = await begin(store, (await createCustomer(store)).id);
      const outcomes = await Promise.allSettled(
        [1, 2, 3, 4, 5].map((number) => store.partUploads.addPart(upload.id, part(number), 12)),
      );
      assert.equal(outcomes.filter(({ status }) => status === 'fulfilled').length, 3);
      await assert.rejects(
        store.partUploads.addPart(upload.id, part(9, 1), 12),
        hasCode('payload_too_large'),
      );
    });

    test('those that nobody completed in time are told', async (store) => {
      const upload = await begin(store, (await createCustomer(store)).id);
      const isTold = async (ms: number) =>
        (await store.partUploads.expired(at(ms), 1000)).includes(upload.id);
      assert.deepEqual([await isTold(99), await isTold(100)], [false, true]);
    });
  });
}
