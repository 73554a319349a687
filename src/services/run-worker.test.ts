import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it } from 'node:test';
import { workerId } from '#domain/ids.ts';
import type { Ports } from '#ports/ports.ts';
import { BareSignals } from '#tests/fixtures/bare-signals.ts';
import { makePictureUri } from '#tests/fixtures/picture.ts';
import { ServiceFixture } from '#tests/fixtures/service-fixture.ts';
import { silentLog } from '#tests/fixtures/silent-log.ts';
import { until } from '#tests/fixtures/until.ts';
import { waitForEnd } from './find-task.ts';
import { runWorker } from './run-worker.ts';

const TIMING = { leaseMs: 60_000, heartbeatMs: 20 };

describe('a worker', { timeout: 30_000 }, () => {
  let fixture: ServiceFixture;
  let shutdown: AbortController;
  let working: Promise<void>;
  let body: { image: string; prompt: string };

  beforeEach(async () => {
    fixture = await ServiceFixture.open({ signals: new BareSignals() });
    shutdown = new AbortController();
    body = { image: await makePictureUri(), prompt: 'p' };
  });

  afterEach(async () => {
    shutdown.abort();
    await working;
    await fixture.close();
  });

  function work(ports: Partial<Ports> = {}): void {
    const options = { workerId: workerId('worker'), timing: TIMING, shutdown: shutdown.signal };
    working = runWorker({ ...fixture.ports, ...ports }, options);
  }

  const end = async (id: Awaited<ReturnType<ServiceFixture['submit']>>['id']) =>
    (await waitForEnd(fixture.ports, id, { timeoutMs: 20_000 })).state;

  it('makes what waits when it starts, and what comes later', async () => {
    const first = await fixture.submit(body);
    work();
    assert.equal(await end(first.id), 'completed');
    assert.equal(await end((await fixture.submit(body)).id), 'completed');
  });

  it('does not sleep through a task that comes while it claims', async () => {
    const { queue } = fixture.ports;
    let claims = 0;
    const claim: Ports['queue']['claim'] = async (...who) => {
      const found = await queue.claim(...who);
      claims += 1;
      if (claims === 1) await fixture.submit(body);
      return found;
    };
    work({ queue: { ...queue, claim } });
    await until(() => fixture.engine.startedJobs.length === 1);
    assert.equal(claims, 2);
  });

  it('goes on when the store fails for a while', async () => {
    const { queue } = fixture.ports;
    const errors: string[] = [];
    let isBroken = true;
    const claim: Ports['queue']['claim'] = (...who) =>
      isBroken ? Promise.reject(new Error('disk full')) : queue.claim(...who);
    const log = { ...silentLog, error: (_fields: unknown, message: string) => errors.push(message) };
    work({ queue: { ...queue, claim }, log });
    await until(() => errors.length === 1);
    isBroken = false;
    assert.equal(await end((await fixture.submit(body)).id), 'completed');
    assert.equal(errors.length, 1);
  });

  it('stops at once, leaving what it had begun to the queue', async () => {
    fixture.engine.script('stall', { endings: ['stalled'] });
    const { id } = await fixture.submit({ ...body, prompt: 'stall' });
    const next = await fixture.submit(body);
    work();
    await until(() => fixture.engine.startedJobs.length === 1);
    shutdown.abort();
    await working;
    assert.equal((await fixture.find(id)).state, 'created');
    assert.equal((await fixture.find(next.id)).attempt, 0);
  });
});
