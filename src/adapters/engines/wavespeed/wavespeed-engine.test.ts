import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { afterEach, beforeEach, describe, it } from 'node:test';
import { instant } from '#domain/instant.ts';
import { formatUsd } from '#domain/money.ts';
import type { Engine } from '#ports/engine.ts';
import { testHostedEngineConformance } from '#tests/conformance/hosted-engine-conformance.ts';
import { WavespeedDouble } from '#tests/doubles/wavespeed-double.ts';
import { HostedEngineFixture, type HostedSubject } from '#tests/fixtures/hosted-engine-fixture.ts';
import { createWavespeedEngine } from './wavespeed-engine.ts';

const SUBJECT: HostedSubject<WavespeedDouble> = {
  model: 'bytedance/seedance-2.0-fast/image-to-video-spicy',
  openDouble: () => WavespeedDouble.open(),
  create: createWavespeedEngine,
};

testHostedEngineConformance('WaveSpeed engine', SUBJECT);

describe('WaveSpeed engine', { timeout: 60_000 }, () => {
  let fixture: HostedEngineFixture<WavespeedDouble>;
  let double: WavespeedDouble;
  let engine: Engine;
  beforeEach(async () => {
    fixture = await HostedEngineFixture.open(SUBJECT);
    ({ double } = fixture);
    engine = fixture.engine();
  });
  afterEach(() => fixture.close());

  it('uploads the pictures without the key, and sends their URLs with all settings that the model takes', async () => {
    await engine.start(fixture.job({ lastImagePath: fixture.still, seed: 0, generateAudio: false }));
    const still = await readFile(fixture.still);
    assert.deepEqual([...double.uploads.values()], [still, still]);
    const { image, last_image: last, model: _model, ...body } = double.bought[0]!.body;
    assert.match(String(image), /\/files\/[0-9a-f]{32}-first\.png$/);
    assert.match(String(last), /\/files\/[0-9a-f]{32}-last\.png$/);
    assert.deepEqual(body, {
      prompt: 'a lake at dusk',
      duration: 4,
      aspect_ratio: '16:9',
      resolution: '480p',
      generate_audio: false,
      seed: 0,
    });
    const puts = double.requests.filter(({ method }) => method === 'PUT');
    assert.deepEqual(
      puts.map(({ headers }) => headers.authorization),
      [undefined, undefined],
    );
  });

  it('sends a model only what it knows', async () => {
    const plain = fixture.engine({ model: 'bytedance/seedance-2.0/image-to-video' });
    await plain.start(fixture.job({ webSearch: true }));
    const { body } = double.bought[0]!;
    assert.equal(body.enable_web_search, true);
    assert.equal(Object.hasOwn(body, 'seed'), false);
    assert.equal(Object.hasOwn(body, 'camera_fixed'), false);
  });

  it('asks the service for the price, and reports what it said before the start', async () => {
    const job = fixture.job();
    assert.equal(formatUsd((await engine.quote(job))!), '0.36');
    assert.equal(formatUsd((await engine.quote({ ...job, generateAudio: false }))!), '0.18');
    const handle = (await engine.start(job)) as { readonly notes: { readonly price: string } };
    assert.equal(handle.notes.price, '0.36');
  });

  it('tells the balance, and that an empty one makes it useless', async () => {
    assert.deepEqual(await engine.health(), { state: 'ready', message: 'balance $12.50' });
    double.balance = 0;
    const health = await engine.health();
    assert.equal(health.state, 'unavailable');
    assert.match(health.message, /top it up/);
  });

  it('a wallet that is empty at the submit is no fault of the request', async () => {
    double.submits('overdrawn');
    await assert.rejects(engine.start(fixture.job()), { code: 'engine_unavailable' });
  });

  it('an unanswered start is found by the names of its pictures, and unknown where the service hides them', async () => {
    const sentAt = instant(Date.now());
    const lose = async () => {
      double.submits('resetBought');
      const job = fixture.job();
      await assert.rejects(engine.start(job), { code: 'engine_start_unknown' });
      return { correlationId: job.correlationId, sentAt };
    };
    const found = await engine.recover(await lose());
    assert.ok(found.state === 'found');
    assert.equal((found.handle as { id: string }).id, double.bought[0]!.id);
    double.keepsNames = false;
    assert.equal((await engine.recover(await lose())).state, 'unknown');
  });
});
