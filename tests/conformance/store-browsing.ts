import assert from 'node:assert/strict';
import { describe } from 'node:test';
import { apiKeyId, type TaskId, workerId } from '#domain/ids.ts';
import { type MicroDollars, usd } from '#domain/money.ts';
import type { Task } from '#domain/task/task.ts';
import type { Store } from '#ports/store.ts';
import type { TaskBrowse, UsageDimension } from '#ports/task-store.ts';
import type { StoreTest } from './store-conformance.ts';
import {
  at,
  type Customer,
  claimNewTask,
  completed,
  createCustomer,
  FAILED,
  hexId,
  newTask,
  nextNumber,
  submitTask,
} from './store-fixture.ts';

const DAY_MS = 86_400_000;
const midnight = Math.ceil(at(0) / DAY_MS) * DAY_MS - at(0);

async function browseIds(
  store: Store,
  customer: Customer,
  own: Partial<TaskBrowse> = {},
): Promise<readonly TaskId[]> {
  const tasks = await store.tasks.browse({ accountId: customer.id, limit: 10, ...own });
  return tasks.map(({ id }) => id);
}

/** Submits tasks of the account, each with its own request. */
function submitWith(
  store: Store,
  customer: Customer,
  request: Partial<Task['request']>,
  own: Partial<Task> = {},
): Promise<Task> {
  const task = newTask(customer, own);
  return submitTask(store, customer, { ...own, request: { ...task.request, ...request } });
}

async function addKey(store: Store, customer: Customer): Promise<Customer> {
  const id = apiKeyId(`key-${nextNumber()}`);
  await store.accounts.createApiKey(
    { id, accountId: customer.id, name: 'second', role: 'member', prefix: 'key_', createdAt: at(1) },
    hexId(64),
  );
  return { id: customer.id, apiKeyId: id };
}

export function describeBrowsing(test: StoreTest): void {
  describe('looking through tasks', () => {
    test('pages follow on each other, newest first, whatever is added meanwhile', async (store) => {
      const customer = await createCustomer(store);
      await submitTask(store, await createCustomer(store));
      const ids: TaskId[] = [];
      for (const ms of [10, 10, 20, 30, 10])
        ids.push((await submitTask(store, customer, { createdAt: at(ms) })).id);
      const expected = [ids[3], ids[2], ids[4], ids[1], ids[0]];
      assert.deepEqual(await browseIds(store, customer), expected);
      const first = await browseIds(store, customer, { limit: 2 });
      await submitTask(store, customer, { createdAt: at(40) });
      const second = await browseIds(store, customer, { limit: 2, after: first.at(-1)! });
      const third = await browseIds(store, customer, { limit: 2, after: second.at(-1)! });
      assert.deepEqual([...first, ...second, ...third], expected);
      assert.deepEqual(await browseIds(store, customer, { after: third.at(-1)! }), []);
    });

    test('a text is looked for in prompts, in capitals or not, and taken as it is', async (store) => {
      const customer = await createCustomer(store);
      const wave = await submitWith(store, customer, { prompt: 'A WAVE breaks' });
      const percent = await submitWith(store, customer, { prompt: 'zoom by 100%_' });
      const chinese = await submitWith(store, customer, { prompt: '镜头推进' });
      assert.deepEqual(await browseIds(store, customer, { text: 'wave Br' }), [wave.id]);
      assert.deepEqual(await browseIds(store, customer, { text: '0%_' }), [percent.id]);
      assert.deepEqual(await browseIds(store, customer, { text: '%' }), [percent.id]);
      assert.deepEqual(await browseIds(store, customer, { text: '推进' }), [chinese.id]);
      assert.deepEqual(await browseIds(store, customer, { text: "'" }), []);
    });

    test('key, end user, states, endpoint and time narrow the list down together', async (store) => {
      const customer = await createCustomer(store);
      const second = await addKey(store, customer);
      const lease = await claimNewTask(store, customer);
      await store.queue.finish(lease, FAILED, at(30), []);
      const named = await submitWith(store, second, { endUserId: 'ann' }, { createdAt: at(5) });
      const other = await submitTask(store, customer, { endpoint: { protocol: 'fal', id: 'other' } });
      assert.deepEqual(await browseIds(store, customer, { apiKeyId: second.apiKeyId }), [named.id]);
      assert.deepEqual(await browseIds(store, customer, { endUserId: 'ann' }), [named.id]);
      assert.deepEqual(await browseIds(store, customer, { states: ['failed'] }), [lease.taskId]);
      assert.deepEqual(await browseIds(store, customer, { protocol: 'fal', endpointId: 'other' }), [
        other.id,
      ]);
      assert.deepEqual(await browseIds(store, customer, { from: at(5), until: at(6) }), [named.id]);
      assert.deepEqual(await browseIds(store, customer, { endUserId: 'ann', states: ['failed'] }), []);
    });

    test('deleted tasks are gone, and strangers see nothing', async (store) => {
      const customer = await createCustomer(store);
      const { id } = await submitTask(store, customer);
      assert.deepEqual(await browseIds(store, await createCustomer(store)), []);
      await store.tasks.markDeleted([id], customer.id, at(40));
      assert.deepEqual(await browseIds(store, customer), []);
    });
  });

  describe('usage by what one likes', () => {
    const usageOf = async (store: Store, customer: Customer, dimension: UsageDimension) => {
      const period = { from: at(0), until: at(midnight + DAY_MS) };
      const rows = await store.tasks.usageBy(dimension, customer.id, period);
      return rows.map(({ day, group, submitted, completed: done, charged }) => [
        day - at(midnight),
        group,
        submitted,
        done,
        charged,
      ]);
    };
    const pay = async (store: Store, customer: Customer, own: Partial<Task>, charged: MicroDollars) =>
      store.queue.finish(await claimNewTask(store, customer, own), completed(charged), at(midnight), []);

    test('is told apart by endpoint, key or end user, and by day', async (store) => {
      const customer = await createCustomer(store);
      const second = await addKey(store, customer);
      const { request } = newTask(customer);
      const fal = { endpoint: { protocol: 'fal', id: 'x' } } as const;
      await pay(store, customer, { createdAt: at(midnight - 1) }, usd('0.25'));
      await pay(store, second, { createdAt: at(midnight), ...fal }, usd('0.5'));
      await pay(
        store,
        second,
        { createdAt: at(midnight), ...fal, request: { ...request, endUserId: 'ann' } },
        usd('0.125'),
      );
      await submitTask(store, customer, { createdAt: at(midnight) });
      const standard = 'wavespeed/bytedance/seedance-2.0/image-to-video';
      assert.deepEqual(await usageOf(store, customer, 'endpoint'), [
        [-DAY_MS, standard, 1, 1, 250_000n],
        [0, 'fal/x', 2, 2, 625_000n],
        [0, standard, 1, 0, 0n],
      ]);
      const byKey = await usageOf(store, customer, 'apiKey');
      assert.deepEqual(
        byKey.filter(([, group]) => group === second.apiKeyId),
        [[0, second.apiKeyId, 2, 2, 625_000n]],
      );
      assert.deepEqual(await usageOf(store, customer, 'endUser'), [
        [-DAY_MS, '', 1, 1, 250_000n],
        [0, '', 2, 1, 500_000n],
        [0, 'ann', 1, 1, 125_000n],
      ]);
    });
  });

  describe('how much there is to do', () => {
    test('counts what waits, what is put off and what is made, by account', async (store) => {
      const [busy, calm] = [await createCustomer(store), await createCustomer(store)];
      const before = await store.queue.depth();
      assert.deepEqual([before.waiting, before.processing, before.accounts], [0, 0, []]);
      assert.equal(before.oldestWaitingSince, undefined);
      await claimNewTask(store, calm);
      await submitTask(store, busy, { createdAt: at(7) });
      await submitTask(store, busy, { createdAt: at(5) });
      await submitTask(store, busy, { createdAt: at(1), startAfter: at(500) });
      const { waiting, delayed, processing, oldestWaitingSince, accounts } = await store.queue.depth();
      assert.deepEqual([waiting, delayed, processing, oldestWaitingSince], [2, before.delayed + 1, 1, at(5)]);
      assert.deepEqual(accounts, [
        { accountId: busy.id, waiting: 2, processing: 0 },
        { accountId: calm.id, waiting: 0, processing: 1 },
      ]);
      await store.queue.release(at(500));
      assert.equal((await store.queue.depth()).waiting, 3);
    });

    test('counts webhooks that are still to be delivered', async (store) => {
      const customer = await createCustomer(store);
      const { pendingWebhooks } = await store.queue.depth();
      const webhook = { url: 'https://receiver.example/', origin: 'https://clips.example' };
      const lease = await claimNewTask(store, customer, { webhook });
      assert.equal((await store.queue.depth()).pendingWebhooks, pendingWebhooks);
      await store.queue.finish(lease, FAILED, at(30), []);
      assert.equal((await store.queue.depth()).pendingWebhooks, pendingWebhooks + 1);
    });
  });

  describe('webhooks of an account', () => {
    const webhook = { url: 'https://receiver.example/hook?x=1', origin: 'https://clips.example' };
    const end = async (store: Store, customer: Customer, own: Partial<Task> = {}): Promise<TaskId> => {
      const lease = await claimNewTask(store, customer, { webhook, ...own });
      await store.queue.finish(lease, FAILED, at(30), []);
      return lease.taskId;
    };

    test('are listed those of the latest tasks first, with all that was tried', async (store) => {
      const customer = await createCustomer(store);
      const [older, newer] = [await end(store, customer), await end(store, customer)];
      await end(store, await createCustomer(store));
      await submitTask(store, customer, { webhook });
      const listed = await store.webhooks.list({ accountId: customer.id, limit: 10 });
      assert.deepEqual(
        listed.map(({ event }) => event.taskId),
        [newer, older],
      );
      assert.deepEqual(listed[0], {
        event: await store.webhooks.find(newer),
        endpoint: { protocol: 'wavespeed', id: 'bytedance/seedance-2.0/image-to-video' },
        url: webhook.url,
        queuedAt: at(30),
      });
      const [second] = await store.webhooks.list({ accountId: customer.id, limit: 1, after: newer });
      assert.equal(second?.event.taskId, older);
    });

    test('are told apart by state, and go with their tasks', async (store) => {
      const customer = await createCustomer(store);
      const id = await end(store, customer);
      const ids = async (state: 'pending' | 'delivered') =>
        (await store.webhooks.list({ accountId: customer.id, state, limit: 10 })).map(
          ({ event }) => event.taskId,
        );
      assert.deepEqual([await ids('pending'), await ids('delivered')], [[id], []]);
      const claim = { at: at(100), leaseExpiresAt: at(1000), mostPerAccount: 100 };
      for (;;) {
        const due = await store.webhooks.claim({ senderId: workerId('sender'), ...claim });
        if (due === undefined) break;
        await store.webhooks.record(due.lease, {
          durationMs: 5,
          answer: { status: 200 },
          verdict: { state: 'delivered' },
        });
      }
      assert.deepEqual([await ids('pending'), await ids('delivered')], [[], [id]]);
      const [listed] = await store.webhooks.list({ accountId: customer.id, limit: 10 });
      assert.deepEqual(
        listed?.event.attempts.map(({ answer }) => answer),
        [{ status: 200 }],
      );
      await store.tasks.markDeleted([id], customer.id, at(40));
      assert.deepEqual(await ids('delivered'), []);
    });
  });
}
