import assert from 'node:assert/strict';
import { afterEach, beforeEach, test } from 'node:test';
import { usd } from '#domain/money.ts';
import type { StoreUnderTest } from './store-conformance.ts';
import {
  at,
  claimNewTask,
  claimTask,
  completed,
  createCustomer,
  findTask,
  logLine,
  newTask,
  submitTask,
  WORKER,
} from './store-fixture.ts';

export function describeDurability(open: () => Promise<StoreUnderTest>): void {
  let opened: StoreUnderTest;
  beforeEach(async () => {
    opened = await open();
  });
  afterEach(() => opened.dispose());

  test('everything is found again by the next program', async () => {
    const { store } = opened;
    const customer = await createCustomer(store, '50');
    const webhook = { url: 'https://receiver.example/', origin: 'https://clips.example' };
    const finished = await claimNewTask(store, customer, { webhook });
    await store.queue.finish(finished, completed(usd('1')), at(30), [logLine('done')]);
    const running = await claimNewTask(store, customer);
    await store.queue.saveEngineHandle(running, { job: 1 });
    await store.queue.heartbeat(running, { at: at(20), leaseExpiresAt: at(500), progress: 0.4, log: [] });
    const submission = { fingerprint: 'f', idempotencyKey: 'first' };
    const waiting = await submitTask(store, customer, { submission });
    const emulation = { paceSeconds: 20, webhookLoss: 1 };
    const delayed = await submitTask(store, customer, { startAfter: at(900), emulation });
    const ids = [finished.taskId, running.taskId, waiting.id, delayed.id];
    const before = await Promise.all(ids.map((id) => findTask(store, id)));
    const entries = await store.ledger.listEntries(customer.id, 100);
    const keys = await store.accounts.listApiKeys();
    const event = await store.webhooks.find(finished.taskId);
    assert.equal(event?.state, 'pending');

    const again = await opened.reopen();
    assert.deepEqual(await Promise.all(ids.map((id) => findTask(again, id))), before);
    assert.deepEqual(await again.ledger.listEntries(customer.id, 100), entries);
    assert.deepEqual(await again.accounts.listApiKeys(), keys);
    assert.equal((await again.tasks.readLog(finished.taskId, 0)).length, 1);
    assert.deepEqual(await again.webhooks.find(finished.taskId), event);
    assert.equal(await again.tasks.queuePosition(waiting.id), 0);
    assert.deepEqual(await again.tasks.submit(newTask(customer, { submission })), waiting);
    assert.deepEqual((await again.ledger.verify()).faults, []);
    assert.deepEqual(await again.queue.reap(at(499)), []);
    assert.deepEqual(await again.queue.reapAll(at(499)), [running.taskId]);
    assert.deepEqual(await claimTask(again), { ...running, attempt: 2 });
  });

  test('closing finishes what was begun and refuses what comes after', async () => {
    const { store } = opened;
    const customer = await createCustomer(store);
    const tasks = Array.from({ length: 20 }, () => newTask(customer));
    const submitted = Promise.all(tasks.map((task) => store.tasks.submit(task)));
    const closed = store.close();
    const late = store.tasks.find(tasks[0]!.id);
    await assert.rejects(late, /closed/);
    await submitted;
    await closed;
    await store.close();
    await assert.rejects(store.queue.claim(WORKER, at(1), at(2)), /closed/);
    const again = await opened.reopen();
    assert.equal((await again.tasks.list(customer.id, 100)).length, 20);
  });
}
