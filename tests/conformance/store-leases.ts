import assert from 'node:assert/strict';
import { describe } from 'node:test';
import { taskId, workerId } from '#domain/ids.ts';
import { usd } from '#domain/money.ts';
import type { Store } from '#ports/store.ts';
import type { Lease } from '#ports/task-queue.ts';
import type { StoreTest } from './store-conformance.ts';
import {
  assertLeaseLost,
  at,
  claimNewTask,
  claimTask,
  completed,
  createCustomer,
  FAILED,
  findTask,
  logLine,
  submitTask,
  submitTasks,
  WORKER,
} from './store-fixture.ts';

const beat = (store: Store, lease: Lease, progress: number, leaseExpiresAt = at(1000)) =>
  store.queue.heartbeat(lease, { at: at(20), leaseExpiresAt, progress, log: [] });

export function describeLeases(test: StoreTest): void {
  describe('leases', () => {
    test('a heartbeat extends the lease', async (store) => {
      const lease = await claimNewTask(store, await createCustomer(store));
      assert.deepEqual(await beat(store, lease, 0.1, at(5000)), { cancelRequested: false });
      assert.deepEqual(await store.queue.reap(at(4999)), []);
      assert.deepEqual(await store.queue.reap(at(5000)), [lease.taskId]);
    });

    test('progress never goes down within an attempt and starts over with the next', async (store) => {
      const lease = await claimNewTask(store, await createCustomer(store));
      const progressAfter = async (progress: number) => {
        await beat(store, lease, progress);
        return (await findTask(store, lease.taskId)).progress;
      };
      assert.equal(await progressAfter(0.25), 0.25);
      assert.equal(await progressAfter(0.1), 0.25);
      assert.equal(await progressAfter(0.75), 0.75);
      await store.queue.reapAll(at(30));
      assert.equal((await findTask(store, lease.taskId)).progress, 0);
      const next = await claimTask(store);
      await beat(store, next, 0.1);
      assert.equal((await findTask(store, lease.taskId)).progress, 0.1);
    });

    test('an engine handle is any JSON and stays with the task', async (store) => {
      const lease = await claimNewTask(store, await createCustomer(store));
      assert.equal('engineHandle' in (await findTask(store, lease.taskId)), false);
      for (const handle of [null, 'job-7', { queue: ['a', 1], url: 'https://x.example' }, 0, false]) {
        await store.queue.saveEngineHandle(lease, handle);
        assert.deepEqual((await findTask(store, lease.taskId)).engineHandle, handle);
      }
    });

    test('a wrong attempt, worker or task changes nothing', async (store) => {
      const lease = await claimNewTask(store, await createCustomer(store));
      const before = await findTask(store, lease.taskId);
      const wrong: Lease[] = [
        { ...lease, attempt: 0 },
        { ...lease, attempt: 2 },
        { ...lease, workerId: workerId('worker-2') },
        { ...lease, taskId: taskId('c'.repeat(32)) },
      ];
      for (const stranger of wrong) {
        const line = [logLine('from a stranger')];
        const report = { at: at(20), leaseExpiresAt: at(9000), progress: 0.9, log: line };
        await assertLeaseLost(store.queue.heartbeat(stranger, report));
        await assertLeaseLost(store.queue.saveEngineHandle(stranger, 'x'));
        await assertLeaseLost(store.queue.finish(stranger, FAILED, at(40), line));
        await assertLeaseLost(store.queue.giveBack(stranger, { crashed: true }, at(40), line));
      }
      assert.deepEqual(await findTask(store, lease.taskId), before);
      assert.deepEqual(await store.tasks.readLog(lease.taskId, 0), []);
      assert.deepEqual(await store.queue.reap(at(1000)), [lease.taskId]);
    });

    test('a worker that lost its lease cannot touch what the next one does', async (store) => {
      const customer = await createCustomer(store, '10');
      const late = await claimNewTask(store, customer, { held: usd('2') });
      await store.queue.reap(at(1000));
      await assertLeaseLost(store.queue.finish(late, FAILED, at(1001), []));
      const next = await claimTask(store, at(3000), workerId('worker-2'));
      assert.deepEqual({ ...next, workerId: WORKER }, { ...late, attempt: 2 });
      await assertLeaseLost(store.queue.finish(late, FAILED, at(1002), []));
      await assertLeaseLost(beat(store, late, 0.5));
      await store.queue.finish(next, completed(usd('2')), at(1003), []);
      assert.equal((await findTask(store, late.taskId)).state, 'completed');
      assert.equal(await store.ledger.balance(customer.id), usd('8'));
    });

    test('an expired lease is good until the task is queued again', async (store) => {
      const lease = await claimNewTask(store, await createCustomer(store));
      await beat(store, lease, 0.5, at(2000));
      assert.deepEqual(await store.queue.reap(at(1999)), []);
      await store.queue.finish(lease, FAILED, at(9000), []);
      assert.deepEqual(await store.queue.reap(at(9000)), []);
    });

    test('a task given back is the next of its account, without its handle, with its hold', async (store) => {
      const customer = await createCustomer(store, '10');
      const lease = await claimNewTask(store, customer, { held: usd('1') });
      await submitTasks(store, customer, 2);
      const balance = await store.ledger.balance(customer.id);
      await store.queue.saveEngineHandle(lease, 'job-1');
      await beat(store, lease, 0.5);
      await store.queue.giveBack(lease, { crashed: false }, at(50), [logLine('shutting down')]);
      const waiting = await findTask(store, lease.taskId);
      assert.equal(waiting.state, 'created');
      assert.equal(waiting.attempt, 1);
      assert.equal(waiting.crashes, 0);
      assert.equal(waiting.progress, 0);
      assert.equal('engineHandle' in waiting, false);
      assert.equal(waiting.startedAt, at(10));
      assert.equal(await store.ledger.balance(customer.id), balance);
      assert.deepEqual(await store.tasks.readLog(lease.taskId, 0), [
        { number: 1, ...logLine('shutting down') },
      ]);
      await assertLeaseLost(beat(store, lease, 0.6));
      assert.equal(await store.tasks.queuePosition(lease.taskId), 0);
      assert.deepEqual(await claimTask(store), { ...lease, attempt: 2 });
    });

    test('a task given back with its handle keeps it for the next attempt', async (store) => {
      const lease = await claimNewTask(store, await createCustomer(store));
      const handle = { request: 'r-1', url: 'https://engine.example/r-1' };
      await store.queue.saveEngineHandle(lease, handle);
      await store.queue.giveBack(lease, { crashed: false, keepsHandle: true }, at(50), []);
      const waiting = await findTask(store, lease.taskId);
      assert.deepEqual([waiting.state, waiting.engineHandle], ['created', handle]);
      await claimTask(store);
      assert.deepEqual((await findTask(store, lease.taskId)).engineHandle, handle);
    });

    test('only crashes count against a task', async (store) => {
      const lease = await claimNewTask(store, await createCustomer(store));
      await store.queue.giveBack(lease, { crashed: true }, at(50), []);
      await store.queue.giveBack(await claimTask(store), { crashed: false }, at(51), []);
      await claimTask(store);
      await store.queue.reapAll(at(52));
      await store.queue.giveBack(await claimTask(store), { crashed: true }, at(53), []);
      const task = await findTask(store, lease.taskId);
      assert.equal(task.attempt, 4);
      assert.equal(task.crashes, 2);
    });

    test('reaping takes what expired at or before the moment, once, and keeps the handle', async (store) => {
      const customer = await createCustomer(store);
      const [first, second, third] = await submitTasks(store, customer, 3);
      for (const leaseExpiresAt of [at(100), at(200), at(300)]) await claimTask(store, leaseExpiresAt);
      await store.queue.saveEngineHandle({ taskId: second!.id, workerId: WORKER, attempt: 1 }, 'job-2');
      assert.deepEqual((await store.queue.reap(at(200))).toSorted(), [first!.id, second!.id].toSorted());
      assert.deepEqual(await store.queue.reap(at(200)), []);
      const waiting = await findTask(store, second!.id);
      assert.equal(waiting.state, 'created');
      assert.equal(waiting.engineHandle, 'job-2');
      assert.equal(waiting.crashes, 0);
      assert.equal((await findTask(store, third!.id)).state, 'processing');
      assert.deepEqual(await claimTask(store), { taskId: first!.id, workerId: WORKER, attempt: 2 });
    });

    test('reapAll takes every lease and nothing else', async (store) => {
      const customer = await createCustomer(store);
      await submitTasks(store, customer, 2);
      const leases = [await claimTask(store, at(1)), await claimTask(store, at(1_000_000))];
      const waiting = await submitTask(store, customer);
      const reaped = await store.queue.reapAll(at(0));
      assert.deepEqual(reaped.toSorted(), leases.map((lease) => lease.taskId).toSorted());
      assert.deepEqual(await findTask(store, waiting.id), waiting);
      assert.deepEqual(await store.queue.reapAll(at(0)), []);
    });
  });
}
