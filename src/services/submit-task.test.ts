import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it } from 'node:test';
import type { EndpointKey } from '#domain/endpoint-key.ts';
import { assetId } from '#domain/ids.ts';
import { formatUsd } from '#domain/money.ts';
import { enginesOf } from '#tests/fixtures/engines-of.ts';
import { makePicture, makePictureUri } from '#tests/fixtures/picture.ts';
import { OWN_ORIGIN, ServiceFixture } from '#tests/fixtures/service-fixture.ts';
import { submitTask } from './submit-task.ts';

const STANDARD: EndpointKey = { protocol: 'wavespeed', id: 'bytedance/seedance-2.0/image-to-video' };
const PUBLIC_URL = 'https://pictures.example/lighthouse.png';

describe('submitting', { timeout: 30_000 }, () => {
  let fixture: ServiceFixture;
  let inline: string;
  beforeEach(async () => {
    fixture = await ServiceFixture.open({ credit: '1.50' });
    inline = await makePictureUri();
  });
  afterEach(() => fixture.close());

  /** The task that was just submitted, as the store has it. */
  const stored = async (submitted: Awaited<ReturnType<ServiceFixture['submit']>>) => {
    const task = await fixture.find(submitted.id);
    assert.deepEqual(task, submitted);
    return task;
  };

  it('holds the price and queues the task', async () => {
    const task = await stored(await fixture.submit({ image: PUBLIC_URL, prompt: 'p', duration: 6 }));
    assert.deepEqual([task.state, task.attempt, formatUsd(task.held)], ['created', 0, '1.20']);
    assert.equal(await fixture.balance(), '0.30');
    assert.equal(await fixture.ports.tasks.queuePosition(task.id), 0);
  });

  it('keeps the input with its defaults, and URLs in place of inline files', async () => {
    const { input, request } = await stored(
      await fixture.submit({ images: [PUBLIC_URL, inline], prompt: 'p' }, STANDARD),
    );
    const [, kept] = request.images;
    assert.ok(kept?.kind === 'asset');
    assert.deepEqual(input, {
      images: [PUBLIC_URL, `${OWN_ORIGIN}/files/${kept.assetId}/input.png`],
      prompt: 'p',
      duration: 5,
    });
    assert.deepEqual(request.images[0], { kind: 'url', url: PUBLIC_URL });
  });

  it('keeps single files and the last image in the same way', async () => {
    const { input, request } = await stored(
      await fixture.submit({ image: inline, last_image: inline, prompt: 'p' }),
    );
    assert.match(String(input.image), /^https:\/\/clips\.example\/files\/[0-9a-f]{32}\/input\.png$/);
    assert.match(String(input.last_image), /^https:\/\/clips\.example\/files\/[0-9a-f]{32}\/input\.png$/);
    assert.notEqual(input.image, input.last_image);
    assert.equal(request.lastImage?.kind, 'asset');
  });

  it('draws a seed when none is given, and stores it', async () => {
    const ids = { ...fixture.ports.ids, seed: () => 4711 };
    const command = { principal: fixture.principal, endpoint: STANDARD, ownOrigins: [OWN_ORIGIN] as const };
    const body = { images: [PUBLIC_URL], prompt: 'p' };
    const drawn = await submitTask({ ...fixture.ports, ids }, { ...command, body });
    assert.equal((await stored(drawn)).request.seed, 4711);
  });

  it('keeps a given seed, zero among them; -1 asks for a drawn one', async () => {
    const cheap = { image: PUBLIC_URL, resolution: '480p', duration: 4, prompt: 'p' };
    assert.equal((await stored(await fixture.submit({ ...cheap, seed: 0 }))).request.seed, 0);
    assert.ok((await stored(await fixture.submit({ ...cheap, seed: -1 }))).request.seed >= 0);
  });

  it('keeps nothing of a request that the credit does not cover', async () => {
    const body = { image: inline, last_image: inline, prompt: 'p', duration: 8 };
    await assert.rejects(fixture.submit(body), { code: 'insufficient_credit' });
    assert.deepEqual(await fixture.assetIds(), []);
    assert.equal(await fixture.balance(), '1.50');
    assert.deepEqual(await fixture.ports.tasks.list(fixture.principal.accountId, 10), []);
  });

  it('keeps nothing of a request one of whose files is refused', async () => {
    await assert.rejects(fixture.submit({ images: [inline, 'nonsense'], prompt: 'p' }, STANDARD), {
      code: 'invalid_parameter',
      path: ['images', 1],
    });
    assert.deepEqual(await fixture.assetIds(), []);
    assert.equal(await fixture.balance(), '1.50');
  });

  it('never removes a file that was uploaded before', async () => {
    const id = assetId(fixture.ports.ids.hex(16));
    await fixture.ports.assets.write(id, await makePicture(), 'photo.png');
    const image = `${OWN_ORIGIN}/files/${id}/photo.png`;
    await assert.rejects(fixture.submit({ image, prompt: 'p', duration: 15 }), {
      code: 'insufficient_credit',
    });
    assert.deepEqual(await fixture.assetIds(), [id]);
  });

  it('refuses what the engine cannot do before it looks at any file', async () => {
    const capabilities = { ...fixture.engine.capabilities, maxImages: 1 };
    const engine = Object.assign(Object.create(fixture.engine), { capabilities });
    const engines = enginesOf(engine);
    await assert.rejects(
      submitTask(
        { ...fixture.ports, engines },
        {
          principal: fixture.principal,
          endpoint: STANDARD,
          body: { images: [inline, 'nonsense'], prompt: 'p' },
          ownOrigins: [OWN_ORIGIN],
        },
      ),
      { code: 'unsupported_by_engine', path: ['images', 1] },
    );
  });

  it('wakes a worker', async () => {
    const woken = fixture.ports.signals.waitForWork(10_000);
    await fixture.submit({ image: PUBLIC_URL, prompt: 'p' });
    const before = fixture.ports.clock.now();
    await woken;
    assert.ok(fixture.ports.clock.now() - before < 5000);
  });
});
