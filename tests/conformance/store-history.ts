import assert from 'node:assert/strict';
import { describe } from 'node:test';
import { microDollars, usd, ZERO } from '#domain/money.ts';
import type { Store } from '#ports/store.ts';
import type { TaskSearch } from '#ports/task-store.ts';
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
  submitTask,
} from './store-fixture.ts';

const DAY_MS = 86_400_000;

async function searchIds(store: Store, customer: Customer, own: Partial<TaskSearch> = {}) {
  const { tasks, total } = await store.tasks.search({ accountId: customer.id, limit: 10, offset: 0, ...own });
  return { ids: tasks.map(({ id }) => id), total };
}

export function describeHistory(test: StoreTest): void {
  describe('the history of tasks', () => {
    test('a search gives the tasks that fit, newest first, and counts those on all pages', async (store) => {
      const customer = await createCustomer(store);
      await submitTask(store, await createCustomer(store));
      const tasks = [];
      for (const ms of [300, 100, 200]) tasks.push(await submitTask(store, customer, { createdAt: at(ms) }));
      const [newest, oldest, middle] = tasks.map(({ id }) => id);
      assert.deepEqual(await searchIds(store, customer), { ids: [newest, middle, oldest], total: 3 });
      assert.deepEqual(await searchIds(store, customer, { limit: 1, offset: 1 }), {
        ids: [middle],
        total: 3,
      });
      assert.deepEqual(await searchIds(store, customer, { offset: 3 }), { ids: [], total: 3 });
      assert.deepEqual((await store.tasks.search({ accountId: customer.id, limit: 1, offset: 0 })).tasks, [
        tasks[0],
      ]);
    });

    test('a search takes its moments from the first to before the last', async (store) => {
      const customer = await createCustomer(store);
      const ids = [];
      for (const ms of [10, 20, 30]) ids.push((await submitTask(store, customer, { createdAt: at(ms) })).id);
      assert.deepEqual((await searchIds(store, customer, { from: at(20), until: at(30) })).ids, [ids[1]]);
      assert.deepEqual((await searchIds(store, customer, { until: at(11) })).ids, [ids[0]]);
    });

    test('a search may name protocol, endpoint and states', async (store) => {
      const customer = await createCustomer(store);
      const lease = await claimNewTask(store, customer);
      await store.queue.finish(lease, FAILED, at(30), []);
      const foreign = await submitTask(store, customer, { endpoint: { protocol: 'fal', id: 'other' } });
      assert.deepEqual((await searchIds(store, customer, { protocol: 'wavespeed' })).ids, [lease.taskId]);
      assert.deepEqual((await searchIds(store, customer, { endpointId: 'other' })).ids, [foreign.id]);
      assert.deepEqual((await searchIds(store, customer, { states: ['failed', 'cancelled'] })).ids, [
        lease.taskId,
      ]);
      assert.deepEqual(await searchIds(store, customer, { states: ['completed'] }), { ids: [], total: 0 });
    });

    test('a deleted task is gone for its account, and stays in the books', async (store) => {
      const customer = await createCustomer(store, '10');
      const lease = await claimNewTask(store, customer);
      await store.queue.finish(lease, completed(usd('1')), at(30), []);
      const kept = await submitTask(store, customer);
      assert.deepEqual(await store.tasks.markDeleted([lease.taskId], customer.id, at(40)), [lease.taskId]);
      assert.equal(await store.tasks.find(lease.taskId, customer.id), undefined);
      assert.deepEqual(await searchIds(store, customer), { ids: [kept.id], total: 1 });
      assert.deepEqual(
        (await store.tasks.list(customer.id, 10)).map(({ id }) => id),
        [kept.id],
      );
      assert.equal((await findTask(store, lease.taskId)).deletedAt, at(40));
      assert.equal((await store.tasks.usage(customer.id, { from: at(0), until: at(1) }))[0]?.submitted, 2);
      await assertBooksBalance(store);
    });

    test('only the owner deletes, and once', async (store) => {
      const [customer, stranger] = [await createCustomer(store), await createCustomer(store)];
      const { id } = await submitTask(store, customer);
      assert.deepEqual(await store.tasks.markDeleted([id], stranger.id, at(1)), []);
      assert.deepEqual(await store.tasks.markDeleted([], customer.id, at(1)), []);
      assert.deepEqual(await store.tasks.markDeleted([id, id], customer.id, at(2)), [id]);
      assert.deepEqual(await store.tasks.markDeleted([id], customer.id, at(3)), []);
      assert.equal((await findTask(store, id)).deletedAt, at(2));
    });

    test('usage adds up what was charged, by day and endpoint', async (store) => {
      const customer = await createCustomer(store);
      const midnight = Math.ceil(at(0) / DAY_MS) * DAY_MS - at(0);
      const other = { protocol: 'wavespeed', id: 'other' } as const;
      for (const own of [
        { createdAt: at(midnight - 1) },
        { createdAt: at(midnight) },
        { createdAt: at(midnight + 5) },
        { createdAt: at(midnight), endpoint: other },
      ]) {
        await store.queue.finish(
          await claimNewTask(store, customer, own),
          completed(usd('0.25')),
          at(midnight),
          [],
        );
      }
      await submitTask(store, customer, { createdAt: at(midnight + 7) });
      const usage = await store.tasks.usage(customer.id, { from: at(0), until: at(midnight + 8) });
      const standard = 'bytedance/seedance-2.0/image-to-video';
      const cents = (count: bigint) => microDollars(count * 10_000n);
      const row = (ms: number, endpointId: string, numbers: object) => ({
        day: at(ms),
        endpointId,
        ...numbers,
      });
      assert.deepEqual(usage, [
        row(midnight - DAY_MS, standard, {
          submitted: 1,
          completed: 1,
          charged: cents(25n),
          lastSubmittedAt: at(midnight - 1),
        }),
        row(midnight, standard, {
          submitted: 3,
          completed: 2,
          charged: cents(50n),
          lastSubmittedAt: at(midnight + 7),
        }),
        row(midnight, 'other', {
          submitted: 1,
          completed: 1,
          charged: cents(25n),
          lastSubmittedAt: at(midnight),
        }),
      ]);
      const first = await store.tasks.usage(customer.id, { from: at(midnight - 1), until: at(midnight) });
      assert.deepEqual(first, usage.slice(0, 1));
    });
  });

  describe('movements of a wallet', () => {
    test('are what entries add to it and take from it, with the task behind', async (store) => {
      const customer = await createCustomer(store, '10');
      const full = await claimNewTask(store, customer, { held: usd('2'), createdAt: at(20) });
      await store.queue.finish(full, completed(usd('2')), at(30), []);
      const partial = await claimNewTask(store, customer, { held: usd('3'), createdAt: at(40) });
      await store.queue.finish(partial, completed(usd('1')), at(50), []);
      await submitTask(store, customer, { held: ZERO });
      const page = await store.ledger.searchMovements({
        accountId: customer.id,
        order: 'oldestFirst',
        limit: 10,
        offset: 0,
      });
      assert.equal(page.total, 4);
      assert.deepEqual(
        page.movements.map(({ kind, amount, task }) => [kind, amount, task?.id]),
        [
          ['grant', usd('10'), undefined],
          ['hold', usd('-2'), full.taskId],
          ['hold', usd('-3'), partial.taskId],
          ['settlement', usd('2'), partial.taskId],
        ],
      );
      assert.deepEqual(page.movements[3], {
        sequence: page.movements[3]!.sequence,
        kind: 'settlement',
        amount: usd('2'),
        at: at(50),
        task: {
          id: partial.taskId,
          endpointId: 'bytedance/seedance-2.0/image-to-video',
          state: 'completed',
          held: usd('3'),
          charged: usd('1'),
          apiKeyId: customer.apiKeyId,
          apiKeyName: 'first',
        },
      });
    });

    test('are searched by kind, task, endpoint, key and moment, page by page', async (store) => {
      const customer = await createCustomer(store, '10');
      const first = await submitTask(store, customer, { createdAt: at(100_000) });
      const second = await submitTask(store, customer, {
        createdAt: at(100_010),
        endpoint: { protocol: 'fal', id: 'other' },
      });
      const idsOf = async (own: object) => {
        const search = {
          accountId: customer.id,
          order: 'newestFirst',
          limit: 10,
          offset: 0,
          ...own,
        } as const;
        return (await store.ledger.searchMovements(search)).movements.map(
          ({ kind, task }) => task?.id ?? kind,
        );
      };
      assert.deepEqual(await idsOf({}), [second.id, first.id, 'grant']);
      assert.deepEqual(await idsOf({ limit: 1, offset: 1 }), [first.id]);
      assert.deepEqual(await idsOf({ kind: 'grant' }), ['grant']);
      assert.deepEqual(await idsOf({ taskIds: [first.id] }), [first.id]);
      assert.deepEqual(await idsOf({ endpointId: 'other' }), [second.id]);
      assert.deepEqual(await idsOf({ apiKeyId: customer.apiKeyId }), [second.id, first.id]);
      assert.deepEqual(await idsOf({ from: at(100_000), until: at(100_010) }), [first.id]);
    });
  });
}
