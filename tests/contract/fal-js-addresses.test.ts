/**
 * fal's own JavaScript client with its built-in hosts left as they are: through `proxyUrl`, whose path this server answers itself, and by
 * host names that lead here.
 */
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { ApiError, createFalClient, type FalClient, type QueueStatus } from '@fal-ai/client';
import { createDevelopmentCertificate } from '#apps/development-certificate.ts';
import { VIRTUAL_HOSTS } from '#protocols/http/virtual-hosts.ts';
import { type Interception, interceptTls } from '#tests/fixtures/intercepted-fetch.ts';
import { makePicture } from '#tests/fixtures/picture.ts';
import { TestServer } from '#tests/fixtures/test-server.ts';

const FAST = 'bytedance/seedance-2.0/fast/image-to-video';

const picture = async () => new Blob([Buffer.from(await makePicture())], { type: 'image/png' });

describe('fal for JavaScript through proxyUrl', { timeout: 60_000 }, () => {
  let server: TestServer;
  let fal: FalClient;
  let image_url: string;
  before(async () => {
    server = await TestServer.start();
    server.engine.script('never', { endings: ['stalled'] });
    fal = createFalClient({
      credentials: server.customer.key,
      proxyUrl: { url: `${server.url}/fal/proxy`, when: 'always' },
    });
    image_url = await fal.storage.upload(await picture());
  });
  after(() => server.close());

  test('fal proxy: an upload gets an address that its bytes, which no proxy carries, can be sent to', async () => {
    assert.ok(image_url.startsWith(`${server.url}/files/`));
    assert.deepEqual(Buffer.from(await (await fetch(image_url)).arrayBuffer()), await makePicture());
  });

  test('fal proxy: subscribe by polling', async () => {
    const { data, requestId } = await fal.subscribe(FAST, {
      input: { prompt: 'wind', image_url },
      logs: true,
      pollInterval: 10,
    });
    assert.match(requestId, /^[0-9a-f]{32}$/);
    assert.equal(await (await fetch(data.video.url)).text(), 'a scripted clip');
  });

  test('fal proxy: subscribe by streaming, and the whole log once', async () => {
    const updates: QueueStatus[] = [];
    const { requestId } = await fal.subscribe(FAST, {
      input: { prompt: 'wind', image_url },
      mode: 'streaming',
      logs: true,
      onQueueUpdate: (update) => updates.push(update),
    });
    const last = updates.at(-1);
    assert.ok(last?.status === 'COMPLETED');
    const polled = await fal.queue.status(FAST, { requestId, logs: true });
    assert.ok(polled.status === 'COMPLETED' && polled.logs.length > 0);
    assert.deepEqual(last.logs, polled.logs);
  });

  test("fal proxy: the URLs given back are the queue's own, which the caller believes in", async () => {
    const submitted = await fal.queue.submit(FAST, { input: { prompt: 'never', image_url } });
    const { request_id: requestId } = submitted;
    const url = `https://queue.fal.run/bytedance/seedance-2.0/requests/${requestId}`;
    assert.deepEqual([submitted.response_url, submitted.cancel_url], [url, `${url}/cancel`]);
    await server.untilTask(requestId, ({ state }) => state === 'processing');
    await fal.queue.cancel(FAST, { requestId });
    assert.equal((await server.untilEnded(requestId)).state, 'cancelled');
  });

  test('fal proxy: run, and a refusal with its fields', async () => {
    const { data } = await fal.run(FAST, { input: { prompt: 'wind', image_url } });
    assert.match(data.video.url, /\.mp4$/);
    await assert.rejects(fal.run(FAST as string, { input: {} }), { status: 422, name: 'ValidationError' });
  });

  test('fal proxy: a missing or foreign target is refused', async () => {
    const headers = { authorization: `Key ${server.customer.key}` };
    for (const target of [undefined, 'https://example.com/x', 'https://api.wavespeed.ai/api/v3/balance']) {
      const answer = await server.anonymous.get('/fal/proxy', {
        headers: { ...headers, ...(target === undefined ? {} : { 'x-fal-target-url': target }) },
      });
      assert.deepEqual([answer.status, answer.body.error_type], [400, 'bad_request'], target);
    }
  });
});

describe('fal for JavaScript by host names', { timeout: 60_000 }, () => {
  let server: TestServer;
  let hosts: Interception;
  let fal: FalClient;
  let image_url: string;
  before(async () => {
    const { authority, ...tls } = await createDevelopmentCertificate([...VIRTUAL_HOSTS.keys()]);
    server = await TestServer.start({ tls });
    hosts = interceptTls(Number(new URL(server.url).port), authority);
    fal = createFalClient({ credentials: server.customer.key, fetch: hosts.fetch });
    image_url = await fal.storage.upload(await picture());
  });
  after(async () => {
    await hosts.close();
    await server.close();
  });

  test('fal hosts: upload, subscribe and the clip, with nothing rewritten', async () => {
    assert.match(image_url, /^https:\/\/v3\.fal\.media\/files\//);
    const { data } = await fal.subscribe(FAST, { input: { prompt: 'wind', image_url }, pollInterval: 10 });
    assert.equal(await (await hosts.fetch(data.video.url)).text(), 'a scripted clip');
  });

  test('fal tokens: streaming straight from the queue with a short-lived token in the query', async () => {
    const seen: string[] = [];
    const browser = createFalClient({
      credentials: server.customer.key,
      fetch: (input, init) => {
        const { authorization } = { ...init?.headers } as Record<string, string>;
        seen.push(`${new URL(String(input)).pathname} ${authorization ?? 'no key'}`);
        return hosts.fetch(input, init);
      },
    });
    const { request_id: requestId } = await fal.queue.submit(FAST, { input: { prompt: 'wind', image_url } });
    const stream = await browser.queue.streamStatus(FAST, {
      requestId,
      logs: true,
      connectionMode: 'client',
    });
    const last = await stream.done();
    assert.equal(last.status, 'COMPLETED');
    assert.match(seen.at(-1)!, /\/status\/stream no key$/);
  });

  test('fal storage: a file of more than 90 MiB goes in parts, and arrives whole', async () => {
    const bytes = new Uint8Array(91 * 1024 * 1024);
    for (let index = 0; index < bytes.length; index += 4096) bytes[index] = index / 4096;
    const url = await fal.storage.upload(new Blob([bytes], { type: 'video/mp4' }));
    const arrived = new Uint8Array(await (await hosts.fetch(url)).arrayBuffer());
    assert.equal(Buffer.compare(arrived, bytes), 0);
  });

  test('fal start timeout: the error is known as the caller’s own, and the request is not repeated', async () => {
    await using waiting = await TestServer.start({ workers: 0 });
    const patient = createFalClient({
      credentials: waiting.customer.key,
      proxyUrl: { url: `${waiting.url}/fal/proxy`, when: 'always' },
    });
    await assert.rejects(
      patient.subscribe(FAST, {
        input: { prompt: 'wind', image_url: await picture() },
        startTimeout: 1.2,
        priority: 'low',
        pollInterval: 20,
      }),
      (error: unknown) => error instanceof ApiError && error.isUserTimeout,
    );
    const tasks = await waiting.ports.tasks.list(waiting.customer.accountId, 10);
    assert.deepEqual(
      tasks.map(({ state, priority }) => [state, priority]),
      [['failed', 'low']],
    );
  });
});
