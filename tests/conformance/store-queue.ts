import assert from 'node:assert/strict';
import { describe } from 'node:test';
import { workerId } from '#domain/ids.ts';
import { usd, ZERO } from '#domain/money.ts';
import type { StoreTest } from './store-conformance.ts';
import {
  assertBooksBalance,
  assertLeaseLost,
  at,
  CANCELLED,
  claimNewTask,
  claimTask,
  completed,
  createCustomer,
  emptyQueue,
  FAILED,
  findTask,
  logLine,
  OUTPUT,
  submitTask,
  submitTasks,
  WORKER,
} from './store-fixture.ts';

export function describeQueue(test: StoreTest): void {
  describe('claiming and finishing', () => {
    test('an empty queue gives nothing', async (store) => {
      assert.equal(await store.queue.claim(WORKER, at(1), at(2)), undefined);
    });

    test('a claimed task is processing, in its first attempt, since the claim', async (store) => {
      const task = await submitTask(store, await createCustomer(store));
      const claimed = await store.queue.claim(WORKER, at(33), at(90));
      assert.deepEqual(claimed, { ...task, state: 'processing', attempt: 1, startedAt: at(33) });
      assert.deepEqual(await store.tasks.find(task.id), claimed);
      assert.equal(await store.queue.claim(WORKER, at(34), at(90)), undefined);
    });

    test('an account is served in the order it submitted, whatever its clock said', async (store) => {
      const customer = await createCustomer(store);
      const tasks = [at(5), at(3), at(9)].map((createdAt) => submitTask(store, customer, { createdAt }));
      const ids = (await Promise.all(tasks)).map(({ id }) => id);
      for (const id of ids) assert.equal((await claimTask(store)).taskId, id);
    });

    test('twelve claimers at once never get the same task twice', async (store) => {
      const customers = await Promise.all([1, 2, 3].map(() => createCustomer(store)));
      const submitted = await Promise.all(customers.map((customer) => submitTasks(store, customer, 30)));
      const claimed: string[] = [];
      const claimUntilEmpty = async (_: unknown, index: number) => {
        for (;;) {
          const task = await store.queue.claim(workerId(`claimer-${index}`), at(10), at(1000));
          if (task === undefined) return;
          assert.equal(task.attempt, 1);
          claimed.push(task.id);
        }
      };
      await Promise.all(Array.from({ length: 12 }, claimUntilEmpty));
      assert.deepEqual(
        claimed.toSorted(),
        submitted
          .flat()
          .map(({ id }) => id)
          .toSorted(),
      );
    });

    test('a completed task has its output and pays its charge, the rest of the hold comes back', async (store) => {
      const customer = await createCustomer(store, '10');
      const lease = await claimNewTask(store, customer, { held: usd('4') });
      await store.queue.saveEngineHandle(lease, 'job-1');
      const processing = await findTask(store, lease.taskId);
      await store.queue.finish(lease, completed(usd('1.5')), at(70), [logLine('done')]);
      assert.deepEqual(await findTask(store, lease.taskId), {
        ...processing,
        state: 'completed',
        progress: 1,
        charged: usd('1.5'),
        output: OUTPUT,
        finishedAt: at(70),
      });
      assert.deepEqual(await store.tasks.readLog(lease.taskId, 0), [{ number: 1, ...logLine('done') }]);
      assert.equal(await store.ledger.balance(customer.id), usd('8.5'));
    });

    test('a failed or cancelled task keeps its error and costs nothing', async (store) => {
      for (const ending of [FAILED, CANCELLED]) {
        const customer = await createCustomer(store, '10');
        const lease = await claimNewTask(store, customer, { held: usd('4') });
        await store.queue.finish(lease, ending, at(70), []);
        const task = await findTask(store, lease.taskId);
        assert.equal(task.state, ending.state);
        assert.deepEqual(task.error, ending.error);
        assert.equal(task.charged, ZERO);
        assert.equal(task.finishedAt, at(70));
        assert.equal('output' in task, false);
        assert.equal(await store.ledger.balance(customer.id), usd('10'));
      }
    });

    test('of rivals that finish a task at once one wins, and it is settled once', async (store) => {
      const customer = await createCustomer(store, '10');
      const lease = await claimNewTask(store, customer, { held: usd('4') });
      const endings = [
        completed(usd('1')),
        FAILED,
        CANCELLED,
        completed(usd('2')),
        FAILED,
        completed(usd('3')),
      ];
      const outcomes = await Promise.allSettled(
        endings.map((ending) => store.queue.finish(lease, ending, at(70), [logLine(ending.state)])),
      );
      const winners = endings.filter((_, index) => outcomes[index]!.status === 'fulfilled');
      assert.equal(winners.length, 1);
      assert.equal((await findTask(store, lease.taskId)).state, winners[0]!.state);
      assert.equal((await store.tasks.readLog(lease.taskId, 0)).length, 1);
      assert.equal((await store.ledger.listEntries(customer.id, 10)).length, 3);
      await assertLeaseLost(store.queue.finish(lease, FAILED, at(71), []));
      await assertBooksBalance(store);
    });

    test('a charge beyond the hold is refused and changes nothing', async (store) => {
      const customer = await createCustomer(store, '10');
      const lease = await claimNewTask(store, customer, { held: usd('4') });
      const before = await findTask(store, lease.taskId);
      await assert.rejects(
        store.queue.finish(lease, completed(usd('4.000001')), at(70), [logLine('x')]),
        Error,
      );
      assert.deepEqual(await findTask(store, lease.taskId), before);
      assert.deepEqual(await store.tasks.readLog(lease.taskId, 0), []);
      await store.queue.finish(lease, completed(usd('4')), at(70), []);
      assert.equal(await store.ledger.balance(customer.id), usd('6'));
    });

    test('whatever claims, cancels, reaps and finishes at once, a task is settled once', async (store) => {
      const customer = await createCustomer(store, '10');
      for (let round = 0; round < 20; round += 1) {
        const { id } = await submitTask(store, customer, { held: usd('0.5') });
        const lease = { taskId: id, workerId: WORKER, attempt: 1 };
        const rivals = [
          () => store.queue.claim(WORKER, at(10), at(20)),
          () => store.queue.finish(lease, completed(usd('0.1')), at(30), []),
          () => store.tasks.requestCancel(id, customer.id, at(30)),
          () => store.queue.reap(at(30)),
          () => store.queue.giveBack(lease, { crashed: true }, at(30), []),
          () => store.queue.heartbeat(lease, { at: at(15), leaseExpiresAt: at(25), progress: 0.5, log: [] }),
        ];
        // Another rival begins in every round.
        const turned = rivals.map((_, index) => rivals[(index + round) % rivals.length]!);
        await Promise.allSettled(turned.map((rival) => rival()));
        await emptyQueue(store);
        const entries = await store.ledger.listEntries(customer.id, 100);
        const kinds = entries.filter(({ taskId }) => taskId === id).map(({ kind }) => kind);
        assert.deepEqual(kinds, ['settlement', 'hold']);
      }
      await assertBooksBalance(store);
    });
  });
}
