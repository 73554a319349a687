import assert from 'node:assert/strict';
import { describe } from 'node:test';
import type { AnimaticError } from '#domain/errors.ts';
import { assetId, taskId } from '#domain/ids.ts';
import { usd } from '#domain/money.ts';
import type { Task } from '#domain/task/task.ts';
import type { StoreTest } from './store-conformance.ts';
import {
  assertBooksBalance,
  at,
  type Customer,
  claimNewTask,
  claimTask,
  completed,
  createCustomer,
  findTask,
  hasCode,
  logLine,
  newTask,
  submitTask,
  submitTasks,
  WORKER,
} from './store-fixture.ts';

/** A task with every field that a request can have. */
const fullTask = (customer: Customer): Task =>
  newTask(customer, {
    endpoint: { protocol: 'fal', id: 'bytedance/seedance-2.0/reference-to-video' },
    request: {
      prompt: 'Zwei Füchse „im“ Schnee \u{1F98A}\n\t\\ \u0000',
      images: [{ kind: 'asset', assetId: assetId('a1'), isInline: true }],
      lastImage: { kind: 'url', url: 'https://pictures.example/last.png?x=1&y=%20' },
      referenceVideos: [{ kind: 'url', url: 'https://films.example/a.mp4' }],
      referenceAudios: [{ kind: 'asset', assetId: assetId('a2') }],
      resolution: '1080p',
      aspectRatio: '21:9',
      durationSeconds: 'auto',
      longestDurationSeconds: 15,
      generateAudio: false,
      cameraFixed: true,
      webSearch: true,
      seed: 2_147_483_647,
      endUserId: 'user-9',
    },
    input: { nested: { list: [1, -0.5, 1e21, true, null, 'x'], empty: {} }, __proto__x: [] },
    inputPaths: { images: [['input', 'images', 0]], lastImage: [['end_image_url']] },
    held: usd('0.000001'),
    inlineOutput: true,
  });

export function describeTasks(test: StoreTest): void {
  describe('submitted tasks', () => {
    test('a task is found as it was submitted', async (store) => {
      const customer = await createCustomer(store);
      for (const task of [newTask(customer), fullTask(customer)]) {
        await store.tasks.submit(task);
        assert.deepEqual(await store.tasks.find(task.id), task);
      }
    });

    test('only its own account finds a task when an account is named', async (store) => {
      const customer = await createCustomer(store);
      const stranger = await createCustomer(store);
      const task = await submitTask(store, customer);
      assert.deepEqual(await store.tasks.find(task.id, customer.id), task);
      assert.equal(await store.tasks.find(task.id, stranger.id), undefined);
      assert.equal(await store.tasks.find(taskId('f'.repeat(32))), undefined);
    });

    test('submitting holds the most the task can cost', async (store) => {
      const customer = await createCustomer(store, '2');
      await submitTask(store, customer, { held: usd('1.25') });
      assert.equal(await store.ledger.balance(customer.id), usd('0.75'));
      await submitTask(store, customer, { held: usd('0.75') });
      assert.equal(await store.ledger.balance(customer.id), usd('0'));
    });

    test('a task the wallet does not cover leaves no trace', async (store) => {
      const customer = await createCustomer(store, '1');
      const task = newTask(customer, { held: usd('1.000001') });
      await assert.rejects(store.tasks.submit(task), (error: AnimaticError) => {
        assert.deepEqual(error.details, { balance: '1.00', price: '1.000001' });
        return hasCode('insufficient_credit')(error);
      });
      assert.equal(await store.tasks.find(task.id), undefined);
      assert.equal(await store.tasks.queuePosition(task.id), undefined);
      assert.equal((await store.ledger.listEntries(customer.id, 10)).length, 1);
      assert.equal(await store.ledger.balance(customer.id), usd('1'));
      assert.equal(await store.queue.claim(WORKER, at(1), at(2)), undefined);
    });

    test('submits that race for one wallet never overdraw it', async (store) => {
      const customer = await createCustomer(store, '7.5');
      const outcomes = await Promise.allSettled(
        Array.from({ length: 40 }, () => submitTask(store, customer, { held: usd('1') })),
      );
      const refused = outcomes.filter((outcome) => outcome.status === 'rejected');
      assert.equal(outcomes.length - refused.length, 7);
      for (const { reason } of refused) hasCode('insufficient_credit')(reason);
      assert.equal(await store.ledger.balance(customer.id), usd('0.5'));
      assert.equal((await store.tasks.list(customer.id, 100)).length, 7);
      await assertBooksBalance(store);
    });

    test('an id is submitted once and held once', async (store) => {
      const customer = await createCustomer(store, '10');
      const task = await submitTask(store, customer, { held: usd('2') });
      await assert.rejects(store.tasks.submit(task), Error);
      assert.equal(await store.ledger.balance(customer.id), usd('8'));
    });

    test('a task that has begun is not submitted', async (store) => {
      const customer = await createCustomer(store, '10');
      await assert.rejects(submitTask(store, customer, { state: 'processing', attempt: 1 }), Error);
      assert.equal(await store.ledger.balance(customer.id), usd('10'));
    });

    test('tasks are listed newest first, of one account, no more than asked for', async (store) => {
      const customer = await createCustomer(store);
      const stranger = await createCustomer(store);
      const [first, second, third] = await submitTasks(store, customer, 3);
      await submitTask(store, stranger);
      const listed = await store.tasks.list(customer.id, 10);
      assert.deepEqual(
        listed.map(({ id }) => id),
        [third!.id, second!.id, first!.id],
      );
      assert.deepEqual((await store.tasks.list(customer.id, 2)).length, 2);
      assert.deepEqual(listed[2], first);
    });

    test('the log is numbered from 1 and read from anywhere', async (store) => {
      const lease = await claimNewTask(store, await createCustomer(store));
      const lines = ['one', 'two', 'three'].map(logLine);
      await store.queue.heartbeat(lease, { at: at(20), leaseExpiresAt: at(1000), progress: 0, log: lines });
      await store.queue.finish(lease, completed(usd('1')), at(30), [{ ...logLine('four'), level: 'warn' }]);
      const all = await store.tasks.readLog(lease.taskId, 0);
      assert.deepEqual(
        all,
        [...lines, { ...logLine('four'), level: 'warn' }].map((line, index) => ({
          number: index + 1,
          ...line,
        })),
      );
      assert.deepEqual(await store.tasks.readLog(lease.taskId, 2), all.slice(2));
      assert.deepEqual(await store.tasks.readLog(lease.taskId, 4), []);
      assert.deepEqual(await store.tasks.readLog(taskId('e'.repeat(32)), 0), []);
    });

    test('only a waiting task has a place in the queue', async (store) => {
      const customer = await createCustomer(store);
      const [first, second, third] = await submitTasks(store, customer, 3);
      assert.equal(await store.tasks.queuePosition(first!.id), 0);
      assert.equal(await store.tasks.queuePosition(third!.id), 2);
      await claimTask(store);
      assert.equal(await store.tasks.queuePosition(first!.id), undefined);
      assert.equal(await store.tasks.queuePosition(third!.id), 1);
      await store.tasks.requestCancel(second!.id, customer.id, at(30));
      assert.equal(await store.tasks.queuePosition(second!.id), undefined);
      assert.equal(await store.tasks.queuePosition(third!.id), 0);
      assert.equal((await findTask(store, third!.id)).state, 'created');
      assert.equal(await store.tasks.queuePosition(taskId('d'.repeat(32))), undefined);
    });
  });
}
