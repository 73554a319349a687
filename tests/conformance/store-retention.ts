/** The store's conformance: what is kept for a time only. Everything here lies before what other tests write. */
import assert from 'node:assert/strict';
import { describe } from 'node:test';
import { assetId, type TaskId, workerId } from '#domain/ids.ts';
import type { Instant } from '#domain/instant.ts';
import { usd } from '#domain/money.ts';
import type { Store } from '#ports/store.ts';
import type { StoreTest } from './store-conformance.ts';
import {
  assertBooksBalance,
  at,
  type Customer,
  claimNewTask,
  completed,
  createCustomer,
  FAILED,
  findTask,
  hexId,
  submitTask,
} from './store-fixture.ts';

const newId = () => assetId(hexId(32));
const WEBHOOK = { url: 'https://hooks.example/a', origin: 'https://clips.example' };

async function endTask(
  store: Store,
  customer: Customer,
  endedAt: Instant,
  own: Parameters<typeof claimNewTask>[2] = {},
): Promise<TaskId> {
  const { taskId, ...lease } = await claimNewTask(store, customer, { held: usd('1'), ...own });
  await store.queue.finish({ taskId, ...lease }, completed(usd('1')), endedAt, []);
  return taskId;
}

/** Leaves nothing that is still to be looked after. */
async function noteAllFilesRemoved(store: Store): Promise<void> {
  for (const { id } of await store.tasks.withFilesLeft(10_000)) await store.tasks.noteFilesRemoved(id);
}

export function describeRetention(test: StoreTest): void {
  describe('ended tasks', () => {
    test('are deleted by the time of their end, longest ago first, and stay in the books', async (store) => {
      const customer = await createCustomer(store, '10');
      const [second, first, later] = [
        await endTask(store, customer, at(-8000)),
        await endTask(store, customer, at(-9000)),
        await endTask(store, customer, at(-7000)),
      ];
      const waiting = await submitTask(store, customer, { createdAt: at(-9999) });
      assert.equal(await store.tasks.deleteEnded(at(-9001), at(5), 10), 0);
      assert.equal(await store.tasks.deleteEnded(at(-8000), at(5), 1), 1);
      assert.equal((await findTask(store, first)).deletedAt, at(5));
      assert.equal((await findTask(store, second)).deletedAt, undefined);
      assert.equal(await store.tasks.deleteEnded(at(-8000), at(6), 10), 1);
      assert.equal(await store.tasks.deleteEnded(at(-8000), at(7), 10), 0);
      assert.equal((await findTask(store, first)).deletedAt, at(5));
      assert.equal((await findTask(store, second)).deletedAt, at(6));
      for (const id of [later, waiting.id]) assert.equal((await findTask(store, id)).deletedAt, undefined);
      assert.equal(await store.tasks.find(first, customer.id), undefined);
      // Three charges, and one hold.
      assert.equal(await store.ledger.balance(customer.id), usd('5.8'));
      assert.equal((await store.ledger.listEntries(customer.id, 100)).length, 8);
      await assertBooksBalance(store);
      await store.tasks.deleteEnded(at(-7000), at(8), 10);
    });

    test('that are deleted are told until their files are noted to be gone', async (store) => {
      await noteAllFilesRemoved(store);
      const customer = await createCustomer(store);
      const ids = async () => (await store.tasks.withFilesLeft(10)).map(({ id }) => id);
      const [kept, gone, other] = [
        await endTask(store, customer, at(10)),
        await endTask(store, customer, at(10)),
        await endTask(store, customer, at(10)),
      ];
      await store.tasks.markDeleted([gone, other], customer.id, at(20));
      assert.deepEqual(await ids(), [gone, other]);
      assert.deepEqual(await store.tasks.withFilesLeft(1), [await findTask(store, gone)]);
      await store.tasks.noteFilesRemoved(gone);
      await store.tasks.noteFilesRemoved(gone);
      assert.deepEqual(await ids(), [other]);
      await store.tasks.noteFilesRemoved(other);
      assert.equal((await findTask(store, kept)).deletedAt, undefined);
    });

    test('that are deleted while they run are told once they have ended', async (store) => {
      await noteAllFilesRemoved(store);
      const customer = await createCustomer(store);
      const lease = await claimNewTask(store, customer);
      await store.tasks.markDeleted([lease.taskId], customer.id, at(20));
      assert.deepEqual(await store.tasks.withFilesLeft(10), []);
      await store.queue.finish(lease, FAILED, at(30), []);
      assert.deepEqual(
        (await store.tasks.withFilesLeft(10)).map(({ id }) => id),
        [lease.taskId],
      );
    });
  });

  describe('uploads', () => {
    test('are told by the time they came, oldest first, until they are forgotten', async (store) => {
      const [late, early] = [newId(), newId()];
      await store.uploads.note(late, at(-8000));
      await store.uploads.note(early, at(-9000));
      await store.uploads.note(early, at(0));
      assert.deepEqual(await store.uploads.notedUntil(at(-9001), 10), []);
      assert.deepEqual(await store.uploads.notedUntil(at(-8000), 10), [early, late]);
      assert.deepEqual(await store.uploads.notedUntil(at(-8000), 1), [early]);
      for (const id of [early, late, early]) await store.uploads.forget(id);
      assert.deepEqual(await store.uploads.notedUntil(at(0), 10), []);
    });
  });

  describe('told webhooks', () => {
    test('are forgotten with their attempts, and those that are to be sent are not', async (store) => {
      const customer = await createCustomer(store);
      const own = { webhook: WEBHOOK };
      const send = async (state: 'delivered' | 'dead') => {
        const due = await store.webhooks.claim({
          senderId: workerId('sender'),
          at: at(-6000),
          leaseExpiresAt: at(-5000),
          mostPerAccount: 10,
        });
        await store.webhooks.record(due!.lease, {
          durationMs: 3,
          answer: { status: state === 'dead' ? 500 : 200 },
          verdict: { state },
        });
        return due!.lease.taskId;
      };
      const delivered = await endTask(store, customer, at(-9000), own);
      assert.equal(await send('delivered'), delivered);
      const dead = await endTask(store, customer, at(-8000), own);
      assert.equal(await send('dead'), dead);
      const pending = await endTask(store, customer, at(-8500), own);
      assert.equal(await store.webhooks.forgetEnded(at(-9001), 10), 0);
      assert.equal(await store.webhooks.forgetEnded(at(-7000), 1), 1);
      assert.equal(await store.webhooks.find(delivered), undefined);
      assert.equal((await store.webhooks.find(dead))?.state, 'dead');
      assert.equal(await store.webhooks.forgetEnded(at(-7000), 10), 1);
      assert.equal(await store.webhooks.find(dead), undefined);
      assert.equal((await store.webhooks.find(pending))?.state, 'pending');
      assert.equal(await store.webhooks.resend(delivered, at(1)), false);
      assert.deepEqual((await findTask(store, delivered)).webhook, WEBHOOK);
      assert.equal(await send('delivered'), pending);
    });
  });
}
