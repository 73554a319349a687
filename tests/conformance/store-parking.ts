import assert from 'node:assert/strict';
import { describe } from 'node:test';
import { taskId } from '#domain/ids.ts';
import { usd, ZERO } from '#domain/money.ts';
import type { EngineStart } from '#domain/task/engine-start.ts';
import type { Store } from '#ports/store.ts';
import type { Lease, StartVerdict } from '#ports/task-queue.ts';
import type { StoreTest } from './store-conformance.ts';
import {
  assertBooksBalance,
  assertLeaseLost,
  at,
  type Customer,
  claimNewTask,
  claimTask,
  completed,
  createCustomer,
  FAILED,
  findTask,
  logLine,
  submitTask,
  WORKER,
} from './store-fixture.ts';

const START: EngineStart = { correlationId: 'task-1', sentAt: at(15) };
const GIVEN_UP: StartVerdict = {
  kind: 'givenUp',
  error: { code: 'engine_start_unknown', message: 'Nobody knows.' },
};

/** A task of which it is not known whether its job was started. */
async function park(store: Store, customer: Customer): Promise<Lease> {
  const lease = await claimNewTask(store, customer, { held: usd('2') });
  await store.queue.noteEngineStart(lease, { engine: 'paid', start: START });
  await store.queue.park(lease, at(30), [logLine('nobody knows')]);
  return lease;
}

export function describeParking(test: StoreTest): void {
  describe('starts of paid jobs', () => {
    test('a noted start binds the engine, outlives its lease, and gives way to the handle', async (store) => {
      const lease = await claimNewTask(store, await createCustomer(store));
      await store.queue.noteEngineStart(lease, { engine: 'paid', start: START });
      const noted = await findTask(store, lease.taskId);
      assert.deepEqual([noted.engine, noted.engineStart], ['paid', START]);
      await store.queue.reapAll(at(40));
      const next = await claimTask(store);
      assert.deepEqual((await findTask(store, lease.taskId)).engineStart, START);
      await store.queue.giveBack(next, { crashed: false }, at(41), []);
      const last = await claimTask(store);
      assert.deepEqual((await findTask(store, lease.taskId)).engineStart, START);
      await store.queue.saveEngineHandle(last, 'job-1');
      const known = await findTask(store, lease.taskId);
      assert.deepEqual([known.engineHandle, 'engineStart' in known], ['job-1', false]);
      await store.queue.noteEngineStart(last, {
        engine: 'other',
        start: { ...START, correlationId: 'task-3' },
      });
      assert.equal('engineHandle' in (await findTask(store, lease.taskId)), false);
      await store.queue.forgetEngineStart(last);
      assert.equal('engineStart' in (await findTask(store, lease.taskId)), false);
    });

    test('a parked task is nobody’s: it is processing, and no worker, reaper or cancel gets at it', async (store) => {
      const customer = await createCustomer(store, '10');
      const lease = await park(store, customer);
      const parked = await findTask(store, lease.taskId);
      assert.deepEqual([parked.state, parked.parkedAt, parked.engineStart], ['processing', at(30), START]);
      assert.equal(await store.ledger.balance(customer.id), usd('8'));
      await assertLeaseLost(store.queue.finish(lease, FAILED, at(31), []));
      await assertLeaseLost(store.queue.saveEngineHandle(lease, 'x'));
      await assertLeaseLost(store.queue.noteEngineStart(lease, { engine: 'x', start: START }));
      await assertLeaseLost(store.queue.forgetEngineStart(lease));
      await assertLeaseLost(store.queue.park(lease, at(32), []));
      assert.deepEqual(await store.queue.reap(at(9_000_000_000)), []);
      assert.deepEqual(await store.queue.reapAll(at(50)), []);
      assert.equal(await store.queue.claim(WORKER, at(51), at(99)), undefined);
      const asked = await store.tasks.requestCancel(lease.taskId, customer.id, at(60));
      assert.deepEqual([asked?.state, asked?.cancelRequestedAt], ['processing', at(60)]);
      assert.equal(await store.ledger.balance(customer.id), usd('8'));
      assert.deepEqual(
        (await store.tasks.readLog(lease.taskId, 0)).map(({ message }) => message),
        ['nobody knows'],
      );
      await assertBooksBalance(store);
    });

    test('parked tasks are listed, longest first, and counted apart', async (store) => {
      const customer = await createCustomer(store);
      const first = await park(store, customer);
      const second = await park(store, customer);
      const listed = await store.queue.listParked(10);
      assert.deepEqual(
        listed.map(({ id }) => id),
        [first.taskId, second.taskId],
      );
      assert.deepEqual(listed[0], await findTask(store, first.taskId));
      assert.equal((await store.queue.listParked(1)).length, 1);
      const { parked, processing, waiting } = await store.queue.depth();
      assert.deepEqual({ parked, processing, waiting }, { parked: 2, processing: 0, waiting: 0 });
      // Nobody works on them: their account may have as much done as before.
      await submitTask(store, customer);
      assert.ok(await store.queue.claim(WORKER, at(70), at(99), { mostPerAccount: 1 }));
    });

    test('a job that was found is asked for by the next worker', async (store) => {
      const lease = await park(store, await createCustomer(store, '10'));
      const verdict = { kind: 'found', handle: { id: 'job-1' } } as const;
      const task = await store.queue.unpark(lease.taskId, verdict, at(80), [logLine('found')]);
      assert.deepEqual(task, await findTask(store, lease.taskId));
      assert.deepEqual([task?.state, task?.engineHandle], ['created', { id: 'job-1' }]);
      assert.ok(task !== undefined && !('engineStart' in task) && !('parkedAt' in task));
      const next = await claimTask(store);
      assert.equal(next.attempt, 2);
      await store.queue.finish(next, completed(usd('2')), at(90), []);
    });

    test('a job that never was queues again, and one that is given up fails without a charge', async (store) => {
      const customer = await createCustomer(store, '10');
      const lease = await park(store, customer);
      const again = await store.queue.unpark(lease.taskId, { kind: 'absent' }, at(80), []);
      assert.equal(again?.state, 'created');
      assert.ok(!('engineStart' in again) && !('engineHandle' in again));
      const next = await claimTask(store);
      await store.queue.noteEngineStart(next, { engine: 'paid', start: START });
      await store.queue.park(next, at(81), []);
      const failed = await store.queue.unpark(lease.taskId, GIVEN_UP, at(82), [logLine('given up')]);
      assert.deepEqual(
        [failed?.state, failed?.charged, failed?.finishedAt, failed?.error?.code],
        ['failed', ZERO, at(82), 'engine_start_unknown'],
      );
      assert.equal(await store.ledger.balance(customer.id), usd('10'));
      assert.equal((await store.tasks.readLog(lease.taskId, 0)).at(-1)?.message, 'given up');
    });

    test('a cancel that waited is carried out when the job is found or never was', async (store) => {
      const customer = await createCustomer(store, '10');
      for (const verdict of [{ kind: 'found', handle: 'job-1' }, { kind: 'absent' }] as const) {
        const lease = await park(store, customer);
        await store.tasks.requestCancel(lease.taskId, customer.id, at(70));
        const task = await store.queue.unpark(lease.taskId, verdict, at(80), []);
        assert.deepEqual([task?.state, task?.cancelRequestedAt], ['cancelled', at(70)]);
        assert.equal(task?.engineHandle, verdict.kind === 'found' ? 'job-1' : undefined);
        assert.equal(await store.ledger.balance(customer.id), usd('10'));
      }
    });

    test('only a parked task is taken out of its parking', async (store) => {
      const lease = await claimNewTask(store, await createCustomer(store));
      const before = await findTask(store, lease.taskId);
      for (const verdict of [GIVEN_UP, { kind: 'absent' } as const]) {
        assert.equal(await store.queue.unpark(lease.taskId, verdict, at(80), [logLine('x')]), undefined);
        assert.equal(await store.queue.unpark(taskId('d'.repeat(32)), verdict, at(80), []), undefined);
      }
      assert.deepEqual(await findTask(store, lease.taskId), before);
      assert.deepEqual(await store.tasks.readLog(lease.taskId, 0), []);
    });
  });
}
