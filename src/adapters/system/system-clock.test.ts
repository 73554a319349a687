import assert from 'node:assert/strict';
import { getEventListeners } from 'node:events';
import { describe, test } from 'node:test';
import { systemClock } from './system-clock.ts';

describe('system clock', () => {
  test('tells whole milliseconds of the present', () => {
    const before = Date.now();
    const now = systemClock.now();
    assert.ok(Number.isInteger(now));
    assert.ok(now >= before && now <= Date.now());
  });

  test('sleeps for the time asked for', async () => {
    const before = performance.now();
    await systemClock.sleep(20);
    // A timer may fire up to a millisecond early by the finer clock.
    assert.ok(performance.now() - before >= 19);
  });

  test('wakes at once on abort and leaves no listener behind', async () => {
    const controller = new AbortController();
    const sleeping = systemClock.sleep(60_000, controller.signal);
    controller.abort();
    await sleeping;
    assert.equal(getEventListeners(controller.signal, 'abort').length, 0);
    await systemClock.sleep(60_000, controller.signal);
  });

  test('a finished sleep leaves no listener on a long-lived signal', async () => {
    const controller = new AbortController();
    await systemClock.sleep(1, controller.signal);
    assert.equal(getEventListeners(controller.signal, 'abort').length, 0);
  });

  test('a sleep beyond the range of timers does not end at once', async () => {
    const controller = new AbortController();
    let awake = false;
    const sleeping = systemClock.sleep(2 ** 40, controller.signal).then(() => {
      awake = true;
    });
    await systemClock.sleep(10);
    assert.equal(awake, false);
    controller.abort();
    await sleeping;
  });
});
