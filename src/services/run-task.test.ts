import assert from 'node:assert/strict';
import { rm } from 'node:fs/promises';
import { afterEach, beforeEach, describe, it } from 'node:test';
import type { EndpointKey } from '#domain/endpoint-key.ts';
import { type TaskId, workerId } from '#domain/ids.ts';
import { addMs } from '#domain/instant.ts';
import { formatUsd } from '#domain/money.ts';
import { MAX_ATTEMPTS } from '#domain/task/retry-limits.ts';
import type { Task } from '#domain/task/task.ts';
import type { Ports } from '#ports/ports.ts';
import { enginesOf } from '#tests/fixtures/engines-of.ts';
import { makePicture, makePictureUri } from '#tests/fixtures/picture.ts';
import { ScriptedEngine } from '#tests/fixtures/scripted-engine.ts';
import { ServiceFixture } from '#tests/fixtures/service-fixture.ts';
import { until } from '#tests/fixtures/until.ts';
import { cancelTask } from './cancel-task.ts';
import { jobFor, prepareFiles } from './prepare-job.ts';
import { runTask } from './run-task.ts';

const WORKER = workerId('worker');
const TIMING = { leaseMs: 60_000, heartbeatMs: 20 };
/** Two pictures at $0.24 a second. */
const STANDARD: EndpointKey = { protocol: 'wavespeed', id: 'bytedance/seedance-2.0/image-to-video' };
/** Priced by the pixels and seconds that were really made. */
const BY_TOKENS: EndpointKey = { protocol: 'fal', id: 'bytedance/seedance-2.0/fast/image-to-video' };
const PICTURE_URL = 'https://pictures.example/lighthouse.png';

describe('an attempt at a task', { timeout: 30_000 }, () => {
  let fixture: ServiceFixture;
  let image: string;

  beforeEach(async () => {
    fixture = await ServiceFixture.open();
    image = await makePictureUri();
    fixture.fetcher.files.set(PICTURE_URL, await makePicture());
  });

  afterEach(async () => {
    assert.deepEqual(await fixture.scratchFiles(), [], 'scratch files are left');
    await fixture.close();
  });

  async function claim(): Promise<Task> {
    const now = fixture.ports.clock.now();
    const task = await fixture.ports.queue.claim(WORKER, now, addMs(now, TIMING.leaseMs));
    assert.ok(task !== undefined, 'nothing waits');
    return task;
  }

  const run = (
    task: Task,
    { shutdown = new AbortController().signal, ports = fixture.ports as Ports } = {},
  ): Promise<void> => runTask(ports, task, { workerId: WORKER, timing: TIMING, shutdown });

  /** Claims the one waiting task and carries it through one attempt. */
  async function attempt(ports?: Ports): Promise<Task> {
    const task = await claim();
    await run(task, ports === undefined ? {} : { ports });
    return fixture.find(task.id);
  }

  /** Submits a task whose job never ends, and begins to run it. */
  async function begin(shutdown?: AbortSignal): Promise<{ id: TaskId; running: Promise<void> }> {
    fixture.engine.script('stall', { endings: ['stalled', 'completed'] });
    const { id } = await fixture.submit({ image, prompt: 'stall' });
    const running = run(await claim(), shutdown === undefined ? {} : { shutdown });
    await until(async () => (await fixture.find(id)).engineHandle !== undefined);
    return { id, running };
  }

  const cancel = (id: TaskId) => cancelTask(fixture.ports, fixture.principal, id);

  const isRunning = async (handle: Task['engineHandle']): Promise<boolean> =>
    (await fixture.engine.status(handle!, { waitMs: 0 })).state === 'running';

  it('completes it: file, log, charge and rest of the hold', async () => {
    const { id } = await fixture.submit({ image: PICTURE_URL, prompt: 'p', duration: 7 });
    const task = await attempt();
    assert.equal(task.state, 'completed');
    assert.equal(formatUsd(task.charged!), '1.40');
    assert.equal(await fixture.balance(), '98.60');
    const asset = await fixture.ports.assets.find(task.output!.assetId);
    assert.deepEqual([asset?.fileName, asset?.byteLength], [`${id}.mp4`, task.output!.byteLength]);
    assert.deepEqual(await fixture.log(id), ['Step 1 of 2.', 'Step 2 of 2.', 'Completed.']);
  });

  it('settles an automatic length on what was really made', async () => {
    fixture.engine.script('p', { autoDurationSeconds: 6 });
    const { held } = await fixture.submit({ image_url: image, prompt: 'p', duration: 'auto' }, BY_TOKENS);
    const task = await attempt();
    assert.deepEqual(task.output?.size, { width: 1280, height: 720 });
    // 1280 x 720 x 6 x 24 / 1024 tokens at $0.0112 per thousand.
    assert.equal(formatUsd(task.charged!), '1.45152');
    assert.ok(held > task.charged!);
    assert.equal(await fixture.balance(), '98.54848');
  });

  it('fails with the path of the input that the engine named by role and index', async () => {
    const error = { code: 'media_unreadable', message: 'It is damaged.' } as const;
    const { id } = await fixture.submit({ images: [image, image], prompt: 'second' }, STANDARD);
    fixture.engine.script('second', {
      endings: ['failed'],
      error: { ...error, details: { role: 'images', index: 1 } },
    });
    const task = await attempt();
    assert.equal(task.state, 'failed');
    assert.deepEqual(task.error?.path, ['images', 1]);
    assert.match(task.error!.message, /^"images\.1": It is damaged\.$/);
    assert.equal(await fixture.balance(), '100.00');
    assert.equal((await fixture.log(id)).at(-1), task.error!.message);

    await fixture.submit({ image, last_image: image, prompt: 'last' });
    fixture.engine.script('last', {
      endings: ['failed'],
      error: { ...error, details: { role: 'lastImage' } },
    });
    assert.deepEqual((await attempt()).error?.path, ['last_image']);
  });

  it('fails with the path of a file that cannot be fetched', async () => {
    await fixture.submit(
      { images: [PICTURE_URL, 'https://pictures.example/gone.png'], prompt: 'p' },
      STANDARD,
    );
    const { state, error } = await attempt();
    assert.deepEqual([state, error?.code, error?.path], ['failed', 'media_access_failed', ['images', 1]]);
    assert.equal(fixture.engine.startedJobs.length, 0);
  });

  it('goes to another engine when its own was removed before anything was started', async () => {
    const { engine } = await fixture.submit({ image, prompt: 'p' });
    const engines = enginesOf(new ScriptedEngine({ name: 'another' }));
    const task = await attempt({ ...fixture.ports, engines });
    assert.deepEqual([engine, task.engine, task.state], ['scripted', 'another', 'completed']);
  });

  it('fails when the engine throws, without telling why to strangers', async () => {
    await fixture.submit({ image, prompt: 'p' });
    fixture.engine.start = () => Promise.reject(new Error('the password is 1234'));
    const { error } = await attempt();
    assert.equal(error?.code, 'internal');
    assert.doesNotMatch(JSON.stringify(error), /1234/);
  });

  it('is tried once more when the engine died on it, then fails', async () => {
    fixture.engine.script('once', { endings: ['crashed', 'completed'] });
    fixture.engine.script('always', { endings: ['crashed'] });
    await fixture.submit({ image, prompt: 'once' });
    const again = await attempt();
    assert.deepEqual([again.state, again.crashes], ['created', 1]);
    assert.equal((await attempt()).state, 'completed');

    await fixture.submit({ image, prompt: 'always' });
    await attempt();
    const failed = await attempt();
    assert.deepEqual([failed.state, failed.error?.code, failed.attempt], ['failed', 'engine_crashed', 2]);
    assert.equal(await fixture.balance(), '99.00');
  });

  it('that was lost queues again without blame, up to a bound', async () => {
    fixture.engine.script('lost', { endings: ['lost'] });
    await fixture.submit({ image, prompt: 'lost' });
    const again = await attempt();
    assert.deepEqual([again.state, again.crashes, again.engineHandle], ['created', 0, undefined]);
    for (let number = 2; number < MAX_ATTEMPTS; number += 1) assert.equal((await attempt()).state, 'created');
    const failed = await attempt();
    assert.deepEqual([failed.state, failed.error?.code], ['failed', 'engine_crashed']);
    assert.match(failed.error!.message, /interrupted 20 times/);
    assert.equal(await fixture.balance(), '100.00');
  });

  it('fails a task none of whose attempts came to a verdict, without another one', async () => {
    await fixture.submit({ image, prompt: 'p' });
    for (let number = 1; number <= MAX_ATTEMPTS; number += 1) {
      await claim();
      await fixture.ports.queue.reapAll(fixture.ports.clock.now());
    }
    assert.equal((await attempt()).error?.code, 'engine_crashed');
    assert.equal(fixture.engine.startedJobs.length, 0);
  });

  it('is cancelled while its files are fetched', async () => {
    fixture.fetcher.hangs.add(PICTURE_URL);
    const { id } = await fixture.submit({ image: PICTURE_URL, prompt: 'p' });
    const running = run(await claim());
    await until(() => fixture.fetcher.asked.length === 1);
    await cancel(id);
    await running;
    assert.equal((await fixture.find(id)).state, 'cancelled');
    assert.equal(await fixture.balance(), '100.00');
  });

  it('is cancelled while the engine works, which stops', async () => {
    const { id, running } = await begin();
    const { engineHandle } = await fixture.find(id);
    await cancel(id);
    await running;
    const task = await fixture.find(id);
    assert.deepEqual([task.state, task.error?.code], ['cancelled', 'cancelled']);
    assert.equal(await isRunning(engineHandle), false);
    assert.equal(await fixture.balance(), '100.00');
  });

  it('cannot be cancelled after its completion', async () => {
    const { id } = await fixture.submit({ image, prompt: 'p' });
    const done = await attempt();
    await assert.rejects(cancel(id), { code: 'already_finished' });
    assert.deepEqual(await fixture.find(id), done);
  });

  it('whose lease is lost stops the engine and writes nothing', async () => {
    const { id, running } = await begin();
    const { engineHandle } = await fixture.find(id);
    await fixture.ports.queue.reapAll(fixture.ports.clock.now());
    const queued = await fixture.find(id);
    const log = await fixture.log(id);
    await running;
    assert.deepEqual(await fixture.find(id), queued);
    assert.deepEqual(await fixture.log(id), log);
    assert.equal(await isRunning(engineHandle), false);
    // The next attempt finds that job stopped, and makes the clip anew.
    assert.equal((await attempt()).state, 'completed');
  });

  it('goes back to the queue when the server stops', async () => {
    const shutdown = new AbortController();
    const { id, running } = await begin(shutdown.signal);
    const { engineHandle } = await fixture.find(id);
    shutdown.abort();
    await running;
    const task = await fixture.find(id);
    assert.deepEqual([task.state, task.crashes, task.engineHandle], ['created', 0, undefined]);
    assert.equal(await isRunning(engineHandle), false);
    assert.equal(await fixture.balance(), '99.00');
  });

  /** An attempt that started the engine and died; returns the job. */
  async function leaveJobBehind(): Promise<{ id: TaskId; outputPath: string }> {
    const { id } = await fixture.submit({ image, prompt: 'p' });
    const task = await claim();
    const files = await prepareFiles(fixture.ports, task, {
      signal: new AbortController().signal,
      scratchPaths: [],
    });
    const job = jobFor(task, fixture.engine, files);
    const handle = await fixture.engine.start(job);
    const lease = { taskId: id, workerId: WORKER, attempt: task.attempt };
    await fixture.ports.queue.saveEngineHandle(lease, handle);
    await fixture.ports.queue.reapAll(fixture.ports.clock.now());
    await until(async () => !(await isRunning(handle)));
    return { id, outputPath: job.outputPath };
  }

  it('takes over the job of an attempt that died, when the engine still knows it', async () => {
    const { outputPath } = await leaveJobBehind();
    assert.equal((await attempt()).state, 'completed');
    assert.equal(fixture.engine.startedJobs.length, 1);
    await rm(outputPath);
  });

  it('makes the clip anew when the job that died is unknown, or its clip is gone', async () => {
    const { outputPath } = await leaveJobBehind();
    await fixture.engine.forgetAll();
    assert.equal((await attempt()).state, 'completed');
    assert.equal(fixture.engine.startedJobs.length, 2);
    await rm(outputPath);

    const gone = await leaveJobBehind();
    await rm(gone.outputPath);
    assert.equal((await attempt()).state, 'completed');
    assert.equal(fixture.engine.startedJobs.length, 4);
  });

  it('stops a job whose handle cannot be noted', async () => {
    const { id } = await fixture.submit({ image, prompt: 'stall' });
    fixture.engine.script('stall', { endings: ['stalled'] });
    const saveEngineHandle = () => Promise.reject(new Error('disk full'));
    const queue = { ...fixture.ports.queue, saveEngineHandle };
    assert.equal((await attempt({ ...fixture.ports, queue })).error?.code, 'internal');
    assert.equal(fixture.engine.startedJobs.length, 1);
    assert.equal(await isRunning({ job: '1' }), false);
    assert.equal((await fixture.find(id)).state, 'failed');
  });

  it('removes the clip when the final statement is refused', async () => {
    await fixture.submit({ image, prompt: 'p' });
    const before = await fixture.assetIds();
    const { queue } = fixture.ports;
    const finish: typeof queue.finish = async (...statement) => {
      await queue.reapAll(fixture.ports.clock.now());
      await queue.finish(...statement);
    };
    assert.equal((await attempt({ ...fixture.ports, queue: { ...queue, finish } })).state, 'created');
    assert.deepEqual(await fixture.assetIds(), before);
    assert.equal((await attempt()).state, 'completed');
  });

  it('keeps the clip when the store failed only after it had committed', async () => {
    await fixture.submit({ image, prompt: 'p' });
    const { queue } = fixture.ports;
    const finish: typeof queue.finish = async (...statement) => {
      await queue.finish(...statement);
      throw new Error('the answer was lost');
    };
    const task = await attempt({ ...fixture.ports, queue: { ...queue, finish } });
    assert.equal(task.state, 'completed');
    assert.ok((await fixture.ports.assets.find(task.output!.assetId)) !== undefined);
  });

  it('is repeated when the store failed at its end', async () => {
    await fixture.submit({ image, prompt: 'p' });
    const before = await fixture.assetIds();
    const finish = () => Promise.reject(new Error('disk full'));
    const task = await attempt({ ...fixture.ports, queue: { ...fixture.ports.queue, finish } });
    assert.equal(task.state, 'processing');
    assert.deepEqual(await fixture.assetIds(), before);
    await fixture.ports.queue.reapAll(fixture.ports.clock.now());
    assert.equal((await attempt()).state, 'completed');
  });

  it('never rejects, not even when nothing can be tidied up', async () => {
    await fixture.submit({ image, prompt: 'p' });
    const { assets } = fixture.ports;
    const stuck = () => Promise.reject(new Error('read-only file system'));
    const task = await attempt({
      ...fixture.ports,
      assets: {
        createScratchPath: (extension) => assets.createScratchPath(extension),
        adopt: (...file) => assets.adopt(...file),
        write: (...file) => assets.write(...file),
        find: (id) => assets.find(id),
        delete: stuck,
        discardScratch: stuck,
        discardScratchBefore: stuck,
      },
    });
    assert.equal(task.state, 'completed');
  });
});
