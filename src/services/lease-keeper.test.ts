import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it } from 'node:test';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { AnimaticError } from '#domain/errors.ts';
import { type TaskId, taskId, workerId } from '#domain/ids.ts';
import { instant } from '#domain/instant.ts';
import type { Heartbeat } from '#ports/task-queue.ts';
import { LeaseKeeper } from './lease-keeper.ts';

const LEASE = { taskId: taskId('task'), workerId: workerId('worker'), attempt: 1 };
const TIMING = { leaseMs: 30_000, heartbeatMs: 5000 };

/** A wait that the test ends when it wants to, or whoever waits by its signal. */
class ManualWaits {
  readonly durationsMs: number[] = [];
  #end: () => void = () => {};

  begin(durationMs: number, signal?: AbortSignal): Promise<void> {
    this.durationsMs.push(durationMs);
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#end = resolve;
    if (signal?.aborted === true) resolve();
    signal?.addEventListener('abort', () => resolve(), { once: true });
    return promise;
  }

  /** Ends the wait that began last, and lets everything happen that follows. */
  async end(): Promise<void> {
    this.#end();
    await nextTurn();
  }
}

describe('a lease', () => {
  let pauses: ManualWaits;
  let newsDelays: ManualWaits;
  let beats: Heartbeat[];
  let announced: TaskId[];
  let errors: string[];
  let answer: () => Promise<{ cancelRequested: boolean }>;
  let shutdown: AbortController;
  let keeper: LeaseKeeper;

  beforeEach(() => {
    pauses = new ManualWaits();
    newsDelays = new ManualWaits();
    beats = [];
    announced = [];
    errors = [];
    answer = async () => ({ cancelRequested: false });
    shutdown = new AbortController();
  });

  afterEach(() => keeper.end());

  async function keep(): Promise<void> {
    const queue = {
      heartbeat: (_lease: unknown, beat: Heartbeat) => {
        beats.push(beat);
        return answer();
      },
    };
    const ports = {
      clock: {
        now: () => instant(1000),
        sleep: (ms: number, signal?: AbortSignal) => newsDelays.begin(ms, signal),
      },
      queue,
      signals: {
        announceTask: (id: TaskId) => announced.push(id),
        waitForTask: (_id: TaskId, ms: number, signal?: AbortSignal) => pauses.begin(ms, signal),
      },
      log: { error: (_fields: unknown, message: string) => errors.push(message) },
    };
    keeper = new LeaseKeeper(
      ports as unknown as ConstructorParameters<typeof LeaseKeeper>[0],
      LEASE,
      TIMING,
      shutdown.signal,
    );
    await nextTurn();
  }

  it('beats at a steady pace, each time extending the lease', async () => {
    await keep();
    await pauses.end();
    await pauses.end();
    assert.deepEqual(
      beats.map((beat) => beat.leaseExpiresAt),
      [31_000, 31_000, 31_000],
    );
    assert.deepEqual(pauses.durationsMs, [5000, 5000, 5000]);
  });

  it('carries news soon after it came, all of it at once', async () => {
    await keep();
    keeper.report(0.25);
    keeper.log('info', 'first');
    keeper.report(0.5);
    keeper.log('warn', 'second');
    assert.equal(beats.length, 1);
    assert.equal(newsDelays.durationsMs.length, 1);
    await newsDelays.end();
    assert.deepEqual(beats[1], {
      at: 1000,
      leaseExpiresAt: 31_000,
      progress: 0.5,
      log: [
        { at: 1000, level: 'info', message: 'first' },
        { at: 1000, level: 'warn', message: 'second' },
      ],
    });
  });

  it('announces the task only when it carried news, because that ends its own pause', async () => {
    await keep();
    await pauses.end();
    assert.deepEqual(announced, []);
    keeper.report(0.1);
    await newsDelays.end();
    assert.deepEqual(announced, [LEASE.taskId]);
    await pauses.end();
    assert.deepEqual([beats.length, announced.length], [4, 1]);
  });

  it('never lets progress fall or pass 1', async () => {
    await keep();
    for (const progress of [0.6, 0.3, 7]) {
      keeper.report(progress);
      await newsDelays.end();
    }
    assert.deepEqual(
      beats.map((beat) => beat.progress),
      [0, 0.6, 1],
    );
  });

  it('stops the work when its cancel was asked for', async () => {
    answer = async () => ({ cancelRequested: true });
    await keep();
    assert.equal(keeper.signal.reason, 'cancelRequested');
    await pauses.end();
    assert.equal(beats.length, 1, 'it beats on');
  });

  it('stops the work when it was lost', async () => {
    answer = () => Promise.reject(new AnimaticError('lease_lost', 'Somebody else has it.'));
    await keep();
    assert.equal(keeper.signal.reason, 'leaseLost');
    assert.deepEqual(errors, []);
  });

  it('outlives a store that fails, and loses no line', async () => {
    await keep();
    answer = () => Promise.reject(new Error('disk full'));
    keeper.log('info', 'first');
    await newsDelays.end();
    assert.equal(errors.length, 1);
    assert.equal(keeper.signal.aborted, false);
    answer = async () => ({ cancelRequested: false });
    await pauses.end();
    assert.deepEqual(
      beats.at(-1)!.log.map(({ message }) => message),
      ['first'],
    );
    assert.deepEqual(announced, [LEASE.taskId]);
  });

  it('stops the work when the server stops, also when it is stopping already', async () => {
    await keep();
    shutdown.abort();
    assert.equal(keeper.signal.reason, 'shutdown');
    await keeper.end();
    await keep();
    assert.equal(keeper.signal.reason, 'shutdown');
    assert.equal(beats.length, 1);
  });

  it('ends only after the beat that is under way, and leaves the rest of the lines', async () => {
    await keep();
    const { promise, resolve } = Promise.withResolvers<{ cancelRequested: boolean }>();
    answer = () => promise;
    keeper.log('info', 'carried');
    await newsDelays.end();
    keeper.log('info', 'left');
    let hasEnded = false;
    const ended = keeper.end().then(() => {
      hasEnded = true;
    });
    await nextTurn();
    assert.equal(hasEnded, false);
    resolve({ cancelRequested: false });
    await ended;
    assert.deepEqual(
      keeper.takeLines().map(({ message }) => message),
      ['left'],
    );
    assert.equal(beats.length, 2);
  });

  it('bounds what an attempt may log', async () => {
    await keep();
    for (let number = 1; number <= 5000; number += 1) keeper.log('info', `${number} ${'x'.repeat(10_000)}`);
    const lines = keeper.takeLines();
    assert.equal(lines.length, 1000);
    assert.ok(lines.every(({ message }) => message.length <= 2000));
    assert.match(lines.at(-1)!.message, /is full/);
  });
});
