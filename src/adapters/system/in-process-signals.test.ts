import assert from 'node:assert/strict';
import { getEventListeners } from 'node:events';
import { describe, test } from 'node:test';
import { taskId } from '#domain/ids.ts';
import { InProcessSignals } from './in-process-signals.ts';

/** Far longer than any test runs: a wait that ends by it fails the test's own time limit. */
const NEVER_MS = 60_000;
const A = taskId('a'.repeat(32));
const B = taskId('b'.repeat(32));

describe('in-process signals', { timeout: 10_000 }, () => {
  test('an announcement wakes every waiter of its kind', async () => {
    const signals = new InProcessSignals();
    const work = [signals.waitForWork(NEVER_MS), signals.waitForWork(NEVER_MS)];
    const task = [signals.waitForTask(A, NEVER_MS), signals.waitForTask(A, NEVER_MS)];
    signals.announceWork();
    await Promise.all(work);
    signals.announceTask(A);
    await Promise.all(task);
    const webhooks = [signals.waitForWebhook(NEVER_MS), signals.waitForWebhook(NEVER_MS)];
    signals.announceWebhook();
    await Promise.all(webhooks);
  });

  test('a waiter for another task sleeps on', async () => {
    const signals = new InProcessSignals();
    const controller = new AbortController();
    let woken = false;
    const waiting = signals.waitForTask(B, NEVER_MS, controller.signal).then(() => {
      woken = true;
    });
    const announced = signals.waitForTask(A, NEVER_MS);
    signals.announceTask(A);
    signals.announceWork();
    await announced;
    // The echo of A's announcement has passed too once a waiter that came late is woken.
    await signals.waitForTask(A, NEVER_MS);
    assert.equal(woken, false);
    controller.abort();
    await waiting;
  });

  test('an announcement between a read and a wait is not lost', async () => {
    const signals = new InProcessSignals();
    signals.announceTask(A);
    signals.announceWork();
    await signals.waitForTask(A, NEVER_MS);
    await signals.waitForWork(NEVER_MS);
  });

  test('an echo sounds once: afterwards a wait lasts until its time-out', async () => {
    const signals = new InProcessSignals();
    signals.announceTask(A);
    await signals.waitForTask(A, NEVER_MS);
    const before = performance.now();
    await signals.waitForTask(A, 80);
    assert.ok(performance.now() - before >= 79);
  });

  test('time-out and abort end a wait without an announcement', async () => {
    const signals = new InProcessSignals();
    await signals.waitForWork(1);
    await signals.waitForTask(A, 1);
    const controller = new AbortController();
    const waiting = [
      signals.waitForWork(NEVER_MS, controller.signal),
      signals.waitForTask(A, NEVER_MS, controller.signal),
    ];
    controller.abort();
    await Promise.all(waiting);
    await signals.waitForTask(A, NEVER_MS, controller.signal);
  });

  test('waits leave no listener on a long-lived signal', async () => {
    const signals = new InProcessSignals();
    const controller = new AbortController();
    const waiting = signals.waitForTask(A, NEVER_MS, controller.signal);
    assert.equal(getEventListeners(controller.signal, 'abort').length, 1);
    signals.announceTask(A);
    await waiting;
    await signals.waitForWork(1, controller.signal);
    assert.equal(getEventListeners(controller.signal, 'abort').length, 0);
  });
});
