/** Tasks that may not start before a moment of their own. */
import assert from 'node:assert/strict';
import { describe } from 'node:test';
import { usd } from '#domain/money.ts';
import type { StoreTest } from './store-conformance.ts';
import {
  assertBooksBalance,
  at,
  claimTask,
  createCustomer,
  findTask,
  submitTask,
  WORKER,
} from './store-fixture.ts';

export function describeDelays(test: StoreTest): void {
  describe('delayed tasks', () => {
    test('a delayed task is out of reach until it is released, and then takes its own place', async (store) => {
      const customer = await createCustomer(store);
      const delayed = await submitTask(store, customer, { startAfter: at(50) });
      assert.deepEqual(await findTask(store, delayed.id), delayed);
      assert.equal(await store.queue.claim(WORKER, at(99), at(199)), undefined);
      const other = await submitTask(store, customer);
      assert.equal(await store.tasks.queuePosition(other.id), 0);
      assert.deepEqual(await store.queue.release(at(49)), []);
      assert.deepEqual(await store.queue.release(at(50)), [delayed.id]);
      assert.deepEqual(await store.queue.release(at(50)), []);
      assert.equal('startAfter' in (await findTask(store, delayed.id)), false);
      assert.equal(await store.tasks.queuePosition(other.id), 1);
      for (const id of [delayed.id, other.id]) assert.equal((await claimTask(store)).taskId, id);
      assert.equal(await store.queue.claim(WORKER, at(99), at(199)), undefined);
    });

    test('a delayed task takes no turn of others, and none is owed to it', async (store) => {
      const [first, second] = await Promise.all([1, 2].map(() => createCustomer(store)));
      const delayed = await submitTask(store, first!, { startAfter: at(50) });
      const other = await submitTask(store, second!);
      assert.equal((await claimTask(store)).taskId, other.id);
      await store.queue.release(at(50));
      assert.equal((await claimTask(store)).taskId, delayed.id);
    });

    test('a delayed task can be cancelled and expires, free of charge and without a place in the queue', async (store) => {
      const customer = await createCustomer(store, '5');
      const own = { held: usd('2'), startAfter: at(50) };
      const cancelled = await submitTask(store, customer, own);
      const late = await submitTask(store, customer, { ...own, startBy: at(40) });
      assert.equal((await store.tasks.requestCancel(cancelled.id, customer.id, at(30)))?.state, 'cancelled');
      assert.deepEqual(await store.queue.expire(at(45)), [late.id]);
      assert.deepEqual(await store.queue.release(at(60)), []);
      assert.equal(await store.ledger.balance(customer.id), usd('5'));
      const next = await submitTask(store, customer);
      assert.equal(await store.tasks.queuePosition(next.id), 0);
      assert.equal((await claimTask(store)).taskId, next.id);
      await assertBooksBalance(store);
    });

    test('what the emulator is to do to a task is kept with it', async (store) => {
      const customer = await createCustomer(store);
      const emulation = {
        paceSeconds: 7.5,
        failure: { code: 'content_refused', message: 'Refused.', path: ['prompt'] },
        webhookLoss: 2,
      } as const;
      const { id } = await submitTask(store, customer, { emulation });
      assert.deepEqual((await findTask(store, id)).emulation, emulation);
      assert.deepEqual((await store.queue.claim(WORKER, at(10), at(99)))?.emulation, emulation);
    });
  });
}
