import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterEach, beforeEach, describe, it } from 'node:test';
import { AnimaticError } from '#domain/errors.ts';
import { instant } from '#domain/instant.ts';
import type { JsonObject } from '#domain/json.ts';
import { frameSize } from '#domain/media/frame-size.ts';
import { formatUsd, usd } from '#domain/money.ts';
import type { Engine, EngineStatus } from '#ports/engine.ts';
import { testHostedEngineConformance } from '#tests/conformance/hosted-engine-conformance.ts';
import { ArkDouble } from '#tests/doubles/ark-double.ts';
import { HostedEngineFixture, type HostedSubject } from '#tests/fixtures/hosted-engine-fixture.ts';
import { makePicture } from '#tests/fixtures/picture.ts';
import { type ArkEngineOptions, createArkEngine } from './ark-engine.ts';

const SUBJECT: HostedSubject<ArkDouble> = {
  model: 'dreamina-seedance-2-0-260128',
  openDouble: () => ArkDouble.open(),
  create: createArkEngine,
};

testHostedEngineConformance('Ark engine', SUBJECT);

describe('Ark engine', { timeout: 60_000 }, () => {
  let fixture: HostedEngineFixture<ArkDouble>;
  let double: ArkDouble;
  let engine: Engine;
  beforeEach(async () => {
    fixture = await HostedEngineFixture.open(SUBJECT);
    ({ double } = fixture);
    engine = fixture.engine();
  });
  afterEach(() => fixture.close());

  async function untilEnded(handle: Awaited<ReturnType<Engine['start']>>): Promise<EngineStatus> {
    let status = await engine.status(handle, { waitMs: 0 });
    while (status.state === 'running')
      status = await engine.status(handle, { after: status.revision, waitMs: 10_000 });
    return status;
  }

  /** The last body that was sent, pictures shortened. */
  function lastBody(): JsonObject {
    const { body } = double.bought.at(-1)!;
    const content = (body.content as readonly JsonObject[]).map((part) =>
      part.type === 'image_url' ? { type: part.type!, role: part.role! } : part,
    );
    return { ...body, content };
  }

  it('sends settings as JSON fields, flags of the prompt neutralised, first and last frame with their roles', async () => {
    const prompt = 'A lake --rs 1080p at dusk —dur 12';
    await engine.start(
      fixture.job({ prompt, lastImagePath: fixture.still, seed: 0, webSearch: true, cameraFixed: true }),
    );
    const { safety_identifier: mark, ...body } = lastBody();
    assert.match(String(mark), /^[0-9a-f]{32}$/);
    assert.deepEqual(body, {
      model: 'dreamina-seedance-2-0-260128',
      content: [
        { type: 'text', text: 'A lake rs 1080p at dusk dur 12' },
        { type: 'image_url', role: 'first_frame' },
        { type: 'image_url', role: 'last_frame' },
      ],
      resolution: '480p',
      ratio: '16:9',
      duration: 4,
      seed: 0,
      generate_audio: true,
      watermark: false,
      tools: [{ type: 'web_search' }],
    });
  });

  it('sends several pictures as references, and a camera that is fixed to models that know it', async () => {
    await engine.start(fixture.job({ imagePaths: [fixture.still, fixture.still] }));
    assert.deepEqual(
      (lastBody().content as readonly JsonObject[]).map(({ role }) => role),
      [undefined, 'reference_image', 'reference_image'],
    );
    const older = fixture.engine({ model: 'seedance-1-5-pro-251215' });
    await older.start(fixture.job({ cameraFixed: true }));
    assert.equal(lastBody().camera_fixed, true);
    assert.equal(lastBody().tools, undefined);
  });

  it('leaves the length to the model only when it may use all of it', async () => {
    await engine.start(fixture.job({ durationSeconds: 'auto', longestDurationSeconds: 15 }));
    assert.equal(lastBody().duration, -1);
    await engine.start(fixture.job({ durationSeconds: 'auto', longestDurationSeconds: 4 }));
    assert.equal(lastBody().duration, 4);
  });

  it('a deployment stands in for the model', async () => {
    const options: Partial<ArkEngineOptions> = { deployment: 'ep-20260101-abc' };
    await fixture.engine(options).start(fixture.job());
    assert.equal(lastBody().model, 'ep-20260101-abc');
  });

  it('refuses a model that is not in the table, naming those that are', () => {
    assert.throws(
      () => fixture.engine({ model: 'seedance-9' }),
      (error) =>
        error instanceof AnimaticError && error.code === 'bad_setting' && /2-0-fast/.test(error.message),
    );
  });

  it('quotes by tokens of 24 frames a second and one more', async () => {
    const job = fixture.job({ resolution: '720p', size: frameSize('720p', '16:9'), durationSeconds: 5 });
    // 1280 x 720 x 121 / 1024 = 108,900 tokens at $7 a million.
    assert.equal(formatUsd((await engine.quote(job))!), '0.7623');
    const older = fixture.engine({ model: 'seedance-1-5-pro-251215' });
    assert.equal(formatUsd((await older.quote(job))!), '0.26136');
    assert.equal(formatUsd((await older.quote({ ...job, generateAudio: false }))!), '0.13068');
    assert.equal(await engine.quote({ ...job, durationSeconds: 'auto' }), undefined);
    const own = fixture.engine({
      price: { kind: 'perMillionTokens', withAudio: usd('10'), silent: usd('10') },
    });
    assert.equal(formatUsd((await own.quote(job))!), '1.089');
  });

  it('a task that is not what was sold is told of', async () => {
    double.plan('dearer', { words: 'dearer' });
    const status = await untilEnded(await engine.start(fixture.job({ prompt: 'dearer' })));
    assert.ok(status.state === 'completed');
    assert.match(fixture.log.text, /took the resolution 1080p instead of 480p/);
    const all = await engine.status({}, { waitMs: 0 });
    assert.equal(all.state, 'lost');
  });

  it('deletes only what it has just seen queueing', async () => {
    double.plan('waiting', { queuedLooks: Infinity });
    const waiting = await engine.start(fixture.job({ prompt: 'waiting' }));
    await engine.cancel(waiting);
    assert.equal(double.requests.filter(({ method }) => method === 'DELETE').length, 1);
    assert.equal((await untilEnded(waiting)).state, 'lost');
    const finished = await engine.start(fixture.job());
    for (let looks = 0; looks < 10; looks += 1)
      await fetch(`${double.baseUrl}/contents/generations/tasks/${(finished as { id: string }).id}`, {
        headers: { authorization: 'Bearer key-0123456789abcdef:secret-fedcba9876543210' },
      });
    await engine.cancel(finished);
    assert.equal(double.requests.filter(({ method }) => method === 'DELETE').length, 1);
    assert.equal((await untilEnded(finished)).state, 'completed');
  });

  it('refuses pictures that the service would, naming them', async () => {
    const small = path.join(fixture.folder, 'small.png');
    await writeFile(small, await makePicture({ width: 200, height: 200 }));
    const wide = path.join(fixture.folder, 'wide.png');
    await writeFile(wide, await makePicture({ width: 1200, height: 310 }));
    for (const [overrides, role] of [
      [{ imagePaths: [small] }, 'images'],
      [{ imagePaths: [fixture.still], lastImagePath: wide }, 'lastImage'],
    ] as const) {
      await assert.rejects(engine.start(fixture.job(overrides)), (error) => {
        assert.ok(error instanceof AnimaticError);
        assert.equal(error.code, 'unsupported_by_engine');
        assert.equal(error.details?.role, role);
        return true;
      });
    }
    assert.equal(double.bought.length, 0);
  });

  it('an unanswered start is found by its mark, absent when every task has another, and unknown otherwise', async () => {
    const sentAt = instant(Date.now());
    await engine.start(fixture.job());
    double.submits('resetBought');
    const lost = fixture.job();
    await assert.rejects(engine.start(lost));
    const found = await engine.recover({ correlationId: lost.correlationId, sentAt });
    assert.ok(found.state === 'found');
    assert.equal((found.handle as { id: string }).id, double.bought.at(-1)!.id);
    const never = { correlationId: 'never-sent-1', sentAt };
    assert.equal((await engine.recover(never)).state, 'absent');
    double.listsMarks = false;
    assert.equal((await engine.recover(never)).state, 'unknown');
    assert.equal(double.bought.length, 2);
  });

  it('an unanswered start is looked for until it must have arrived', async () => {
    double.submits('resetUnbought');
    const lost = fixture.job();
    await assert.rejects(engine.start(lost));
    const before = double.requests.length;
    const patient = fixture.engine({ search: { settledMs: 500, everyMs: 5 } });
    const sentAt = instant(Date.now());
    assert.equal((await patient.recover({ correlationId: lost.correlationId, sentAt })).state, 'absent');
    assert.ok(Date.now() - sentAt >= 500);
    assert.ok(double.requests.length - before > 1, 'more than one look');
  });
});
