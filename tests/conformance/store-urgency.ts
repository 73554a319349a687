import assert from 'node:assert/strict';
import { describe } from 'node:test';
import { usd, ZERO } from '#domain/money.ts';
import type { StoreTest } from './store-conformance.ts';
import {
  assertBooksBalance,
  at,
  claimNewTask,
  claimTask,
  createCustomer,
  findTask,
  hasCode,
  newTask,
  submitTask,
  submitTasks,
  WORKER,
} from './store-fixture.ts';

export function describeUrgency(test: StoreTest): void {
  describe('priority', () => {
    test('low waits until no normal task of its account does, and keeps its order', async (store) => {
      const customer = await createCustomer(store);
      const priorities = ['low', 'normal', 'low', 'normal'] as const;
      const tasks = [];
      for (const priority of priorities) tasks.push(await submitTask(store, customer, { priority }));
      const places = await Promise.all(tasks.map(({ id }) => store.tasks.queuePosition(id)));
      assert.deepEqual(places, [2, 0, 3, 1]);
      for (const index of [1, 3, 0]) assert.equal((await claimTask(store)).taskId, tasks[index]!.id);
      const late = await submitTask(store, customer);
      assert.equal((await claimTask(store)).taskId, late.id);
      assert.equal((await claimTask(store)).taskId, tasks[2]!.id);
    });

    test('low costs no account its turn', async (store) => {
      const [patient, other] = await Promise.all([1, 2].map(() => createCustomer(store)));
      for (const customer of [patient!, other!]) await claimNewTask(store, customer);
      const low = await submitTask(store, patient!, { priority: 'low' });
      const [first, second] = await submitTasks(store, other!, 2);
      for (const [place, { id }] of [low, first!, second!].entries()) {
        assert.equal(await store.tasks.queuePosition(id), place);
      }
      for (const { id } of [low, first!, second!]) assert.equal((await claimTask(store)).taskId, id);
    });

    test('a low task given back goes before other low ones, and behind the normal', async (store) => {
      const customer = await createCustomer(store);
      const lease = await claimNewTask(store, customer, { priority: 'low' });
      const low = await submitTask(store, customer, { priority: 'low' });
      const normal = await submitTask(store, customer);
      await store.queue.giveBack(lease, { crashed: false }, at(20), []);
      for (const id of [normal.id, lease.taskId, low.id]) assert.equal((await claimTask(store)).taskId, id);
    });
  });

  describe('start deadline', () => {
    test('a task that was not claimed in time fails free of charge, once', async (store) => {
      const customer = await createCustomer(store, '5');
      const task = await submitTask(store, customer, { held: usd('2'), startBy: at(50) });
      assert.deepEqual(await findTask(store, task.id), task);
      assert.deepEqual(await store.queue.expire(at(49)), []);
      assert.deepEqual(await store.queue.expire(at(50)), [task.id]);
      assert.deepEqual(await store.queue.expire(at(50)), []);
      const ended = await findTask(store, task.id);
      assert.equal(ended.state, 'failed');
      assert.equal(ended.error?.code, 'start_timeout');
      assert.equal(ended.charged, ZERO);
      assert.equal(ended.finishedAt, at(50));
      assert.equal('startedAt' in ended, false);
      assert.equal(await store.ledger.balance(customer.id), usd('5'));
      assert.equal(await store.tasks.queuePosition(task.id), undefined);
      await assertBooksBalance(store);
    });

    test('a claim passes over a task that is too late, ends it and takes the next', async (store) => {
      const [late, other] = await Promise.all([1, 2].map(() => createCustomer(store)));
      const expired = await submitTask(store, late!, { startBy: at(50) });
      const next = await submitTask(store, other!);
      assert.equal((await store.queue.claim(WORKER, at(50), at(99)))?.id, next.id);
      assert.equal(await store.queue.claim(WORKER, at(51), at(99)), undefined);
      assert.equal((await findTask(store, expired.id)).error?.code, 'start_timeout');
    });

    test('a task that has started once has met it, whatever happens to its worker', async (store) => {
      const customer = await createCustomer(store);
      const lease = await claimNewTask(store, customer, { startBy: at(50) });
      assert.deepEqual(await store.queue.expire(at(60)), []);
      await store.queue.giveBack(lease, { crashed: false }, at(70), []);
      assert.deepEqual(await store.queue.expire(at(80)), []);
      assert.equal((await claimTask(store)).taskId, lease.taskId);
    });

    test('of a claim and an expiry at once one has the task', async (store) => {
      const customer = await createCustomer(store, '100');
      for (let round = 0; round < 20; round += 1) {
        const { id } = await submitTask(store, customer, { held: usd('1'), startBy: at(50) });
        const claim = () => store.queue.claim(WORKER, at(49), at(99));
        const expire = () => store.queue.expire(at(50));
        const rivals = round % 2 === 0 ? [claim, expire] : [expire, claim];
        await Promise.all(rivals.map((rival) => rival()));
        const { state } = await findTask(store, id);
        assert.ok(state === 'processing' || state === 'failed', state);
        const entries = await store.ledger.listEntries(customer.id, 100);
        const kinds = entries.filter(({ taskId }) => taskId === id).map(({ kind }) => kind);
        assert.deepEqual(kinds, state === 'failed' ? ['settlement', 'hold'] : ['hold']);
      }
    });
  });

  describe('a limit to the queue', () => {
    test('a task does not join more waiting ones than it allows, and nothing is written', async (store) => {
      const customer = await createCustomer(store, '5');
      const [first] = await submitTasks(store, customer, 3);
      const refused = newTask(customer, { held: usd('1') });
      await assert.rejects(store.tasks.submit(refused, { mostWaiting: 2 }), (error: unknown) => {
        assert.deepEqual((error as { details: unknown }).details, { limit: 2 });
        return hasCode('queue_full')(error as never);
      });
      assert.equal(await store.tasks.find(refused.id), undefined);
      assert.equal(await store.ledger.balance(customer.id), usd('4.97'));
      assert.equal((await claimTask(store)).taskId, first!.id);
      await store.tasks.submit(refused, { mostWaiting: 2 });
      assert.equal((await findTask(store, refused.id)).state, 'created');
    });

    test('whosoever waits for the endpoint counts; what runs, and what waits for another, does not', async (store) => {
      const [customer, other] = [await createCustomer(store), await createCustomer(store)];
      const endpoint = { protocol: 'fal', id: 'bytedance/seedance-2.0/image-to-video' } as const;
      await store.tasks.submit(newTask(other, { endpoint }));
      await claimTask(store);
      await submitTasks(store, other, 3);
      const submit = () => store.tasks.submit(newTask(customer, { endpoint }), { mostWaiting: 0 });
      await submit();
      await assert.rejects(submit(), hasCode('queue_full'));
      const own = newTask(customer);
      await assert.rejects(store.tasks.submit(own, { mostWaiting: 2 }), hasCode('queue_full'));
      await store.tasks.submit(own, { mostWaiting: 3 });
    });

    test('of many at once no more get in than are allowed', async (store) => {
      const customer = await createCustomer(store);
      const outcomes = await Promise.allSettled(
        Array.from({ length: 12 }, () =>
          store.tasks.submit(newTask(customer, { held: usd('0.01') }), { mostWaiting: 4 }),
        ),
      );
      assert.equal(outcomes.filter(({ status }) => status === 'fulfilled').length, 5);
    });
  });
}
