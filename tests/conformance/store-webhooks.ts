import assert from 'node:assert/strict';
import { describe } from 'node:test';
import { type TaskId, taskId, type WorkerId, workerId } from '#domain/ids.ts';
import { type Instant, instant } from '#domain/instant.ts';
import { usd } from '#domain/money.ts';
import type { Task } from '#domain/task/task.ts';
import type { WebhookEvent } from '#domain/webhook/event.ts';
import type { Store } from '#ports/store.ts';
import type { DueWebhook, WebhookVerdict } from '#ports/webhook-outbox.ts';
import type { StoreTest } from './store-conformance.ts';
import {
  assertLeaseLost,
  at,
  CANCELLED,
  type Customer,
  claimNewTask,
  claimTask,
  completed,
  createCustomer,
  FAILED,
  submitTask,
} from './store-fixture.ts';

const WEBHOOK = { url: 'https://receiver.example/hook?x=1&y=%20', origin: 'https://clips.example' };
const SENDER = workerId('sender-1');
const OTHER_SENDER = workerId('sender-2');
const DELIVERED: WebhookVerdict = { state: 'delivered' };
const DEAD: WebhookVerdict = { state: 'dead' };
const again = (dueAt: Instant): WebhookVerdict => ({ state: 'pending', dueAt });

interface ClaimOptions {
  readonly now?: Instant;
  readonly leaseExpiresAt?: Instant;
  readonly senderId?: WorkerId;
  readonly mostPerAccount?: number;
}

const claim = (store: Store, options: ClaimOptions = {}): Promise<DueWebhook | undefined> =>
  store.webhooks.claim({
    senderId: options.senderId ?? SENDER,
    at: options.now ?? at(100),
    leaseExpiresAt: options.leaseExpiresAt ?? at(1000),
    mostPerAccount: options.mostPerAccount ?? 100,
  });

async function claimDue(store: Store, options: ClaimOptions = {}): Promise<DueWebhook> {
  const due = await claim(store, options);
  assert.ok(due !== undefined, 'nothing is due');
  return due;
}

const note = (store: Store, due: DueWebhook, status: number, verdict: WebhookVerdict): Promise<void> =>
  store.webhooks.record(due.lease, { durationMs: 5, answer: { status }, verdict });

async function findEvent(store: Store, id: TaskId): Promise<WebhookEvent> {
  const event = await store.webhooks.find(id);
  assert.ok(event !== undefined, `task ${id} has no event`);
  return event;
}

/** A task that has ended at `endedAt`, with its event in the outbox. */
async function endTask(
  store: Store,
  customer: Customer,
  { endedAt = at(50), ending = completed(usd('0')), own = {} as Partial<Task> } = {},
): Promise<TaskId> {
  const lease = await claimNewTask(store, customer, { held: usd('0.01'), webhook: WEBHOOK, ...own });
  await store.queue.finish(lease, ending, endedAt, []);
  return lease.taskId;
}

/** Leaves nothing pending of what an earlier test put into the outbox. */
async function emptyOutbox(store: Store): Promise<void> {
  const end = instant(Number.MAX_SAFE_INTEGER - 1);
  for (;;) {
    const due = await claim(store, { now: end, leaseExpiresAt: end });
    if (due === undefined) return;
    await note(store, due, 200, DELIVERED);
  }
}

export function describeWebhooks(storeTest: StoreTest): void {
  const test: StoreTest = (name, run) =>
    storeTest(name, async (store) => {
      await emptyOutbox(store);
      await run(store);
    });

  describe('the webhook outbox', () => {
    test('a task keeps its webhook, and its event appears with its end', async (store) => {
      const customer = await createCustomer(store);
      const lease = await claimNewTask(store, customer, { webhook: WEBHOOK });
      assert.deepEqual((await store.tasks.find(lease.taskId))?.webhook, WEBHOOK);
      assert.equal(await store.webhooks.find(lease.taskId), undefined);
      assert.equal(await claim(store), undefined);
      await store.queue.finish(lease, completed(usd('1')), at(50), []);
      assert.deepEqual(await store.webhooks.find(lease.taskId), {
        taskId: lease.taskId,
        state: 'pending',
        dueAt: at(50),
        attempts: [],
      });
    });

    test('every way of ending a task puts its event into the outbox', async (store) => {
      const customer = await createCustomer(store);
      const own = { held: usd('0.01'), webhook: WEBHOOK };
      const ended: TaskId[] = [];
      for (const ending of [completed(usd('0')), FAILED, CANCELLED])
        ended.push(await endTask(store, customer, { ending }));

      const waiting = await submitTask(store, customer, own);
      await store.tasks.requestCancel(waiting.id, customer.id, at(60));
      const givenBack = await claimNewTask(store, customer, own);
      await store.tasks.requestCancel(givenBack.taskId, customer.id, at(60));
      await store.queue.giveBack(givenBack, { crashed: false }, at(61), []);
      const reaped = await claimNewTask(store, customer, own);
      await store.tasks.requestCancel(reaped.taskId, customer.id, at(60));
      await store.queue.reap(at(1000));
      const late = await submitTask(store, customer, { ...own, startBy: at(70) });
      await store.queue.expire(at(71));

      for (const id of [...ended, waiting.id, givenBack.taskId, reaped.taskId, late.id])
        assert.equal((await findEvent(store, id)).state, 'pending');
    });

    test('a task without a webhook, one that queues again and a refused end leave no event', async (store) => {
      const customer = await createCustomer(store);
      const silent = await claimNewTask(store, customer);
      await store.queue.finish(silent, FAILED, at(50), []);
      const running = await claimNewTask(store, customer, { webhook: WEBHOOK });
      await store.queue.giveBack(running, { crashed: true }, at(50), []);
      await claimTask(store);
      await assertLeaseLost(store.queue.finish(running, FAILED, at(51), []));
      await store.tasks.requestCancel(running.taskId, customer.id, at(52));
      for (const id of [silent.taskId, running.taskId, taskId('f'.repeat(32))])
        assert.equal(await store.webhooks.find(id), undefined);
      assert.equal(await claim(store), undefined);
    });

    test('the event that is due longest comes first, none before its time', async (store) => {
      const customer = await createCustomer(store);
      const second = await endTask(store, customer, { endedAt: at(60) });
      const first = await endTask(store, customer, { endedAt: at(50) });
      const third = await endTask(store, customer, { endedAt: at(60) });
      assert.equal(await claim(store, { now: at(49) }), undefined);
      assert.equal((await claimDue(store, { now: at(50) })).lease.taskId, first);
      assert.equal(await claim(store, { now: at(50) }), undefined);
      const later = [await claimDue(store), await claimDue(store)];
      assert.deepEqual(
        later.map(({ lease }) => lease.taskId),
        [second, third],
      );
      assert.equal(await claim(store), undefined);
    });

    test('a claim is a lease: its attempt is in the log, and nobody else gets the event', async (store) => {
      const id = await endTask(store, await createCustomer(store));
      const due = await claimDue(store, { now: at(100), leaseExpiresAt: at(500) });
      assert.deepEqual(due, {
        lease: { taskId: id, senderId: SENDER, attempt: 1 },
        attemptSinceQueued: 1,
        queuedAt: at(50),
      });
      assert.equal(await claim(store, { now: at(499), senderId: OTHER_SENDER }), undefined);
      assert.deepEqual(await store.webhooks.find(id), {
        taskId: id,
        state: 'pending',
        dueAt: at(500),
        attempts: [{ number: 1, at: at(100) }],
      });
    });

    test('of many that claim at once each gets its own', async (store) => {
      const customer = await createCustomer(store);
      const ids: TaskId[] = [];
      for (let count = 0; count < 5; count += 1) ids.push(await endTask(store, customer));
      const claims = await Promise.all(
        Array.from({ length: 12 }, (_, index) => claim(store, { senderId: workerId(`sender-${index}`) })),
      );
      const claimed = claims.flatMap((due) => (due === undefined ? [] : [due.lease.taskId]));
      assert.deepEqual(claimed.toSorted(), ids.toSorted());
    });

    test('failures are tried again until one is acknowledged; then the event rests', async (store) => {
      const id = await endTask(store, await createCustomer(store));
      await note(store, await claimDue(store, { now: at(100) }), 503, again(at(200)));
      assert.equal(await claim(store, { now: at(199) }), undefined);
      const retry = await claimDue(store, { now: at(200) });
      assert.deepEqual([retry.lease.attempt, retry.attemptSinceQueued, retry.queuedAt], [2, 2, at(50)]);
      const lost = { durationMs: 15_000, answer: { error: 'no answer' }, verdict: again(at(300)) };
      await store.webhooks.record(retry.lease, lost);
      await note(store, await claimDue(store, { now: at(300) }), 204, DELIVERED);
      assert.equal(await claim(store, { now: at(1_000_000) }), undefined);
      assert.deepEqual(await store.webhooks.find(id), {
        taskId: id,
        state: 'delivered',
        attempts: [
          { number: 1, at: at(100), durationMs: 5, answer: { status: 503 } },
          { number: 2, at: at(200), durationMs: 15_000, answer: { error: 'no answer' } },
          { number: 3, at: at(300), durationMs: 5, answer: { status: 204 } },
        ],
      });
    });

    test('a dead event is not tried again', async (store) => {
      const id = await endTask(store, await createCustomer(store));
      await note(store, await claimDue(store), 301, DEAD);
      assert.equal((await findEvent(store, id)).state, 'dead');
      assert.equal(await claim(store, { now: at(1_000_000) }), undefined);
    });

    test('an expired lease passes on, and its late answer changes nothing', async (store) => {
      const id = await endTask(store, await createCustomer(store));
      const late = await claimDue(store, { leaseExpiresAt: at(500) });
      const next = await claimDue(store, {
        now: at(500),
        senderId: OTHER_SENDER,
        leaseExpiresAt: at(900),
      });
      assert.deepEqual(next.lease, { taskId: id, senderId: OTHER_SENDER, attempt: 2 });
      await assertLeaseLost(note(store, late, 200, DELIVERED));
      const strangers = [
        { ...next.lease, attempt: 1 },
        { ...next.lease, senderId: SENDER },
        { ...next.lease, taskId: taskId('e'.repeat(32)) },
      ];
      for (const lease of strangers) await assertLeaseLost(note(store, { ...next, lease }, 200, DELIVERED));
      assert.deepEqual(await store.webhooks.find(id), {
        taskId: id,
        state: 'pending',
        dueAt: at(900),
        attempts: [
          { number: 1, at: at(100) },
          { number: 2, at: at(500) },
        ],
      });
      await note(store, next, 200, DELIVERED);
      await assertLeaseLost(note(store, next, 500, again(at(600))));
      assert.equal((await findEvent(store, id)).state, 'delivered');
    });

    test('releasing gives every lease back at once', async (store) => {
      const customer = await createCustomer(store);
      const first = await endTask(store, customer);
      const untouched = await endTask(store, customer, { endedAt: at(90) });
      const due = await claimDue(store);
      assert.equal(await store.webhooks.releaseAll(at(150)), 1);
      assert.equal(await store.webhooks.releaseAll(at(160)), 0);
      await assertLeaseLost(note(store, due, 200, DELIVERED));
      assert.equal((await findEvent(store, first)).dueAt, at(150));
      assert.equal((await findEvent(store, untouched)).dueAt, at(90));
      await note(store, await claimDue(store, { now: at(149) }), 200, DELIVERED);
      assert.equal((await claimDue(store, { now: at(150) })).lease.attempt, 2);
    });

    test('an account with enough under way waits, the others do not', async (store) => {
      const slow = await createCustomer(store);
      const quick = await createCustomer(store);
      for (let count = 0; count < 3; count += 1) await endTask(store, slow, { endedAt: at(50) });
      const quickId = await endTask(store, quick, { endedAt: at(60) });
      const limits = { mostPerAccount: 2 };
      const held = [await claimDue(store, limits), await claimDue(store, limits)];
      assert.equal((await claimDue(store, limits)).lease.taskId, quickId);
      assert.equal(await claim(store, limits), undefined);
      await note(store, held[0]!, 200, DELIVERED);
      assert.equal((await claimDue(store, limits)).attemptSinceQueued, 1);
      // Leases that have expired are nobody's any more and stand in nobody's way.
      assert.equal((await claimDue(store, { ...limits, now: at(1000) })).attemptSinceQueued, 2);
    });

    test('resending starts over, whatever became of the event', async (store) => {
      const customer = await createCustomer(store);
      for (const verdict of [DELIVERED, DEAD, again(at(9000))]) {
        const id = await endTask(store, customer);
        await note(store, await claimDue(store), 200, verdict);
        assert.equal(await store.webhooks.resend(id, at(400)), true);
        assert.equal(await claim(store, { now: at(399) }), undefined);
        const due = await claimDue(store, { now: at(400) });
        assert.deepEqual(due, {
          lease: { taskId: id, senderId: SENDER, attempt: 2 },
          attemptSinceQueued: 1,
          queuedAt: at(400),
        });
        await note(store, due, 200, DELIVERED);
        assert.equal((await findEvent(store, id)).attempts.length, 2);
      }
      const unknown = await submitTask(store, customer, { webhook: WEBHOOK });
      assert.equal(await store.webhooks.resend(unknown.id, at(400)), false);
    });

    test('resending what is being sent breaks no lease', async (store) => {
      const id = await endTask(store, await createCustomer(store));
      const due = await claimDue(store, { leaseExpiresAt: at(500) });
      assert.equal(await store.webhooks.resend(id, at(200)), true);
      assert.equal(await claim(store, { now: at(499), senderId: OTHER_SENDER }), undefined);
      await note(store, due, 500, again(at(300)));
      const next = await claimDue(store, { now: at(300) });
      assert.deepEqual([next.lease.attempt, next.attemptSinceQueued, next.queuedAt], [2, 1, at(200)]);
    });
  });
}
