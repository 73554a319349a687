import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it } from 'node:test';
import { instant } from '#domain/instant.ts';
import { frameSize } from '#domain/media/frame-size.ts';
import { formatUsd, usd } from '#domain/money.ts';
import type { Engine, EngineStatus } from '#ports/engine.ts';
import { testHostedEngineConformance } from '#tests/conformance/hosted-engine-conformance.ts';
import { ReplicateDouble } from '#tests/doubles/replicate-double.ts';
import { HostedEngineFixture, type HostedSubject } from '#tests/fixtures/hosted-engine-fixture.ts';
import { createReplicateEngine } from './replicate-engine.ts';

const SUBJECT: HostedSubject<ReplicateDouble> = {
  model: 'bytedance/seedance-1.5-pro',
  openDouble: () => ReplicateDouble.open(),
  create: createReplicateEngine,
  // The model makes one resolution alone.
  jobDefaults: { resolution: '720p', size: frameSize('720p', '16:9') },
};

testHostedEngineConformance('Replicate engine', SUBJECT);

describe('Replicate engine', { timeout: 60_000 }, () => {
  let fixture: HostedEngineFixture<ReplicateDouble>;
  let double: ReplicateDouble;
  let engine: Engine;
  beforeEach(async () => {
    fixture = await HostedEngineFixture.open(SUBJECT);
    ({ double } = fixture);
    engine = fixture.engine();
  });
  afterEach(() => fixture.close());

  async function follow(handle: Awaited<ReturnType<Engine['start']>>): Promise<EngineStatus> {
    let status = await engine.status(handle, { waitMs: 0 });
    while (status.state === 'running')
      status = await engine.status(handle, { after: status.revision, waitMs: 10_000 });
    return status;
  }

  it('uploads the pictures, and sends sound explicitly: the service leaves it out otherwise', async () => {
    await engine.start(fixture.job({ lastImagePath: fixture.still, cameraFixed: true, seed: 0 }));
    const { image, last_frame_image: last, ...input } = double.bought[0]!.body;
    assert.deepEqual(
      [image, last].map((url) => String(url).replace(/.*\//, '')),
      double.files.map(({ id }) => id),
    );
    assert.deepEqual(input, {
      prompt: 'a lake at dusk',
      duration: 4,
      aspect_ratio: '16:9',
      fps: 24,
      camera_fixed: true,
      seed: 0,
      generate_audio: true,
    });
  });

  it('makes a clip of words alone', async () => {
    const status = await follow(await engine.start(fixture.job({ imagePaths: [] })));
    assert.equal(status.state, 'completed');
    assert.equal(double.files.length, 0);
  });

  it('tells the lines of the log, each once', async () => {
    const handle = await engine.start(fixture.job());
    await follow(handle);
    const status = await engine.status(handle, { waitMs: 0 });
    assert.ok(status.state === 'completed');
    const messages = status.log.map(({ message }) => message);
    assert.equal(messages.filter((message) => message === 'Using seed: 7').length, 1);
    assert.equal(messages.filter((message) => message === 'Generating').length, 1);
  });

  it('stops a running job when told to, and says of one that others stopped that it may be billed', async () => {
    double.plan('long', { runningLooks: Infinity });
    const handle = await engine.start(fixture.job({ prompt: 'long' }));
    let status = await engine.status(handle, { waitMs: 0 });
    while (status.state === 'running' && status.progress === 0)
      status = await engine.status(handle, { after: status.revision, waitMs: 10_000 });
    await engine.cancel(handle);
    assert.equal(double.bought[0]?.cancelled, 'running');
    assert.equal((await follow(handle)).state, 'lost');
    double.plan('stopped', { ending: 'cancelledElsewhere' });
    const stopped = await follow(await engine.start(fixture.job({ prompt: 'stopped' })));
    assert.ok(stopped.state === 'failed' && /may have billed it/.test(stopped.error.message));
  });

  it('has no price of its own, and takes the operator’s', async () => {
    const job = fixture.job({ durationSeconds: 5 });
    assert.equal(await engine.quote(job), undefined);
    const rate = { withAudio: usd('0.052'), silent: usd('0.026') };
    const priced = fixture.engine({ price: { kind: 'perSecond', rates: { '720p': rate } } });
    assert.equal(formatUsd((await priced.quote(job))!), '0.26');
    assert.equal(formatUsd((await priced.quote({ ...job, generateAudio: false }))!), '0.13');
  });

  it('an unanswered start is found by the file that was uploaded for it', async () => {
    await engine.start(fixture.job());
    double.submits('resetBought');
    const job = fixture.job();
    const sentAt = instant(Date.now());
    await assert.rejects(engine.start(job), { code: 'engine_start_unknown' });
    const found = await engine.recover({ correlationId: job.correlationId, sentAt });
    assert.ok(found.state === 'found');
    assert.equal((found.handle as { id: string }).id, double.bought[1]!.id);
  });

  it('an unanswered start without a picture cannot be told from others', async () => {
    double.submits('resetBought');
    const job = fixture.job({ imagePaths: [] });
    await assert.rejects(engine.start(job));
    const start = { correlationId: job.correlationId, sentAt: instant(Date.now()) };
    assert.deepEqual(await engine.recover(start), { state: 'unknown' });
  });
});
