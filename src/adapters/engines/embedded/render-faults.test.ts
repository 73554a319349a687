/** What becomes of jobs whose render process misbehaves: a stand-in for its program brings every fault about. */
import assert from 'node:assert/strict';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, describe, test } from 'node:test';
import type { JsonValue } from '#domain/json.ts';
import type { EngineStatus } from '#ports/engine.ts';
import { makeEngineJob } from '#tests/fixtures/engine-job.ts';
import { silentLog } from '#tests/fixtures/silent-log.ts';
import { randomIds } from '../../system/random-ids.ts';
import { EmbeddedEngine } from './embedded-engine.ts';

const STAND_IN = new URL('../../../../tests/fixtures/faulty-render-child.ts', import.meta.url);

let folder: string;
before(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'animatic-faults-'));
});
after(() => rm(folder, { recursive: true }));

const open = (options: Partial<ConstructorParameters<typeof EmbeddedEngine>[0]> = {}) =>
  new EmbeddedEngine({ workers: 1, ids: randomIds, log: silentLog, entry: STAND_IN, ...options });

const makeJob = (prompt: string) => makeEngineJob({ folder, prompt, imagePaths: ['still.png'] });

async function run(engine: EmbeddedEngine, prompt: string): Promise<EngineStatus> {
  const handle = await engine.start(makeJob(prompt));
  let status = await engine.status(handle, { waitMs: 0 });
  while (status.state === 'running')
    status = await engine.status(handle, { after: status.revision, waitMs: 10_000 });
  return status;
}

/** Waits until the job reports progress. */
async function untilUnderWay(engine: EmbeddedEngine, handle: JsonValue): Promise<void> {
  let status = await engine.status(handle, { waitMs: 0 });
  while (status.state === 'running' && status.progress === 0) {
    status = await engine.status(handle, { after: status.revision, waitMs: 10_000 });
  }
  assert.equal(status.state, 'running');
}

describe('a render process that misbehaves', { timeout: 60_000 }, () => {
  let engine: EmbeddedEngine;
  before(() => {
    engine = open();
  });
  after(() => engine.close());

  for (const [fault, state, message] of [
    ['exit', 'crashed', /code 3/],
    ['throw', 'crashed', /code 1/],
    ['confess', 'crashed', /A render thread failed: a defect/],
    ['segfault', 'crashed', /SIGSEGV/],
    ['abort', 'crashed', /SIGABRT/],
    ['killed', 'lost', /SIGKILL/],
    ['terminated', 'lost', /SIGTERM/],
  ] as const) {
    test(`${fault}: the job is ${state}, its file removed, and the next job finds a new process`, async () => {
      const status = await run(engine, fault);
      assert.ok(status.state === state, JSON.stringify(status));
      assert.match(status.message, message);
      assert.deepEqual(await readdir(folder), []);
      assert.equal((await run(engine, 'complete')).state, 'completed');
      for (const file of await readdir(folder)) await rm(path.join(folder, file));
    });
  }

  test('a reported failure keeps its code, and the process lives on', async () => {
    const status = await run(engine, 'fail');
    assert.deepEqual(status, {
      state: 'failed',
      error: { code: 'media_unreadable', message: 'The file is damaged.' },
      log: [],
    });
    assert.deepEqual(await readdir(folder), []);
  });

  test('a process that does not listen is killed: a cancel takes less than 200 ms', async () => {
    const elapsedMs: number[] = [];
    // The machine may be busy with other tests: the best of three counts.
    for (let attempt = 0; attempt < 3; attempt += 1) {
      const handle = await engine.start(makeJob('block'));
      await untilUnderWay(engine, handle);
      const before = performance.now();
      await engine.cancel(handle);
      elapsedMs.push(performance.now() - before);
      assert.deepEqual(await readdir(folder), []);
      assert.equal((await engine.status(handle, { waitMs: 0 })).state, 'lost');
    }
    assert.ok(Math.min(...elapsedMs) < 200, `took ${elapsedMs.join(', ')} ms`);
  });
});

describe('a render process that never answers', { timeout: 60_000 }, () => {
  test('is killed after the time limit, and its job counts as crashed', async () => {
    const engine = open({ stallTimeoutMs: 100 });
    const status = await run(engine, 'hang');
    assert.ok(status.state === 'crashed');
    assert.match(status.message, /no progress for 0.1 seconds/);
    assert.deepEqual(await readdir(folder), []);
    await engine.close();
  });

  test('does not hold up a close', async () => {
    const engine = open();
    const handle = await engine.start(makeJob('hang'));
    await engine.warm();
    await engine.close();
    assert.equal((await engine.status(handle, { waitMs: 0 })).state, 'lost');
    assert.deepEqual(await readdir(folder), []);
  });
});

describe('a render process that does not start', { timeout: 60_000 }, () => {
  const missing = new URL('./no-such-program.ts', import.meta.url);

  test('fails each job as a crash instead of leaving it waiting, and tells the operator why', async () => {
    const texts: string[] = [];
    const log = {
      ...silentLog,
      warn: (fields: Readonly<Record<string, unknown>>) => texts.push(String(fields.text)),
    };
    const engine = open({ entry: missing, log });
    assert.equal(await engine.warm(), false);
    for (let count = 0; count < 2; count += 1) {
      const status = await run(engine, 'complete');
      assert.ok(status.state === 'crashed');
      assert.match(status.message, /does not start/);
    }
    assert.match(texts.join('\n'), /no-such-program/);
    await engine.close();
  });
});

describe('two render processes', { timeout: 60_000 }, () => {
  test('work side by side; a third job waits its turn and can be cancelled meanwhile', async () => {
    const engine = open({ workers: 2 });
    const blocked = [await engine.start(makeJob('block')), await engine.start(makeJob('block'))];
    for (const handle of blocked) await untilUnderWay(engine, handle);
    const third = await engine.start(makeJob('complete'));
    const fourth = await engine.start(makeJob('complete'));
    await engine.cancel(third);
    assert.equal((await engine.status(third, { waitMs: 0 })).state, 'lost');
    await engine.cancel(blocked[0]!);
    let status = await engine.status(fourth, { waitMs: 0 });
    while (status.state === 'running')
      status = await engine.status(fourth, { after: status.revision, waitMs: 10_000 });
    assert.equal(status.state, 'completed');
    await engine.close();
  });
});
