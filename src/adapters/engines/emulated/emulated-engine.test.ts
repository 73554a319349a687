import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, describe, test } from 'node:test';
import { systemClock } from '#adapters/system/system-clock.ts';
import type { JsonValue } from '#domain/json.ts';
import type { Emulation } from '#domain/task/emulation.ts';
import { testEngineConformance } from '#tests/conformance/engine-conformance.ts';
import { makeEngineJob } from '#tests/fixtures/engine-job.ts';
import { ScriptedEngine } from '#tests/fixtures/scripted-engine.ts';
import { EmulatedEngine } from './emulated-engine.ts';

const newFolder = () => mkdtemp(path.join(tmpdir(), 'animatic-emulated-'));

const WISHES: Readonly<Record<string, Emulation | undefined>> = {
  'without wishes': undefined,
  // A clip of one second takes a tenth of a second.
  'with a pace': { paceSeconds: 0.5 },
};

for (const [name, emulation] of Object.entries(WISHES)) {
  testEngineConformance(`emulated engine ${name}`, async () => {
    const folder = await newFolder();
    const inner = new ScriptedEngine();
    inner.script('long', { endings: ['stalled'] });
    const engine = new EmulatedEngine(inner, systemClock);
    return {
      engine,
      makeJob: (kind) =>
        makeEngineJob({ folder, prompt: kind, ...(emulation === undefined ? {} : { emulation }) }),
      dispose: async () => {
        await engine.close();
        await rm(folder, { recursive: true });
      },
    };
  });
}

describe('emulated engine', { timeout: 20_000 }, () => {
  let folder: string;
  before(async () => {
    folder = await newFolder();
  });
  after(() => rm(folder, { recursive: true }));

  const open = () => {
    const inner = new ScriptedEngine();
    return { inner, engine: new EmulatedEngine(inner, systemClock) };
  };
  const untilEnded = async (engine: EmulatedEngine, handle: JsonValue) => {
    const progress: number[] = [];
    let status = await engine.status(handle, { waitMs: 0 });
    while (status.state === 'running') {
      progress.push(status.progress);
      status = await engine.status(handle, { after: status.revision, waitMs: 10_000 });
    }
    return { progress, status };
  };

  test('a pace is kept, with steady progress, however fast the engine is', async () => {
    const { engine } = open();
    const begunAt = Date.now();
    const emulation = { paceSeconds: 0.5 };
    const handle = await engine.start(makeEngineJob({ folder, durationSeconds: 5, emulation }));
    const { progress, status } = await untilEnded(engine, handle);
    assert.equal(status.state, 'completed');
    assert.ok(Date.now() - begunAt >= 500);
    assert.ok(progress.length >= 20, `${progress.length} reports`);
    const steps = progress.map((share, index) => share - (progress[index - 1] ?? 0));
    assert.ok(Math.max(...steps) < 0.4, `a step of ${Math.max(...steps)}`);
  });

  test('a longer clip takes as much longer', async () => {
    const { engine } = open();
    const emulation = { paceSeconds: 1 };
    const handle = await engine.start(makeEngineJob({ folder, durationSeconds: 10, emulation }));
    const { startedAt, endsAt } = handle as { startedAt: number; endsAt: number };
    assert.equal(endsAt - startedAt, 2000);
    await engine.cancel(handle);
  });

  test('a failure comes at the end of its pace, as it was asked for, and the engine has no part in it', async () => {
    const { inner, engine } = open();
    const failure = { code: 'content_refused', message: 'Refused.', path: ['prompt'] } as const;
    const handle = await engine.start(makeEngineJob({ folder, emulation: { failure, paceSeconds: 1 } }));
    const { progress, status } = await untilEnded(engine, JSON.parse(JSON.stringify(handle)));
    assert.deepEqual(status.state === 'failed' && status.error, failure);
    assert.ok(progress.length > 1);
    assert.equal(inner.startedJobs.length, 0);
  });

  test('a failure without a pace comes at once, and a crash as one', async () => {
    const { engine } = open();
    const failure = { code: 'engine_crashed', message: 'Died.' } as const;
    const handle = await engine.start(makeEngineJob({ folder, emulation: { failure } }));
    assert.equal((await engine.status(handle, { waitMs: 0 })).state, 'crashed');
  });

  test('a failing job that is stopped first is lost', async () => {
    const { engine } = open();
    const failure = { code: 'engine_failed', message: 'Failed.' } as const;
    const emulation = { failure, paceSeconds: 3600 };
    const handle = await engine.start(makeEngineJob({ folder, emulation }));
    assert.equal((await engine.status(handle, { waitMs: 0 })).state, 'running');
    await engine.cancel(handle);
    assert.equal((await engine.status(handle, { waitMs: 0 })).state, 'lost');
  });

  test('a job whose engine has forgotten it is lost, not slow', async () => {
    const { inner, engine } = open();
    const handle = await engine.start(makeEngineJob({ folder, emulation: { paceSeconds: 3600 } }));
    await inner.forgetAll();
    assert.equal((await engine.status(handle, { waitMs: 0 })).state, 'lost');
  });
});
