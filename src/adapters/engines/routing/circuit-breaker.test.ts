import assert from 'node:assert/strict';
import { beforeEach, it } from 'node:test';
import { instant } from '#domain/instant.ts';
import { CircuitBreaker } from './circuit-breaker.ts';

let now: number;
let breaker: CircuitBreaker;
beforeEach(() => {
  now = 1_000_000;
  breaker = new CircuitBreaker({ now: () => instant(now), sleep: async () => {} });
});

const fail = (times: number) => {
  for (let count = 0; count < times; count += 1) breaker.report({ kind: 'unavailable' });
};

it('lets everything through until three starts in a row have failed', () => {
  fail(2);
  assert.equal(breaker.admits(), true);
  breaker.report({ kind: 'started' });
  fail(2);
  assert.equal(breaker.admits(), true);
  fail(1);
  assert.equal(breaker.admits(), false);
  assert.deepEqual(breaker.state, { state: 'open', reopensInMs: 30_000 });
});

it('lets one start through after the pause, whose success closes it', () => {
  fail(3);
  now += 29_999;
  assert.equal(breaker.admits(), false);
  now += 1;
  assert.deepEqual(breaker.state, { state: 'trying' });
  assert.equal(breaker.admits(), true);
  assert.equal(breaker.admits(), false);
  breaker.report({ kind: 'started' });
  assert.deepEqual([breaker.state, breaker.admits(), breaker.admits()], [{ state: 'closed' }, true, true]);
});

it('pauses twice as long after each trial that fails, up to ten minutes', () => {
  fail(3);
  for (const pauseMs of [60_000, 120_000, 240_000, 480_000, 600_000, 600_000]) {
    now += 600_000;
    assert.equal(breaker.admits(), true);
    fail(1);
    assert.deepEqual(breaker.state, { state: 'open', reopensInMs: pauseMs });
  }
});

it('does not wait for ever for a trial that nobody reports', () => {
  fail(3);
  now += 30_000;
  assert.equal(breaker.admits(), true);
  now += 119_999;
  assert.equal(breaker.admits(), false);
  now += 1;
  assert.equal(breaker.admits(), true);
});

it('leaves a busy engine alone as long as it has asked for, and asks it freely then', () => {
  breaker.report({ kind: 'busy', retryAfterMs: 2000 });
  assert.equal(breaker.admits(), false);
  now += 2000;
  assert.deepEqual([breaker.admits(), breaker.admits()], [true, true]);
  breaker.report({ kind: 'busy' });
  assert.deepEqual(breaker.state, { state: 'open', reopensInMs: 5000 });
  breaker.report({ kind: 'busy', retryAfterMs: 86_400_000 });
  assert.deepEqual(breaker.state, { state: 'open', reopensInMs: 600_000 });
});
