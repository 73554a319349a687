import assert from 'node:assert/strict';
import { describe } from 'node:test';
import { taskId } from '#domain/ids.ts';
import { usd, ZERO } from '#domain/money.ts';
import type { StoreTest } from './store-conformance.ts';
import {
  at,
  CANCELLED,
  claimNewTask,
  completed,
  createCustomer,
  FAILED,
  findTask,
  logLine,
  submitTask,
  WORKER,
} from './store-fixture.ts';

export function describeCancel(test: StoreTest): void {
  describe('cancelling', () => {
    test('a waiting task ends at once and its hold comes back', async (store) => {
      const customer = await createCustomer(store, '5');
      const task = await submitTask(store, customer, { held: usd('2') });
      const cancelled = await store.tasks.requestCancel(task.id, customer.id, at(60));
      assert.equal(cancelled?.state, 'cancelled');
      assert.equal(cancelled.error?.code, 'cancelled');
      assert.equal(cancelled.charged, ZERO);
      assert.equal(cancelled.cancelRequestedAt, at(60));
      assert.equal(cancelled.finishedAt, at(60));
      assert.deepEqual(await findTask(store, task.id), cancelled);
      assert.equal(await store.ledger.balance(customer.id), usd('5'));
      assert.equal(await store.queue.claim(WORKER, at(61), at(99)), undefined);
    });

    test('of a running task the wish is noted, and the first one counts', async (store) => {
      const customer = await createCustomer(store, '5');
      const lease = await claimNewTask(store, customer, { held: usd('2') });
      const noted = await store.tasks.requestCancel(lease.taskId, customer.id, at(60));
      assert.equal(noted?.state, 'processing');
      assert.equal(noted.cancelRequestedAt, at(60));
      assert.deepEqual(await store.tasks.requestCancel(lease.taskId, customer.id, at(65)), noted);
      const beat = { at: at(66), leaseExpiresAt: at(1000), progress: 0, log: [] };
      assert.deepEqual(await store.queue.heartbeat(lease, beat), { cancelRequested: true });
      assert.equal(await store.ledger.balance(customer.id), usd('3'));
      await store.queue.finish(lease, CANCELLED, at(70), []);
      assert.equal(await store.ledger.balance(customer.id), usd('5'));
      assert.equal((await findTask(store, lease.taskId)).cancelRequestedAt, at(60));
    });

    test('a running task may still complete after the wish', async (store) => {
      const customer = await createCustomer(store, '5');
      const lease = await claimNewTask(store, customer, { held: usd('2') });
      await store.tasks.requestCancel(lease.taskId, customer.id, at(60));
      await store.queue.finish(lease, completed(usd('2')), at(70), []);
      assert.equal((await findTask(store, lease.taskId)).state, 'completed');
      assert.equal(await store.ledger.balance(customer.id), usd('3'));
    });

    test('a final task stays as it is', async (store) => {
      const customer = await createCustomer(store, '20');
      for (const ending of [completed(usd('1')), FAILED, CANCELLED]) {
        const lease = await claimNewTask(store, customer, { held: usd('2') });
        await store.queue.finish(lease, ending, at(70), []);
        const final = await findTask(store, lease.taskId);
        assert.deepEqual(await store.tasks.requestCancel(lease.taskId, customer.id, at(80)), final);
        assert.deepEqual(await findTask(store, lease.taskId), final);
      }
      const waiting = await submitTask(store, customer);
      const cancelled = await store.tasks.requestCancel(waiting.id, customer.id, at(80));
      assert.deepEqual(await store.tasks.requestCancel(waiting.id, customer.id, at(90)), cancelled);
      assert.equal(await store.ledger.balance(customer.id), usd('19'));
    });

    test("nobody cancels another account's task or one that is not there", async (store) => {
      const stranger = await createCustomer(store);
      const task = await submitTask(store, await createCustomer(store));
      assert.equal(await store.tasks.requestCancel(task.id, stranger.id, at(60)), undefined);
      assert.equal(await store.tasks.requestCancel(taskId('b'.repeat(32)), stranger.id, at(60)), undefined);
      assert.deepEqual(await findTask(store, task.id), task);
    });

    test('a wish outlives the worker: reaping carries it out', async (store) => {
      const customer = await createCustomer(store, '5');
      const lease = await claimNewTask(store, customer, { held: usd('2') });
      await store.tasks.requestCancel(lease.taskId, customer.id, at(60));
      assert.deepEqual(await store.queue.reap(at(1000)), [lease.taskId]);
      const task = await findTask(store, lease.taskId);
      assert.equal(task.state, 'cancelled');
      assert.equal(task.error?.code, 'cancelled');
      assert.equal(task.cancelRequestedAt, at(60));
      assert.equal(task.finishedAt, at(1000));
      assert.equal(await store.ledger.balance(customer.id), usd('5'));
      assert.equal(await store.queue.claim(WORKER, at(1001), at(1002)), undefined);
      assert.deepEqual(await store.queue.reap(at(2000)), []);
    });

    test('reapAll carries wishes out as well', async (store) => {
      const customer = await createCustomer(store, '5');
      const lease = await claimNewTask(store, customer, { held: usd('2') });
      await store.tasks.requestCancel(lease.taskId, customer.id, at(60));
      assert.deepEqual(await store.queue.reapAll(at(61)), [lease.taskId]);
      assert.equal((await findTask(store, lease.taskId)).state, 'cancelled');
      assert.equal(await store.ledger.balance(customer.id), usd('5'));
    });

    test('giving a task back carries the wish out', async (store) => {
      const customer = await createCustomer(store, '5');
      const lease = await claimNewTask(store, customer, { held: usd('2') });
      await store.tasks.requestCancel(lease.taskId, customer.id, at(60));
      await store.queue.giveBack(lease, { crashed: true }, at(70), [logLine('the engine died')]);
      const task = await findTask(store, lease.taskId);
      assert.equal(task.state, 'cancelled');
      assert.equal(task.crashes, 1);
      assert.equal(task.finishedAt, at(70));
      assert.equal((await store.tasks.readLog(lease.taskId, 0)).length, 1);
      assert.equal(await store.ledger.balance(customer.id), usd('5'));
    });
  });
}
