import assert from 'node:assert/strict';
import { describe } from 'node:test';
import type { Store } from '#ports/store.ts';
import type { StoreTest } from './store-conformance.ts';
import { at, claimTask, createCustomer, findTask, submitTask, submitTasks, WORKER } from './store-fixture.ts';

/** The accounts of the next `count` claims. */
async function claimAccounts(store: Store, count: number): Promise<readonly string[]> {
  const accounts: string[] = [];
  while (accounts.length < count)
    accounts.push((await findTask(store, (await claimTask(store)).taskId)).accountId);
  return accounts;
}

const share = (accounts: readonly string[], account: string): number =>
  accounts.filter((candidate) => candidate === account).length;

export function describeFairness(test: StoreTest): void {
  describe('fairness', () => {
    test('accounts take turns under a flood', async (store) => {
      const [flooding, small, smaller] = await Promise.all([1, 2, 3].map(() => createCustomer(store)));
      await submitTasks(store, flooding!, 60);
      assert.deepEqual(await claimAccounts(store, 5), new Array(5).fill(flooding!.id));
      await submitTasks(store, small!, 6);
      await submitTasks(store, smaller!, 4);
      const served = await claimAccounts(store, 16);
      assert.equal(share(served.slice(0, 12), smaller!.id), 4);
      assert.equal(share(served, small!.id), 6);
      assert.equal(share(served, flooding!.id), 6);
      for (let turn = 0; turn < 12; turn += 3) assert.equal(new Set(served.slice(turn, turn + 3)).size, 3);
      assert.deepEqual(await claimAccounts(store, 3), new Array(3).fill(flooding!.id));
    });

    test('the account served longest ago comes first, also after a pause', async (store) => {
      const [first, second, third] = await Promise.all([1, 2, 3].map(() => createCustomer(store)));
      const order = [second!, third!, first!];
      for (const customer of order) {
        await submitTask(store, customer);
        await claimTask(store);
      }
      for (const customer of [first!, second!, third!]) await submitTask(store, customer);
      assert.deepEqual(
        await claimAccounts(store, 3),
        order.map(({ id }) => id),
      );
    });

    test('a task given back or reaped does not cost its account a turn', async (store) => {
      const [unlucky, other] = await Promise.all([1, 2].map(() => createCustomer(store)));
      await submitTask(store, unlucky!);
      const lease = await claimTask(store);
      await submitTasks(store, other!, 2);
      await submitTasks(store, unlucky!, 1);
      await store.queue.giveBack(lease, { crashed: false }, at(20), []);
      assert.deepEqual(await claimAccounts(store, 3), [other!.id, unlucky!.id, other!.id]);
    });

    test('a place in the queue is the number of claims that come before', async (store) => {
      const customers = await Promise.all([1, 2, 3, 4].map(() => createCustomer(store)));
      const counts = [5, 1, 3, 2];
      for (const customer of customers) {
        await submitTask(store, customer);
        await claimTask(store);
      }
      const tasks = [];
      for (const [index, customer] of customers.entries()) {
        tasks.push(...(await submitTasks(store, customer, counts[index]!)));
      }
      const newcomer = await createCustomer(store);
      tasks.push(...(await submitTasks(store, newcomer, 2)));
      const places = new Map<string, number | undefined>();
      for (const { id } of tasks) places.set(id, await store.tasks.queuePosition(id));
      for (let claims = 0; claims < tasks.length; claims += 1) {
        const task = await store.queue.claim(WORKER, at(10), at(1000));
        assert.equal(places.get(task!.id), claims);
      }
    });
  });
}
