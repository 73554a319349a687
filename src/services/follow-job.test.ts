import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { JsonValue } from '#domain/json.ts';
import type { Engine, EngineStatus } from '#ports/engine.ts';
import { followJob, type JobKeeper } from './follow-job.ts';
import type { StopReason } from './lease-keeper.ts';

const HANDLE = { job: '7' };
const CLIP = { size: { width: 864, height: 496 }, durationSeconds: 4, byteLength: 9 };

/** An engine that gives one answer after the other; an error is thrown, and without an answer left it stays silent. */
const answering = (...answers: (EngineStatus | Error)[]) => engineWith({ resumable: false }, answers);

function engineWith(capabilities: { readonly resumable: boolean }, answers: (EngineStatus | Error)[]) {
  const asked: (number | undefined)[] = [];
  const cancelled: JsonValue[] = [];
  const engine = {
    capabilities,
    status: async (_handle: JsonValue, { after }: { after?: number }) => {
      asked.push(after);
      const answer = answers.shift();
      if (answer === undefined) return new Promise<never>(() => {});
      if (answer instanceof Error) throw answer;
      return answer;
    },
    cancel: async (handle: JsonValue) => {
      cancelled.push(handle);
    },
  } as unknown as Engine;
  return { engine, asked, cancelled };
}

/** Records what it is told. */
function recordingKeeper() {
  const stop = new AbortController();
  const told: (number | string)[] = [];
  const keeper: JobKeeper = {
    signal: stop.signal,
    report: (progress) => told.push(progress),
    log: (level, message) => told.push(`${level}: ${message}`),
  };
  return { keeper, told, stop: (reason: StopReason) => stop.abort(reason) };
}

const running = (revision: number, progress: number, ...messages: string[]): EngineStatus => ({
  state: 'running',
  revision,
  progress,
  log: messages.map((message) => ({ level: 'info', message })),
});

describe('following a job', () => {
  it('passes on what is new since the last answer, up to the verdict', async () => {
    const { engine, asked, cancelled } = answering(running(3, 0.2, 'a', 'b'), running(4, 0.6), {
      state: 'completed',
      log: [{ level: 'warn', message: 'c' }],
      clip: CLIP,
    });
    const { keeper, told } = recordingKeeper();
    assert.deepEqual(await followJob(engine, HANDLE, keeper), { kind: 'completed', clip: CLIP });
    assert.deepEqual(asked, [undefined, 3, 4]);
    assert.deepEqual(told, ['info: a', 'info: b', 0.2, 0.6, 'warn: c']);
    assert.deepEqual(cancelled, []);
  });

  it('ends with what became of the job', async () => {
    const error = { code: 'engine_failed', message: 'No.' } as const;
    const cases = [
      [
        { state: 'failed', log: [], error },
        { kind: 'failed', error },
      ],
      [
        { state: 'crashed', message: 'SIGSEGV' },
        { kind: 'crashed', message: 'SIGSEGV' },
      ],
      [
        { state: 'lost', message: 'unknown' },
        { kind: 'lost', message: 'unknown' },
      ],
    ] as const;
    for (const [status, outcome] of cases)
      assert.deepEqual(await followJob(answering(status).engine, HANDLE, recordingKeeper().keeper), outcome);
  });

  it('stops at once, whatever the engine is asked, and the job with it', async () => {
    const { engine, cancelled } = answering(running(1, 0.1));
    const { keeper, stop } = recordingKeeper();
    const outcome = followJob(engine, HANDLE, keeper);
    stop('cancelRequested');
    assert.deepEqual(await outcome, { kind: 'stopped', reason: 'cancelRequested' });
    assert.deepEqual(cancelled, [HANDLE]);
  });

  it('stops a job whose lease was over before it was followed', async () => {
    const { engine, cancelled } = answering(new Error('an answer that nobody hears'));
    const { keeper, stop } = recordingKeeper();
    stop('leaseLost');
    assert.deepEqual(await followJob(engine, HANDLE, keeper), { kind: 'stopped', reason: 'leaseLost' });
    assert.deepEqual(cancelled, [HANDLE]);
  });

  it('leaves a job that can be taken over to the next worker, unless its cancel was asked for', async () => {
    for (const [reason, isLeft] of [
      ['leaseLost', true],
      ['shutdown', true],
      ['cancelRequested', false],
    ] as const) {
      const { engine, cancelled } = engineWith({ resumable: true }, [running(1, 0.1)]);
      const { keeper, stop } = recordingKeeper();
      const following = followJob(engine, HANDLE, keeper);
      stop(reason);
      const left = isLeft ? { leftHandle: HANDLE } : {};
      assert.deepEqual(await following, { kind: 'stopped', reason, ...left });
      assert.deepEqual(cancelled, isLeft ? [] : [HANDLE]);
    }
  });

  it('cancels a job of an engine that cannot be asked', async () => {
    const { engine, cancelled } = answering(running(1, 0.1), new Error('connection refused'));
    await assert.rejects(followJob(engine, HANDLE, recordingKeeper().keeper), /connection refused/);
    assert.deepEqual(cancelled, [HANDLE]);
  });
});
