/**
 * What every engine promises, run against each of them. Engines differ in what they declare to be able to do (`capabilities`): a promise
 * that only some make has a counterpart for the others, so that nothing goes untested in silence.
 */
import assert from 'node:assert/strict';
import { access, readFile } from 'node:fs/promises';
import { after, before, describe, test } from 'node:test';
import { inspect } from 'node:util';
import { AnimaticError } from '#domain/errors.ts';
import { instant } from '#domain/instant.ts';
import type { JsonValue } from '#domain/json.ts';
import type { Engine, EngineJob, EngineLogLine, EngineStatus } from '#ports/engine.ts';

export interface EngineUnderTest {
  readonly engine: Engine;
  /**
   * A job that completes soon (`short`), or one that runs for many seconds unless it is stopped (`long`). Engines that can stop a job
   * only before it begins are also asked for one that does not begin soon (`waiting`).
   */
  makeJob(kind: 'short' | 'long' | 'waiting'): EngineJob;
  /** Another engine on the same service, which knows nothing but its settings. Of engines whose jobs are resumable. */
  reopen?(): Promise<Engine>;
  dispose(): Promise<void>;
}

type Running = Extract<EngineStatus, { state: 'running' }>;

/** Longer than any test: an answer that waits for it fails by the suite's time limit. */
const PATIENT_MS = 60_000;

const LONG_AGO = instant(1_500_000_000_000);

const isRunning = (status: EngineStatus): status is Running => status.state === 'running';

async function exists(filePath: string): Promise<boolean> {
  return access(filePath).then(
    () => true,
    () => false,
  );
}

/** All statuses of a job, each waited for from the one before, up to and including its ending. */
async function follow(engine: Engine, handle: JsonValue): Promise<readonly EngineStatus[]> {
  const seen: EngineStatus[] = [await engine.status(handle, { waitMs: 0 })];
  for (let last = seen[0]!; isRunning(last); seen.push(last)) {
    last = await engine.status(handle, { after: last.revision, waitMs: PATIENT_MS });
  }
  return seen;
}

const linesOf = (status: EngineStatus): readonly EngineLogLine[] => ('log' in status ? status.log : []);

/** Waits until a job reports progress: it is then under way, not merely waiting. */
async function untilUnderWay(engine: Engine, handle: JsonValue): Promise<Running> {
  let status = await engine.status(handle, { waitMs: 0 });
  while (isRunning(status) && status.progress === 0) {
    status = await engine.status(handle, { after: status.revision, waitMs: PATIENT_MS });
  }
  assert.ok(isRunning(status), `ended too early: ${inspect(status)}`);
  return status;
}

export function testEngineConformance(name: string, open: () => Promise<EngineUnderTest>): void {
  describe(`${name} keeps the promises of an engine`, { timeout: 120_000 }, () => {
    let opened: EngineUnderTest;
    let engine: Engine;
    before(async () => {
      opened = await open();
      engine = opened.engine;
    });
    after(() => opened.dispose());

    /** A kind of job that a cancel stops, if any does. */
    const stoppable = () => (engine.capabilities.cancel === 'always' ? 'long' : 'waiting');

    test('a job completes with the clip that was asked for', async () => {
      const job = opened.makeJob('short');
      const handle = await engine.start(job);
      const ending = (await follow(engine, handle)).at(-1)!;
      assert.ok(ending.state === 'completed', inspect(ending));
      assert.deepEqual(ending.clip.size, job.size);
      assert.equal(ending.clip.durationSeconds, job.durationSeconds);
      await engine.fetch(handle, job.outputPath);
      assert.equal((await readFile(job.outputPath)).length, ending.clip.byteLength);
    });

    test('progress never falls, revisions rise, and every log line is told once', async () => {
      const handle = await engine.start(opened.makeJob('short'));
      const seen = await follow(engine, handle);
      const running = seen.filter(isRunning);
      for (const [index, { progress, revision }] of running.entries()) {
        assert.ok(progress >= 0 && progress <= 1);
        const previous = running[index - 1];
        if (previous === undefined) continue;
        assert.ok(progress >= previous.progress, `${progress} after ${previous.progress}`);
        assert.ok(revision > previous.revision, `revision ${revision} after ${previous.revision}`);
      }
      assert.ok(running.some(({ progress }) => progress > 0));
      const everything = linesOf(await engine.status(handle, { waitMs: 0 }));
      assert.ok(everything.length > 0);
      assert.deepEqual(seen.flatMap(linesOf), everything);
    });

    test('a handle survives being stored as JSON', async () => {
      const stored = JSON.stringify(await engine.start(opened.makeJob('short')));
      const ending = (await follow(engine, JSON.parse(stored) as JsonValue)).at(-1)!;
      assert.equal(ending.state, 'completed');
    });

    test('a question with an older revision, or none, is answered at once', async () => {
      const handle = await engine.start(opened.makeJob('long'));
      const status = await untilUnderWay(engine, handle);
      assert.ok(isRunning(await engine.status(handle, { waitMs: PATIENT_MS })));
      assert.ok(isRunning(await engine.status(handle, { after: status.revision - 1, waitMs: PATIENT_MS })));
      assert.ok(isRunning(await engine.status(handle, { after: status.revision, waitMs: 0 })));
      await engine.cancel(handle);
    });

    test('several jobs at once all complete', async () => {
      const jobs = [opened.makeJob('short'), opened.makeJob('short'), opened.makeJob('short')];
      const handles = await Promise.all(jobs.map((job) => engine.start(job)));
      const endings = await Promise.all(
        handles.map(async (handle) => (await follow(engine, handle)).at(-1)!),
      );
      assert.deepEqual(
        endings.map(({ state }) => state),
        ['completed', 'completed', 'completed'],
      );
    });

    test('an ended job keeps its ending, also when it is cancelled', async () => {
      const job = opened.makeJob('short');
      const handle = await engine.start(job);
      const ending = (await follow(engine, handle)).at(-1)!;
      await engine.cancel(handle);
      const asked = await engine.status(handle, { waitMs: PATIENT_MS });
      assert.ok(asked.state === 'completed' && ending.state === 'completed');
      assert.deepEqual(asked.clip, ending.clip);
      await engine.fetch(handle, job.outputPath);
      assert.ok(await exists(job.outputPath));
    });

    test('a finished clip can be fetched to another path', async () => {
      const job = opened.makeJob('short');
      const handle = await engine.start(job);
      await follow(engine, handle);
      const elsewhere = opened.makeJob('short').outputPath;
      await engine.fetch(handle, elsewhere);
      assert.ok((await readFile(elsewhere)).length > 0);
    });

    test('a running job that is cancelled is gone when the promise resolves, or goes on, as was declared', async () => {
      const job = opened.makeJob('long');
      const handle = await engine.start(job);
      await untilUnderWay(engine, handle);
      await engine.cancel(handle);
      const { state } = await engine.status(handle, { waitMs: PATIENT_MS });
      const { cancel } = engine.capabilities;
      const possible = { always: ['lost'], beforeStart: ['lost', 'running'], never: ['running'] }[cancel];
      assert.ok(possible.includes(state), `${state} after a cancel that works "${cancel}"`);
      assert.equal(await exists(job.outputPath), false);
      await engine.cancel(handle);
      await assert.rejects(engine.fetch(handle, job.outputPath));
    });

    test('a waiting status is answered by a cancel that stops the job, and by no other', async () => {
      const handle = await engine.start(opened.makeJob(stoppable()));
      if (engine.capabilities.cancel === 'never') {
        await engine.cancel(handle);
        assert.equal((await engine.status(handle, { waitMs: 0 })).state, 'running');
        return;
      }
      const waiting = follow(engine, handle);
      await engine.cancel(handle);
      assert.equal((await waiting).at(-1)!.state, 'lost');
    });

    test('jobs cancelled right after their start, running or waiting, never write a file', async () => {
      const jobs = [opened.makeJob(stoppable()), opened.makeJob(stoppable()), opened.makeJob(stoppable())];
      const handles = await Promise.all(jobs.map((job) => engine.start(job)));
      await Promise.all(handles.map((handle) => engine.cancel(handle)));
      const expected = engine.capabilities.cancel === 'never' ? 'running' : 'lost';
      for (const [index, handle] of handles.entries()) {
        assert.equal((await engine.status(handle, { waitMs: 0 })).state, expected);
        assert.equal(await exists(jobs[index]!.outputPath), false);
      }
    });

    test('the engine works on after a cancel', async () => {
      await engine.cancel(await engine.start(opened.makeJob(stoppable())));
      const ending = (await follow(engine, await engine.start(opened.makeJob('short')))).at(-1)!;
      assert.equal(ending.state, 'completed');
    });

    test('an unknown handle is lost, harmless to cancel, and has nothing to fetch', async () => {
      const unknown: readonly JsonValue[] = [null, 7, 'job', [], {}, { job: 'f'.repeat(32) }, { job: 1 }];
      for (const handle of unknown) {
        assert.equal(
          (await engine.status(handle, { waitMs: PATIENT_MS })).state,
          'lost',
          JSON.stringify(handle),
        );
        await engine.cancel(handle);
        await assert.rejects(engine.fetch(handle, opened.makeJob('short').outputPath));
      }
    });

    test('what the capabilities exclude is not accepted', async () => {
      const job = opened.makeJob('short');
      const tooMany = Array.from(
        { length: engine.capabilities.maxImages + 1 },
        () => job.imagePaths[0] ?? 'still.png',
      );
      const refused = (error: unknown) =>
        error instanceof AnimaticError && error.code === 'unsupported_by_engine';
      await assert.rejects(engine.start({ ...job, imagePaths: tooMany }), refused);
      if (engine.capabilities.needsImage)
        await assert.rejects(engine.start({ ...job, imagePaths: [] }), refused);
    });

    test('closing answers who waits; what runs ends with it, or can be taken over, as was declared', async () => {
      const other = await open();
      try {
        const job = other.makeJob('long');
        const handle = await other.engine.start(job);
        await untilUnderWay(other.engine, handle);
        const waiting = other.engine.capabilities.resumable
          ? followOnce(other.engine, handle)
          : follow(other.engine, handle).then((seen) => seen.at(-1)!);
        await other.engine.close();
        const expected = other.engine.capabilities.resumable ? 'running' : 'lost';
        assert.equal((await waiting).state, expected);
        assert.equal(await exists(job.outputPath), false);
        if (expected === 'running') await untilUnderWay(await reopen(other), handle);
      } finally {
        await other.dispose();
      }
    });

    test('a resumable job is completed by another engine from its stored handle, any other by its own', async () => {
      const job = opened.makeJob('short');
      const stored = JSON.stringify(await engine.start(job));
      if (!engine.capabilities.resumable) {
        // Its jobs live in the engine itself: the one that started it knows the handle, and there is no other to ask.
        assert.equal(opened.reopen, undefined);
        const ending = (await follow(engine, JSON.parse(stored) as JsonValue)).at(-1)!;
        assert.equal(ending.state, 'completed');
        return;
      }
      const successor = await reopen(opened);
      const handle = JSON.parse(stored) as JsonValue;
      const ending = (await follow(successor, handle)).at(-1)!;
      assert.ok(ending.state === 'completed', inspect(ending));
      await successor.fetch(handle, job.outputPath);
      assert.equal((await readFile(job.outputPath)).length, ending.clip.byteLength);
      // A third one fetches without having followed it.
      const elsewhere = opened.makeJob('short').outputPath;
      await (await reopen(opened)).fetch(handle, elsewhere);
      assert.deepEqual(await readFile(elsewhere), await readFile(job.outputPath));
    });

    test('an engine tells its health, and a price or that nobody knows one', async () => {
      const health = await engine.health();
      assert.equal(health.state, 'ready', health.message);
      assert.notEqual(health.message, '');
      const price = await engine.quote(opened.makeJob('short'));
      assert.ok(price === undefined || price >= 0n);
    });

    test('a start that nobody sent is absent, or unknown where nobody can say', async () => {
      const { correlationId } = opened.makeJob('short');
      const recovered = await engine.recover({ correlationId, sentAt: LONG_AGO });
      assert.notEqual(recovered.state, 'found');
    });
  });
}

async function reopen({ reopen: again }: EngineUnderTest): Promise<Engine> {
  assert.ok(again !== undefined, 'an engine with resumable jobs is tested with another one on its service');
  return again();
}

/** The next status after the present one. */
async function followOnce(engine: Engine, handle: JsonValue): Promise<EngineStatus> {
  let status = await engine.status(handle, { waitMs: 0 });
  const last = isRunning(status) ? status.revision : undefined;
  if (last !== undefined) status = await engine.status(handle, { after: last, waitMs: PATIENT_MS });
  return status;
}
