import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it } from 'node:test';
import { taskId } from '#domain/ids.ts';
import type { Task } from '#domain/task/task.ts';
import { BareSignals } from '#tests/fixtures/bare-signals.ts';
import { ServiceFixture } from '#tests/fixtures/service-fixture.ts';
import { cancelTask } from './cancel-task.ts';
import { waitForEnd } from './find-task.ts';

const LONG_MS = 60_000;

describe('waiting for the end of a task', { timeout: 30_000 }, () => {
  let fixture: ServiceFixture;
  let task: Task;
  beforeEach(async () => {
    fixture = await ServiceFixture.open({ signals: new BareSignals() });
    task = await fixture.submit({ image: 'https://pictures.example/a.png', prompt: 'p' });
  });
  afterEach(() => fixture.close());

  it('ends with the task', async () => {
    const waiting = waitForEnd(fixture.ports, task.id, { timeoutMs: LONG_MS });
    await cancelTask(fixture.ports, fixture.principal, task.id);
    assert.equal((await waiting).state, 'cancelled');
  });

  it('does not sleep through an end that comes while the store is read', async () => {
    const { tasks } = fixture.ports;
    let reads = 0;
    const find: typeof tasks.find = async (...which) => {
      const found = await tasks.find(...which);
      reads += 1;
      if (reads === 1) await cancelTask(fixture.ports, fixture.principal, task.id);
      return found;
    };
    const waiting = waitForEnd({ ...fixture.ports, tasks: { ...tasks, find } }, task.id, {
      timeoutMs: LONG_MS,
    });
    assert.equal((await waiting).state, 'cancelled');
    assert.equal(reads, 2);
  });

  it('gives the task as it stands when the time is over or nobody waits any more', async () => {
    assert.equal((await waitForEnd(fixture.ports, task.id, { timeoutMs: 0 })).state, 'created');
    const gone = new AbortController();
    const waiting = waitForEnd(fixture.ports, task.id, { timeoutMs: LONG_MS, signal: gone.signal });
    gone.abort();
    assert.equal((await waiting).state, 'created');
  });

  it('fails for a task that is not there', async () => {
    const id = taskId('0'.repeat(32));
    await assert.rejects(waitForEnd(fixture.ports, id, { timeoutMs: LONG_MS }), { code: 'not_found' });
  });
});
