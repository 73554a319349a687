import assert from 'node:assert/strict';
import { describe } from 'node:test';
import type { TaskId } from '#domain/ids.ts';
import type { Store } from '#ports/store.ts';
import type { ClaimLimits } from '#ports/task-queue.ts';
import type { StoreTest } from './store-conformance.ts';
import {
  at,
  claimNewTask,
  claimTask,
  createCustomer,
  findTask,
  hasCode,
  submitTask,
  WORKER,
} from './store-fixture.ts';

const START = { correlationId: 'c-1', sentAt: at(15) };

async function claimId(store: Store, limits: ClaimLimits): Promise<TaskId | undefined> {
  return (await store.queue.claim(WORKER, at(20), at(1000), limits))?.id;
}

export function describeEngineLimits(test: StoreTest): void {
  describe('limits of an engine', () => {
    test('tasks of an engine that has as many as it may have are passed over, others are not', async (store) => {
      const [first, second] = [await createCustomer(store), await createCustomer(store)];
      const limits = { mostPerEngine: { paid: 1 } };
      const running = await submitTask(store, first, { engine: 'paid' });
      assert.equal(await claimId(store, limits), running.id);
      const waiting = await submitTask(store, first, { engine: 'paid' });
      const behind = await submitTask(store, first, { engine: 'own' });
      const elsewhere = await submitTask(store, second, { engine: 'own' });
      const taken = [await claimId(store, limits), await claimId(store, limits)];
      assert.deepEqual(taken.toSorted(), [behind.id, elsewhere.id].toSorted());
      assert.equal(await claimId(store, limits), undefined);
      assert.equal(await claimId(store, { mostPerEngine: { paid: 2 } }), waiting.id);
    });

    test('a parked task takes no place', async (store) => {
      const customer = await createCustomer(store);
      const lease = await claimNewTask(store, customer, { engine: 'paid' });
      await store.queue.park(lease, at(30), []);
      const next = await submitTask(store, customer, { engine: 'paid' });
      assert.equal(await claimId(store, { mostPerEngine: { paid: 1 } }), next.id);
    });

    test('a start at another engine is noted only where that one has room', async (store) => {
      const customer = await createCustomer(store);
      const other = await claimNewTask(store, customer, { engine: 'paid' });
      const lease = await claimNewTask(store, customer, { engine: 'own' });
      await assert.rejects(
        store.queue.noteEngineStart(lease, { engine: 'paid', start: START, mostJobs: 1 }),
        hasCode('engine_busy'),
      );
      const { engine, engineStart } = await findTask(store, lease.taskId);
      assert.deepEqual([engine, engineStart], ['own', undefined]);
      await store.queue.noteEngineStart(other, { engine: 'paid', start: START, mostJobs: 1 });
      await store.queue.noteEngineStart(lease, { engine: 'paid', start: START, mostJobs: 2 });
      assert.equal((await findTask(store, lease.taskId)).engine, 'paid');
    });

    test('a task given back for later joins the queue then, with the engine that it was given', async (store) => {
      const customer = await createCustomer(store);
      const lease = await claimNewTask(store, customer, { engine: 'paid' });
      const reason = { crashed: false, startAfter: at(500), engine: 'own' };
      await store.queue.giveBack(lease, reason, at(50), []);
      const delayed = await findTask(store, lease.taskId);
      assert.deepEqual([delayed.state, delayed.startAfter, delayed.engine], ['created', at(500), 'own']);
      assert.equal(await store.queue.claim(WORKER, at(60), at(1000)), undefined);
      assert.deepEqual(await store.queue.release(at(499)), []);
      assert.deepEqual(await store.queue.release(at(500)), [lease.taskId]);
      assert.equal((await claimTask(store)).attempt, 2);
      assert.equal(await store.queue.claim(WORKER, at(60), at(1000)), undefined);
    });

    test('a task given back for later can be cancelled', async (store) => {
      const customer = await createCustomer(store);
      const lease = await claimNewTask(store, customer);
      await store.queue.giveBack(lease, { crashed: false, startAfter: at(500) }, at(50), []);
      const cancelled = await store.tasks.requestCancel(lease.taskId, customer.id, at(60));
      assert.equal(cancelled?.state, 'cancelled');
      assert.deepEqual(await store.queue.release(at(500)), []);
      await submitTask(store, customer);
      await claimTask(store);
      assert.equal(await store.queue.claim(WORKER, at(60), at(1000)), undefined);
    });
  });
}
