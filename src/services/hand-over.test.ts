/** Jobs of engines that are paid by the clip: what becomes of them when their worker has to let go of the task. */
import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it } from 'node:test';
import { type TaskId, workerId } from '#domain/ids.ts';
import { addMs } from '#domain/instant.ts';
import type { Task } from '#domain/task/task.ts';
import { makeEngineJob } from '#tests/fixtures/engine-job.ts';
import { makePictureUri } from '#tests/fixtures/picture.ts';
import { ScriptedEngine } from '#tests/fixtures/scripted-engine.ts';
import { ServiceFixture } from '#tests/fixtures/service-fixture.ts';
import { until } from '#tests/fixtures/until.ts';
import { cancelTask } from './cancel-task.ts';
import { deleteTasks } from './delete-tasks.ts';
import { recoverTasks } from './reap-stale-tasks.ts';
import { runTask } from './run-task.ts';

const TIMING = { leaseMs: 60_000, heartbeatMs: 20 };

describe('a job that can be taken over', { timeout: 30_000 }, () => {
  let fixture: ServiceFixture;
  let mayEnd: PromiseWithResolvers<void>;

  beforeEach(async () => {
    fixture = await ServiceFixture.open({
      engine: new ScriptedEngine({ capabilities: { resumable: true } }),
    });
    mayEnd = Promise.withResolvers();
    fixture.engine.script('p', { after: mayEnd.promise });
  });
  afterEach(() => fixture.close());

  async function claim(worker: string): Promise<Task> {
    const now = fixture.ports.clock.now();
    const task = await fixture.ports.queue.claim(workerId(worker), now, addMs(now, TIMING.leaseMs));
    assert.ok(task !== undefined, 'nothing waits');
    return task;
  }

  const run = async (worker: string, shutdown = new AbortController().signal): Promise<void> =>
    runTask(fixture.ports, await claim(worker), { workerId: workerId(worker), timing: TIMING, shutdown });

  /** A first worker whose job is under way. */
  async function begin(shutdown?: AbortSignal): Promise<{ id: TaskId; running: Promise<void> }> {
    const { id } = await fixture.submit({ image: await makePictureUri(), prompt: 'p' });
    const running = run('first', shutdown);
    await until(async () => (await fixture.find(id)).engineHandle !== undefined);
    return { id, running };
  }

  const reapAll = () => fixture.ports.queue.reapAll(fixture.ports.clock.now());

  /** The state of the one job that was started. */
  const jobState = async (): Promise<string> => {
    assert.equal(fixture.engine.startedJobs.length, 1, 'another job was started');
    return (await fixture.engine.status({ job: '1' }, { waitMs: 0 })).state;
  };

  /** A second worker carries the task to its end, with the job that the first one started. */
  async function takeOver(id: TaskId): Promise<void> {
    const second = run('second');
    mayEnd.resolve();
    await second;
    const { state, charged, attempt } = await fixture.find(id);
    assert.deepEqual([state, attempt], ['completed', 2]);
    assert.ok(charged !== undefined && charged > 0n);
    assert.equal(await jobState(), 'completed');
  }

  it('runs on when the lease is lost, and the next worker takes it over instead of buying another', async () => {
    const { id, running } = await begin();
    await reapAll();
    await running;
    assert.equal(await jobState(), 'running');
    await takeOver(id);
  });

  it('is followed by the next worker even before the first one knows that its lease is lost', async () => {
    const { id, running } = await begin();
    await reapAll();
    const second = run('second');
    await running;
    assert.equal(await jobState(), 'running');
    mayEnd.resolve();
    await second;
    assert.equal((await fixture.find(id)).state, 'completed');
    assert.equal(await jobState(), 'completed');
  });

  it('runs on when the server stops', async () => {
    const shutdown = new AbortController();
    const { id, running } = await begin(shutdown.signal);
    shutdown.abort();
    await running;
    const waiting = await fixture.find(id);
    assert.deepEqual([waiting.state, waiting.engineHandle], ['created', { job: '1' }]);
    assert.equal(await jobState(), 'running');
    await takeOver(id);
  });

  it('is stopped when the task was cancelled in the moment that nobody held it', async () => {
    const { id, running } = await begin();
    await fixture.ports.tasks.requestCancel(id, fixture.principal.accountId, fixture.ports.clock.now());
    await reapAll();
    await running;
    assert.equal((await fixture.find(id)).state, 'cancelled');
    assert.notEqual(await jobState(), 'running');
  });

  for (const [what, cancel] of [
    ['cancelled', (id: TaskId) => cancelTask(fixture.ports, fixture.principal, id)],
    ['deleted', (id: TaskId) => deleteTasks(fixture.ports, fixture.principal, 'wavespeed', [id])],
  ] as const) {
    it(`is stopped when its task is ${what} while it waits for the next worker`, async () => {
      const shutdown = new AbortController();
      const { id, running } = await begin(shutdown.signal);
      shutdown.abort();
      await running;
      await cancel(id);
      assert.equal((await fixture.find(id)).state, 'cancelled');
      assert.notEqual(await jobState(), 'running');
      assert.equal(await fixture.balance(), '100.00');
    });
  }

  it('is stopped when its worker died before it could carry out a cancel', async () => {
    // The worker that dies: it has started the job and noted it, and is never heard of again.
    const { id } = await fixture.submit({ image: await makePictureUri(), prompt: 'p' });
    const { attempt } = await claim('dead');
    const handle = await fixture.engine.start(makeEngineJob({ folder: '.', prompt: 'p', taskId: id }));
    await fixture.ports.queue.saveEngineHandle({ taskId: id, workerId: workerId('dead'), attempt }, handle);
    await cancelTask(fixture.ports, fixture.principal, id);
    assert.equal(await jobState(), 'running');
    await recoverTasks(fixture.ports);
    assert.equal((await fixture.find(id)).state, 'cancelled');
    assert.notEqual(await jobState(), 'running');
  });

  it('leaves no picture behind when its task was deleted and its worker died', async () => {
    const { id } = await fixture.submit({ image: await makePictureUri(), prompt: 'p' });
    await claim('dead');
    assert.equal((await fixture.assetIds()).length, 1);
    await deleteTasks(fixture.ports, fixture.principal, 'wavespeed', [id]);
    assert.equal((await fixture.assetIds()).length, 1, 'a worker may still read it');
    await recoverTasks(fixture.ports);
    assert.equal((await fixture.find(id)).state, 'cancelled');
    assert.deepEqual(await fixture.assetIds(), []);
  });
});
