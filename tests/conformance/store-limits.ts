import assert from 'node:assert/strict';
import { describe } from 'node:test';
import type { AnimaticError } from '#domain/errors.ts';
import type { Store } from '#ports/store.ts';
import type { StoreTest } from './store-conformance.ts';
import {
  at,
  CANCELLED,
  type Customer,
  createCustomer,
  findTask,
  hasCode,
  newTask,
  submitTasks,
  WORKER,
} from './store-fixture.ts';

const MINUTE_MS = 60_000;
/** `ms` after a minute of the clock began. */
const inMinute = (ms: number) => at(Math.ceil(at(0) / MINUTE_MS) * MINUTE_MS - at(0) + ms);

export function describeLimits(test: StoreTest): void {
  describe('limits of an account', () => {
    const submitAt = (store: Store, customer: Customer, ms: number) =>
      store.tasks.submit(newTask(customer, { createdAt: inMinute(ms) }), { mostPerMinute: 2 });

    test('a minute holds so many submits, and the next one is told when to come', async (store) => {
      const [customer, other] = [await createCustomer(store), await createCustomer(store)];
      await submitAt(store, customer, 0);
      await submitAt(store, customer, 29_000);
      await assert.rejects(submitAt(store, customer, 29_001), (error: AnimaticError) => {
        assert.deepEqual(error.details, { limit: 2, retryAfterSeconds: 31 });
        return hasCode('rate_limited')(error);
      });
      await submitAt(store, other, 29_001);
      assert.equal((await store.tasks.list(customer.id, 10)).length, 2);
      await submitAt(store, customer, MINUTE_MS);
    });

    test('submits that race never get past the limit', async (store) => {
      const customer = await createCustomer(store);
      const outcomes = await Promise.allSettled(
        Array.from({ length: 10 }, () => submitAt(store, customer, 5)),
      );
      assert.equal(outcomes.filter(({ status }) => status === 'fulfilled').length, 2);
    });

    test('an account with enough running tasks is passed over until one ends', async (store) => {
      const [busy, other] = [await createCustomer(store), await createCustomer(store)];
      await submitTasks(store, busy, 3);
      const claim = () => store.queue.claim(WORKER, at(1), at(1000), { mostPerAccount: 2 });
      const first = await claim();
      assert.deepEqual([first?.accountId, (await claim())?.accountId], [busy.id, busy.id]);
      assert.equal(await claim(), undefined);
      const [foreign] = await submitTasks(store, other, 1);
      assert.equal((await claim())?.id, foreign!.id);
      assert.equal(await claim(), undefined);
      await store.queue.finish({ taskId: first!.id, workerId: WORKER, attempt: 1 }, CANCELLED, at(2), []);
      const third = await claim();
      assert.equal(third?.accountId, busy.id);
      assert.equal((await findTask(store, third.id)).state, 'processing');
    });
  });
}
