import assert from 'node:assert/strict';
import { describe } from 'node:test';
import { type MicroDollars, usd, ZERO } from '#domain/money.ts';
import type { Store } from '#ports/store.ts';
import type { NotedStart, TaskEnding } from '#ports/task-queue.ts';
import type { StoreTest } from './store-conformance.ts';
import {
  at,
  type Customer,
  claimNewTask,
  completed,
  createCustomer,
  FAILED,
  findTask,
  OUTPUT,
} from './store-fixture.ts';

const START = { correlationId: 'c', sentAt: at(15) };

const paidFor = (charged: MicroDollars, cost: MicroDollars): TaskEnding => ({
  state: 'completed',
  charged,
  cost,
  output: OUTPUT,
});

/** A day that no other test submits on. */
const DAY = 40_000_000_000;

export function describeMargins(test: StoreTest): void {
  describe('what tasks cost the operator', () => {
    async function make(
      store: Store,
      customer: Customer,
      noted: Omit<NotedStart, 'start'>,
      ending: TaskEnding,
    ): Promise<void> {
      const lease = await claimNewTask(store, customer, { held: usd('2'), createdAt: at(DAY) });
      await store.queue.noteEngineStart(lease, { ...noted, start: START });
      await store.queue.saveEngineHandle(lease, 'job');
      await store.queue.finish(lease, ending, at(DAY + 5), []);
    }

    test('is noted before the start, and told by the engine in the end', async (store) => {
      const lease = await claimNewTask(store, await createCustomer(store), { held: usd('2') });
      await store.queue.noteEngineStart(lease, { engine: 'paid', start: START, quotedCost: usd('0.75') });
      assert.equal((await findTask(store, lease.taskId)).quotedCost, usd('0.75'));
      await store.queue.finish(lease, paidFor(usd('1.5'), usd('0.700001')), at(30), []);
      const { quotedCost, cost, charged } = await findTask(store, lease.taskId);
      assert.deepEqual([quotedCost, cost, charged], [usd('0.75'), usd('0.700001'), usd('1.5')]);
    });

    test('of another engine replaces that of the one before', async (store) => {
      const lease = await claimNewTask(store, await createCustomer(store));
      await store.queue.noteEngineStart(lease, { engine: 'a', start: START, quotedCost: usd('0.75') });
      await store.queue.noteEngineStart(lease, { engine: 'b', start: START });
      assert.equal('quotedCost' in (await findTask(store, lease.taskId)), false);
    });

    test('is added up by engine, over all accounts', async (store) => {
      const [one, two] = [await createCustomer(store), await createCustomer(store)];
      const quoted = { engine: 'margin-paid', quotedCost: usd('0.5') };
      await make(store, one, quoted, paidFor(usd('1'), usd('0.4')));
      await make(store, two, quoted, completed(usd('1')));
      await make(store, one, { engine: 'margin-paid' }, completed(usd('1')));
      await make(store, two, quoted, FAILED);
      await make(store, one, { engine: 'margin-free', quotedCost: ZERO }, completed(usd('0.2')));
      const period = { from: at(DAY), until: at(DAY + 1) };
      assert.deepEqual(await store.tasks.margins(period), [
        {
          engine: 'margin-free',
          submitted: 1,
          completed: 1,
          charged: usd('0.2'),
          cost: ZERO,
          completedOfUnknownCost: 0,
        },
        {
          engine: 'margin-paid',
          submitted: 4,
          completed: 3,
          charged: usd('3'),
          cost: usd('0.9'),
          completedOfUnknownCost: 1,
        },
      ]);
      assert.deepEqual(await store.tasks.margins({ from: at(DAY + 1), until: at(DAY + 2) }), []);
    });
  });
}
