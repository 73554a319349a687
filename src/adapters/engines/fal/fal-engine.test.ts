import assert from 'node:assert/strict';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, it } from 'node:test';
import { frameSize } from '#domain/media/frame-size.ts';
import { formatUsd } from '#domain/money.ts';
import type { Engine, EngineLogLine, EngineStatus } from '#ports/engine.ts';
import { testHostedEngineConformance } from '#tests/conformance/hosted-engine-conformance.ts';
import { FalDouble } from '#tests/doubles/fal-double.ts';
import { HostedEngineFixture, type HostedSubject } from '#tests/fixtures/hosted-engine-fixture.ts';
import { createFalEngine } from './fal-engine.ts';

const SUBJECT: HostedSubject<FalDouble> = {
  model: 'bytedance/seedance-2.0/fast/image-to-video',
  openDouble: () => FalDouble.open(),
  create: createFalEngine,
};

testHostedEngineConformance('fal engine', SUBJECT);

describe('fal engine', { timeout: 60_000 }, () => {
  let fixture: HostedEngineFixture<FalDouble>;
  let double: FalDouble;
  let engine: Engine;
  beforeEach(async () => {
    fixture = await HostedEngineFixture.open(SUBJECT);
    ({ double } = fixture);
    engine = fixture.engine();
  });
  afterEach(() => fixture.close());

  async function follow(handle: Awaited<ReturnType<Engine['start']>>) {
    const log: EngineLogLine[] = [];
    let status: EngineStatus = await engine.status(handle, { waitMs: 0 });
    for (;;) {
      if ('log' in status) log.push(...status.log);
      if (status.state !== 'running') return { status, messages: log.map(({ message }) => message) };
      status = await engine.status(handle, { after: status.revision, waitMs: 10_000 });
    }
  }

  it('sends the duration as text, the last picture, seed and sound, and follows up by the first two segments', async () => {
    await engine.start(fixture.job({ lastImagePath: fixture.still, seed: 0, generateAudio: false }));
    const { image_url: first, end_image_url: last, ...body } = double.bought[0]!.body;
    assert.match(String(first), /^data:image\/png;base64,/);
    assert.equal(last, first);
    assert.deepEqual(body, {
      prompt: 'a lake at dusk',
      resolution: '480p',
      duration: '4',
      aspect_ratio: '16:9',
      generate_audio: false,
      seed: 0,
    });
    assert.equal(double.requests[0]?.path, '/bytedance/seedance-2.0/fast/image-to-video');
  });

  it('sends several pictures to the model that takes references', async () => {
    const references = fixture.engine({ model: 'bytedance/seedance-2.0/reference-to-video' });
    await references.start(fixture.job({ imagePaths: [fixture.still, fixture.still] }));
    assert.equal((double.bought[0]!.body.image_urls as readonly unknown[]).length, 2);
  });

  it('tells the place in the queue and the lines of the log, each once', async () => {
    double.plan('chatty', { queuedLooks: 2, words: 'Step 2 of 8' });
    const { messages } = await follow(await engine.start(fixture.job({ prompt: 'chatty' })));
    assert.deepEqual(messages, [
      "Waiting in the engine's queue, 1 job ahead.",
      "Waiting in the engine's queue, 0 jobs ahead.",
      'Loading the model',
      'Step 2 of 8',
      'The engine is making the clip.',
      'The engine made 97 frames of 864x496 with sound.',
    ]);
  });

  it('a key that the service quotes does not get into the log', async () => {
    double.plan('quoting', { words: 'using key-0123456789abcdef', ending: 'failed' });
    const { messages, status } = await follow(await engine.start(fixture.job({ prompt: 'quoting' })));
    assert.ok(messages.includes('using ***'));
    assert.ok(status.state === 'failed' && status.error.message.includes('using ***'));
  });

  it('quotes by tokens', async () => {
    const job = fixture.job({ resolution: '720p', size: frameSize('720p', '16:9'), durationSeconds: 5 });
    // 108,000 tokens at $11.20 a million: five seconds at the printed $0.2419.
    assert.equal(formatUsd((await engine.quote(job))!), '1.2096');
  });

  it('a job cancelled in the queue is never made', async () => {
    double.plan('waiting', { queuedLooks: Infinity });
    const handle = await engine.start(fixture.job({ prompt: 'waiting' }));
    await engine.cancel(handle);
    assert.equal(double.bought[0]?.cancelled, 'queued');
    assert.equal((await follow(handle)).status.state, 'lost');
  });

  describe('whose answer names another host', () => {
    let stranger: Server;
    const seen: (string | undefined)[] = [];
    beforeEach(async () => {
      stranger = createServer((request, response) => {
        seen.push(request.headers.authorization);
        response.end('{}');
      });
      await new Promise<void>((resolve) => stranger.listen(0, '127.0.0.1', resolve));
      double.followUpOrigin = `http://127.0.0.1:${(stranger.address() as AddressInfo).port}`;
    });
    afterEach(() => new Promise((resolve) => stranger.close(resolve)));

    it('asks the configured one, and sends the key nowhere else', async () => {
      const { status } = await follow(await engine.start(fixture.job()));
      assert.equal(status.state, 'completed');
      assert.deepEqual(seen, []);
      assert.match(fixture.log.text, /follow-up URLs on another host/);
    });

    it('also when the handle has been tampered with', async () => {
      const handle = (await engine.start(fixture.job())) as { readonly notes: object };
      const origin = double.followUpOrigin!;
      const tampered = { ...handle, notes: { status: `${origin}/status`, response: `${origin}/response` } };
      const successor = fixture.engine();
      let status = await successor.status(tampered, { waitMs: 0 });
      while (status.state === 'running')
        status = await successor.status(tampered, { after: status.revision, waitMs: 10_000 });
      assert.equal(status.state, 'completed');
      assert.deepEqual(seen, []);
    });
  });
});
