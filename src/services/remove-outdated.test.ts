import assert from 'node:assert/strict';
import { readFile, utimes, writeFile } from 'node:fs/promises';
import { afterEach, beforeEach, describe, it } from 'node:test';
import { assetId, type TaskId, workerId } from '#domain/ids.ts';
import { addMs } from '#domain/instant.ts';
import type { Ports } from '#ports/ports.ts';
import { makePicture, makePictureUri } from '#tests/fixtures/picture.ts';
import { ServiceFixture } from '#tests/fixtures/service-fixture.ts';
import { silentLog } from '#tests/fixtures/silent-log.ts';
import { type Retention, removeOutdated } from './remove-outdated.ts';
import { runTask } from './run-task.ts';
import { storeUpload } from './uploads.ts';

const DAY_MS = 86_400_000;
const FOR_EVER: Retention = {
  keepResultsDays: undefined,
  keepUploadsDays: undefined,
  keepWebhooksDays: undefined,
};
const WORKER = workerId('worker');

describe('what has been kept for long enough', { timeout: 30_000 }, () => {
  let fixture: ServiceFixture;
  beforeEach(async () => {
    fixture = await ServiceFixture.open();
  });
  afterEach(() => fixture.close());

  /** One round, so many days from now. */
  async function sweep(days: number, retention: Partial<Retention>, ports: Partial<Ports> = {}) {
    const shutdown = new AbortController();
    const clock = {
      now: () => addMs(fixture.ports.clock.now(), days * DAY_MS),
      sleep: async () => shutdown.abort(),
    };
    await removeOutdated(
      { ...fixture.ports, ...ports, clock },
      { retention: { ...FOR_EVER, ...retention }, intervalMs: 1, shutdown: shutdown.signal },
    );
  }

  /** A task that came with its picture, has a webhook, and is completed. */
  async function completeTask(): Promise<TaskId> {
    const { ports } = fixture;
    const { id } = await fixture.submit({ image: await makePictureUri(), prompt: 'p' });
    const now = ports.clock.now();
    const task = await ports.queue.claim(WORKER, now, addMs(now, 60_000));
    await runTask(ports, task!, {
      workerId: WORKER,
      timing: { leaseMs: 60_000, heartbeatMs: 1000 },
      shutdown: new AbortController().signal,
    });
    assert.equal((await fixture.find(id)).state, 'completed');
    return id;
  }

  const idOf = (number: number) => assetId(number.toString(16).padStart(32, '0'));

  async function upload(number: number): Promise<void> {
    const scratchPath = await fixture.ports.assets.createScratchPath('upload');
    await writeFile(scratchPath, await makePicture());
    await storeUpload(fixture.ports, { id: idOf(number), scratchPath, fileName: 'a.png' });
  }

  it('stays for ever unless something else is set', async () => {
    const id = await completeTask();
    await upload(1);
    const before = await fixture.assetIds();
    assert.equal(before.length, 3);
    await sweep(36_500, {});
    assert.deepEqual(await fixture.assetIds(), before);
    assert.equal((await fixture.find(id)).deletedAt, undefined);
  });

  it('goes with its clip and its pictures, and stays in the books', async () => {
    const id = await completeTask();
    const { accountId } = fixture.principal;
    const entries = await fixture.ports.ledger.listEntries(accountId, 100);
    await sweep(6, { keepResultsDays: 7 });
    assert.ok((await fixture.ports.tasks.find(id, accountId)) !== undefined);
    assert.equal((await fixture.assetIds()).length, 2);
    await sweep(8, { keepResultsDays: 7 });
    assert.equal(await fixture.ports.tasks.find(id, accountId), undefined);
    assert.deepEqual(await fixture.assetIds(), []);
    assert.deepEqual(await fixture.ports.ledger.listEntries(accountId, 100), entries);
    assert.equal(await fixture.balance(), '99.00');
  });

  it('counts from the end of a task: one that waits is kept', async () => {
    const { id } = await fixture.submit({ image: await makePictureUri(), prompt: 'p' });
    await sweep(1000, { keepResultsDays: 1 });
    assert.equal((await fixture.find(id)).deletedAt, undefined);
    assert.equal((await fixture.assetIds()).length, 1);
  });

  it('is an upload that nobody may read again', async () => {
    await upload(1);
    await fixture.ports.fileRules.set(idOf(1), { ownerId: fixture.principal.accountId });
    await completeTask();
    await sweep(6, { keepUploadsDays: 7 });
    assert.ok((await fixture.ports.assets.find(idOf(1))) !== undefined);
    await sweep(8, { keepUploadsDays: 7 });
    assert.equal(await fixture.ports.assets.find(idOf(1)), undefined);
    assert.equal(await fixture.ports.fileRules.find(idOf(1)), undefined);
    assert.equal((await fixture.assetIds()).length, 2, "the task's own files are no uploads");
  });

  it('is removed in many batches, if need be', async () => {
    for (let number = 1; number <= 230; number += 1)
      await fixture.ports.uploads.note(idOf(number), fixture.ports.clock.now());
    await sweep(8, { keepUploadsDays: 7 });
    assert.deepEqual(await fixture.ports.uploads.notedUntil(addMs(fixture.ports.clock.now(), DAY_MS), 1), []);
  });

  it('is what a deletion has left behind that broke off, whatever is set', async () => {
    const id = await completeTask();
    const { accountId } = fixture.principal;
    await fixture.ports.tasks.markDeleted([id], accountId, fixture.ports.clock.now());
    await sweep(0, {});
    assert.deepEqual(await fixture.assetIds(), []);
    assert.deepEqual(await fixture.ports.tasks.withFilesLeft(1), []);
  });

  it('is a file that was begun and left, but none that is being made', async () => {
    const { assets, clock } = fixture.ports;
    const [old, fresh] = [await assets.createScratchPath('mp4'), await assets.createScratchPath('mp4')];
    for (const path of [old, fresh]) await writeFile(path, 'bytes');
    const threeDaysAgo = new Date(clock.now() - 3 * DAY_MS);
    await utimes(old, threeDaysAgo, threeDaysAgo);
    await sweep(0, {});
    await assert.rejects(readFile(old), { code: 'ENOENT' });
    assert.equal(await readFile(fresh, 'utf8'), 'bytes');
    await assets.discardScratch(fresh);
  });

  it('is told to the operator when it cannot be removed, and nothing else waits for it', async () => {
    const id = await completeTask();
    await fixture.ports.tasks.markDeleted([id], fixture.principal.accountId, fixture.ports.clock.now());
    await upload(1);
    const errors: string[] = [];
    const log = { ...silentLog, error: (_: unknown, message: string) => void errors.push(message) };
    const uploadsOnly = {
      delete: (asset: Parameters<Ports['assets']['delete']>[0]) => {
        if (asset !== idOf(1)) throw new Error('read-only file system');
        return fixture.ports.assets.delete(asset);
      },
    };
    const assets = Object.assign(Object.create(fixture.ports.assets) as Ports['assets'], uploadsOnly, {
      discardScratchBefore: async () => 0,
    });
    await sweep(8, { keepUploadsDays: 7 }, { log, assets });
    assert.deepEqual(errors, ['Files of deleted tasks could not be removed; the next round tries again.']);
    assert.equal(await fixture.ports.assets.find(idOf(1)), undefined);
    assert.equal((await fixture.ports.tasks.withFilesLeft(1)).length, 1);
  });
});
