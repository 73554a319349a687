import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { JobRecord } from './job-record.ts';

const LINE = { level: 'info', message: 'Understood: push in.' } as const;
const CLIP = { size: { width: 2, height: 2 }, durationSeconds: 1, byteLength: 9 };

describe('job record', { timeout: 10_000 }, () => {
  test('a wait without news ends by its time limit, at the same revision', async () => {
    const record = new JobRecord();
    record.report(0.5);
    const before = performance.now();
    assert.deepEqual(await record.status({ after: 1, waitMs: 20 }), {
      state: 'running',
      revision: 1,
      progress: 0.5,
      log: [],
    });
    assert.ok(performance.now() - before >= 19);
  });

  test('news end every wait', async () => {
    const record = new JobRecord();
    const waits = [record.status({ after: 0, waitMs: 60_000 }), record.status({ after: 0, waitMs: 60_000 })];
    record.addLine(LINE);
    assert.deepEqual(
      await Promise.all(waits),
      Array(2).fill({ state: 'running', revision: 1, progress: 0, log: [LINE] }),
    );
  });

  test('progress neither falls nor exceeds 1', async () => {
    const record = new JobRecord();
    record.report(0.6);
    record.report(0.4);
    const status = await record.status({ waitMs: 0 });
    assert.ok(status.state === 'running' && status.progress === 0.6 && status.revision === 1);
    record.report(1.5);
    const last = await record.status({ waitMs: 0 });
    assert.ok(last.state === 'running' && last.progress === 1);
  });

  test('the first ending stands, and nothing is added after it', async () => {
    const record = new JobRecord();
    record.addLine(LINE);
    record.end({ state: 'completed', clip: CLIP });
    record.end({ state: 'lost', message: 'too late' });
    record.addLine(LINE);
    record.report(0.9);
    assert.deepEqual(await record.status({ waitMs: 60_000 }), {
      state: 'completed',
      clip: CLIP,
      log: [LINE],
    });
    assert.deepEqual(await record.status({ after: 1, waitMs: 60_000 }), {
      state: 'completed',
      clip: CLIP,
      log: [],
    });
  });
});
