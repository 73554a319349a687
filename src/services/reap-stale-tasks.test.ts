import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it } from 'node:test';
import { workerId } from '#domain/ids.ts';
import { addMs } from '#domain/instant.ts';
import type { Task } from '#domain/task/task.ts';
import type { Ports } from '#ports/ports.ts';
import { BareSignals } from '#tests/fixtures/bare-signals.ts';
import { FAST, ServiceFixture } from '#tests/fixtures/service-fixture.ts';
import { silentLog } from '#tests/fixtures/silent-log.ts';
import { cancelTask } from './cancel-task.ts';
import { reapStaleTasks, recoverTasks } from './reap-stale-tasks.ts';

const INTERVAL_MS = 10_000;

describe('tasks of silent workers', { timeout: 30_000 }, () => {
  let fixture: ServiceFixture;
  beforeEach(async () => {
    fixture = await ServiceFixture.open({ signals: new BareSignals() });
  });
  afterEach(() => fixture.close());

  /** A task that somebody claimed with a lease that ends so much from now. */
  async function claimed(leaseMs: number): Promise<Task> {
    await fixture.submit({ image: 'https://pictures.example/a.png', prompt: 'p' }, FAST);
    const now = fixture.ports.clock.now();
    const task = await fixture.ports.queue.claim(workerId('silent'), now, addMs(now, leaseMs));
    return task!;
  }

  /** Runs the reaper for so many rounds; between them `asleep` is called with the time that it sleeps. */
  async function reap(rounds: number, ports: Partial<Ports> = {}, asleep = (_ms: number) => {}) {
    const shutdown = new AbortController();
    let slept = 0;
    const clock = {
      now: fixture.ports.clock.now,
      sleep: async (ms: number) => {
        asleep(ms);
        slept += 1;
        if (slept === rounds) shutdown.abort();
      },
    };
    const options = { intervalMs: INTERVAL_MS, shutdown: shutdown.signal };
    await reapStaleTasks({ ...fixture.ports, ...ports, clock }, options);
  }

  it('queue again once their lease is over, and wake who waits', async () => {
    const stale = await claimed(0);
    const fresh = await claimed(60_000);
    const woken = fixture.ports.signals.waitForWork(20_000);
    const told = fixture.ports.signals.waitForTask(stale.id, 20_000);
    await reap(1);
    await Promise.all([woken, told]);
    assert.equal((await fixture.find(stale.id)).state, 'created');
    assert.equal((await fixture.find(fresh.id)).state, 'processing');
    assert.equal(await fixture.balance(), '98.00');
  });

  it('are looked for again and again, also after the store failed', async () => {
    const stale = await claimed(0);
    const errors: string[] = [];
    const pauses: number[] = [];
    let calls = 0;
    const reapOnce: Ports['queue']['reap'] = (at) => {
      calls += 1;
      return calls === 1 ? Promise.reject(new Error('disk full')) : fixture.ports.queue.reap(at);
    };
    const log = { ...silentLog, error: (_fields: unknown, message: string) => errors.push(message) };
    await reap(2, { queue: { ...fixture.ports.queue, reap: reapOnce }, log }, (ms) => pauses.push(ms));
    assert.deepEqual([errors.length, pauses], [1, [INTERVAL_MS, INTERVAL_MS]]);
    assert.equal((await fixture.find(stale.id)).state, 'created');
  });

  it('are cancelled instead when that was asked for', async () => {
    const stale = await claimed(0);
    await cancelTask(fixture.ports, fixture.principal, stale.id);
    assert.equal((await fixture.find(stale.id)).state, 'processing');
    await reap(1);
    assert.equal((await fixture.find(stale.id)).state, 'cancelled');
    assert.equal(await fixture.balance(), '100.00');
  });

  it('all queue again at the start of the only program on a store', async () => {
    const { id } = await claimed(60_000);
    const woken = fixture.ports.signals.waitForWork(20_000);
    await recoverTasks(fixture.ports);
    await woken;
    assert.equal((await fixture.find(id)).state, 'created');
  });
});
