/** A server of ours as the paid service behind the engines for fal and WaveSpeed: two readings of each protocol, which must agree. */
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, describe, test } from 'node:test';
import { createFalEngine } from '#adapters/engines/fal/fal-engine.ts';
import type { HostedEngineOptions, HostedEnginePorts } from '#adapters/engines/upstream/hosted-engine.ts';
import type { UpstreamEngine } from '#adapters/engines/upstream/upstream-engine.ts';
import { createWavespeedEngine } from '#adapters/engines/wavespeed/wavespeed-engine.ts';
import { GuardedFetcher } from '#adapters/fetch/guarded-fetcher.ts';
import { probeClip } from '#adapters/media/probe-clip.ts';
import { randomIds } from '#adapters/system/random-ids.ts';
import { systemClock } from '#adapters/system/system-clock.ts';
import { instant } from '#domain/instant.ts';
import { type FrameSize, frameSize } from '#domain/media/frame-size.ts';
import { formatUsd } from '#domain/money.ts';
import type { EngineStatus } from '#ports/engine.ts';
import { makeClipFile } from '#tests/fixtures/clip-file.ts';
import { makeEngineJob } from '#tests/fixtures/engine-job.ts';
import { inProcessStills } from '#tests/fixtures/in-process-stills.ts';
import { makePicture } from '#tests/fixtures/picture.ts';
import { RecordingLog } from '#tests/fixtures/recording-log.ts';
import { ScriptedEngine } from '#tests/fixtures/scripted-engine.ts';
import { TestServer } from '#tests/fixtures/test-server.ts';

const SIZE: FrameSize = frameSize('480p', '16:9');

describe('a server of ours behind our own engines', { timeout: 60_000 }, () => {
  let folder: string;
  let still: string;
  let server: TestServer;
  const log = new RecordingLog();
  const engines: UpstreamEngine[] = [];
  before(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'animatic-own-upstream-'));
    still = path.join(folder, 'still.png');
    await writeFile(still, await makePicture({ width: 640, height: 360 }));
    const bytes = await makeClipFile({ size: SIZE, frameCount: 96, hasSound: true });
    const engine = new ScriptedEngine();
    engine.script('a lake at dusk', { bytes });
    engine.script('fails', {
      endings: ['failed'],
      error: { code: 'content_refused', message: 'Not this one.' },
    });
    engine.script('never', { endings: ['stalled'] });
    server = await TestServer.start({ engine, workers: 2 });
  });
  after(async () => {
    await Promise.all(engines.map((engine) => engine.close()));
    await server.close();
    await rm(folder, { recursive: true });
  });

  const ports = (): HostedEnginePorts => ({
    clock: systemClock,
    ids: randomIds,
    log,
    fetcher: new GuardedFetcher({ allowedRanges: ['127.0.0.0/8', '::1/128'] }),
    stills: inProcessStills,
    prober: { probe: async (filePath) => probeClip(filePath) },
    scratch: { createScratchPath: async () => path.join(folder, `scratch-${randomUUID()}`) },
  });
  const job = (prompt: string) =>
    makeEngineJob({
      folder,
      prompt,
      imagePaths: [still],
      lastImagePath: still,
      resolution: '480p',
      size: SIZE,
      durationSeconds: 4,
    });
  const common = (): Omit<HostedEngineOptions, 'model' | 'baseUrl'> => ({
    name: 'own',
    credentials: [{ name: 'customer', apiKey: server.customer.key }],
    pace: { firstMs: 5, everyMs: 10, longestMs: 50 },
  });

  const open = {
    fal: () =>
      createFalEngine(
        {
          ...common(),
          baseUrl: `${server.url}/fal/queue`,
          model: 'bytedance/seedance-2.0/fast/image-to-video',
        },
        ports(),
      ),
    wavespeed: () =>
      createWavespeedEngine(
        {
          ...common(),
          baseUrl: server.url,
          model: 'bytedance/seedance-2.0-fast/image-to-video-spicy',
        },
        ports(),
      ),
  };

  async function untilEnded(engine: UpstreamEngine, handle: Awaited<ReturnType<UpstreamEngine['start']>>) {
    let status: EngineStatus = await engine.status(handle, { waitMs: 0 });
    while (status.state === 'running')
      status = await engine.status(handle, { after: status.revision, waitMs: 10_000 });
    return status;
  }

  for (const [service, openEngine] of Object.entries(open)) {
    test(`${service}: a clip is bought, paid for once and fetched`, async () => {
      const engine = openEngine();
      engines.push(engine);
      assert.equal((await engine.health()).state, 'ready');
      const wanted = job('a lake at dusk');
      const quoted = await engine.quote(wanted);
      const balanceBefore = Number(await server.customer.balance());
      const handle = await engine.start(wanted);
      const status = await untilEnded(engine, handle);
      assert.ok(status.state === 'completed', `${status.state}: ${log.text}`);
      assert.deepEqual(status.clip.size, SIZE);
      assert.equal(status.clip.durationSeconds, 4);
      assert.equal(status.clip.cost, quoted);
      await engine.fetch(handle, wanted.outputPath);
      assert.deepEqual(
        await readFile(wanted.outputPath),
        await makeClipFile({ size: SIZE, frameCount: 96, hasSound: true }),
      );
      const paid = balanceBefore - Number(await server.customer.balance());
      assert.equal(paid.toFixed(4), Number(formatUsd(quoted!)).toFixed(4), 'quoted as it was charged');
    });

    test(`${service}: a refusal comes through as one`, async () => {
      const engine = openEngine();
      engines.push(engine);
      const status = await untilEnded(engine, await engine.start(job('fails')));
      assert.ok(status.state === 'failed', status.state);
      assert.equal(status.error.code, 'content_refused');
      assert.match(status.error.message, /Not this one/);
    });

    test(`${service}: another engine takes a job over`, async () => {
      const engine = openEngine();
      engines.push(engine);
      const handle = await engine.start(job('a lake at dusk'));
      await engine.close();
      const successor = openEngine();
      engines.push(successor);
      assert.equal((await untilEnded(successor, JSON.parse(JSON.stringify(handle)))).state, 'completed');
    });
  }

  test('fal: a job is cancelled', async () => {
    const engine = open.fal();
    engines.push(engine);
    const handle = await engine.start(job('never'));
    await engine.cancel(handle);
    assert.equal((await untilEnded(engine, handle)).state, 'lost');
  });

  test('WaveSpeed: a start whose answer was lost is found by the names of its pictures', async () => {
    const engine = open.wavespeed();
    engines.push(engine);
    const wanted = job('a lake at dusk');
    const handle = (await engine.start(wanted)) as { readonly id: string };
    const start = { correlationId: wanted.correlationId, sentAt: instant(Date.now()) };
    const found = await open.wavespeed().recover(start);
    assert.ok(found.state === 'found', found.state);
    assert.equal((found.handle as { readonly id: string }).id, handle.id);
    await untilEnded(engine, found.handle);
  });
});
