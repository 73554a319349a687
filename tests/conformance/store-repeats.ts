import assert from 'node:assert/strict';
import { describe } from 'node:test';
import { usd } from '#domain/money.ts';
import type { Submission, Task } from '#domain/task/task.ts';
import type { Store } from '#ports/store.ts';
import type { StoreTest } from './store-conformance.ts';
import {
  at,
  CANCELLED,
  type Customer,
  claimNewTask,
  claimTask,
  completed,
  createCustomer,
  FAILED,
  findTask,
  hasCode,
  newTask,
  submitTask,
} from './store-fixture.ts';

const WINDOW_MS = 100;
const KEYED: Submission = { fingerprint: 'a', idempotencyKey: 'first' };

const submitWithin = (store: Store, customer: Customer, own: Partial<Task>) =>
  store.tasks.submit(newTask(customer, own), { duplicateWindowMs: WINDOW_MS });

export function describeRepeats(test: StoreTest): void {
  describe('repeated submits', () => {
    test('a key names one task: the same request gets it, whatever became of it, and is charged once', async (store) => {
      const customer = await createCustomer(store, '2');
      const lease = await claimNewTask(store, customer, { held: usd('2'), submission: KEYED });
      const { taskId } = lease;
      const running = await findTask(store, taskId);
      assert.deepEqual(await store.tasks.submit(newTask(customer, { submission: KEYED })), running);
      await store.queue.finish(lease, FAILED, at(30), []);
      await store.tasks.markDeleted([taskId], customer.id, at(40));
      const again = await store.tasks.submit(newTask(customer, { submission: KEYED }));
      assert.deepEqual([again.id, again.state], [taskId, 'failed']);
      assert.deepEqual(
        await store.tasks.findRepeated({
          accountId: customer.id,
          apiKeyId: customer.apiKeyId,
          submission: KEYED,
          at: at(9_000_000),
        }),
        again,
      );
      assert.equal(await store.ledger.balance(customer.id), usd('2'));
    });

    test('a key with another request is refused, and belongs to its account', async (store) => {
      const [customer, other] = [await createCustomer(store), await createCustomer(store)];
      const first = await submitTask(store, customer, { submission: KEYED });
      const different = newTask(customer, { submission: { ...KEYED, fingerprint: 'b' } });
      await assert.rejects(store.tasks.submit(different), (error: Error & { details?: object }) => {
        assert.deepEqual(error.details, { taskId: first.id });
        return hasCode('idempotency_key_reused')(error as never);
      });
      assert.equal(await store.tasks.find(different.id), undefined);
      const foreign = newTask(other, { submission: KEYED });
      assert.equal((await store.tasks.submit(foreign)).id, foreign.id);
      assert.equal((await store.tasks.list(customer.id, 10)).length, 1);
    });

    test('submits that race under one key are one', async (store) => {
      const customer = await createCustomer(store, '50');
      const answers = await Promise.all(
        Array.from({ length: 20 }, () =>
          store.tasks.submit(newTask(customer, { held: usd('2'), submission: KEYED })),
        ),
      );
      assert.equal(new Set(answers.map(({ id }) => id)).size, 1);
      assert.equal((await store.tasks.list(customer.id, 100)).length, 1);
      assert.equal(await store.ledger.balance(customer.id), usd('48'));
    });

    test('a key is free again when its submit was refused', async (store) => {
      const customer = await createCustomer(store, '1');
      const dear = newTask(customer, { held: usd('2'), submission: KEYED });
      await assert.rejects(store.tasks.submit(dear), hasCode('insufficient_credit'));
      await store.ledger.grant(customer.id, usd('1'), 'more', at(0));
      assert.equal((await store.tasks.submit(dear)).id, dear.id);
    });

    test('without a key, the same request of the same API key is one within the window', async (store) => {
      const customer = await createCustomer(store);
      const submission = { fingerprint: 'a' };
      const first = await submitWithin(store, customer, { submission, createdAt: at(1000) });
      const idAt = async (ms: number, own: Partial<Task> = {}) =>
        (await submitWithin(store, customer, { submission, createdAt: at(ms), ...own })).id;
      assert.equal(await idAt(1000), first.id);
      assert.equal(await idAt(1000 + WINDOW_MS - 1), first.id);
      assert.notEqual(await idAt(1001, { submission: { fingerprint: 'b' } }), first.id);
      assert.notEqual(await idAt(1001, { submission: { ...submission, idempotencyKey: 'new' } }), first.id);
      const stranger = await createCustomer(store);
      const foreign = await submitWithin(store, stranger, { submission, createdAt: at(1001) });
      assert.notEqual(foreign.id, first.id);
      const unlimited = await store.tasks.submit(newTask(customer, { submission, createdAt: at(1001) }));
      assert.notEqual(unlimited.id, first.id);
    });

    test('the window has an end, and one that failed, was cancelled or deleted does not count', async (store) => {
      const customer = await createCustomer(store);
      const own = { submission: { fingerprint: 'a' }, createdAt: at(0) };
      const ids: string[] = [];
      for (const ending of [FAILED, CANCELLED, completed(usd('1'))]) {
        ids.push((await submitWithin(store, customer, own)).id);
        const lease = await claimTask(store);
        assert.equal(lease.taskId, ids.at(-1));
        await store.queue.finish(lease, ending, at(30), []);
      }
      const last = await findTask(store, (await submitWithin(store, customer, own)).id);
      assert.equal(last.id, ids[2]);
      await store.tasks.markDeleted([last.id], customer.id, at(40));
      ids.push((await submitWithin(store, customer, own)).id);
      ids.push((await submitWithin(store, customer, { ...own, createdAt: at(WINDOW_MS) })).id);
      assert.equal(new Set(ids).size, 5);
    });
  });
}
