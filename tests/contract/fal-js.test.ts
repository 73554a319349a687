/** fal's own JavaScript client, unmodified, with its hosts rewritten to the three paths here by its request middleware. */
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { ApiError, createFalClient, type FalClient, type QueueStatus, ValidationError } from '@fal-ai/client';
import { makePicture } from '#tests/fixtures/picture.ts';
import { TestServer } from '#tests/fixtures/test-server.ts';

const FAST = 'bytedance/seedance-2.0/fast/image-to-video';
const PATHS: Readonly<Record<string, string>> = {
  'fal.run': '/fal/run',
  'queue.fal.run': '/fal/queue',
  'rest.fal.ai': '/fal/rest',
};

describe('fal for JavaScript', { timeout: 60_000 }, () => {
  let server: TestServer;
  let fal: FalClient;
  let image_url: string;
  before(async () => {
    server = await TestServer.start();
    fal = createFalClient({
      credentials: server.customer.key,
      requestMiddleware: async (request) => {
        const url = new URL(request.url);
        return { ...request, url: server.url + PATHS[url.host] + url.pathname + url.search };
      },
    });
    server.engine.script('never', { endings: ['stalled'] });
    server.engine.script('broken', { endings: ['failed'] });
    image_url = await fal.storage.upload(new Blob([Buffer.from(await makePicture())], { type: 'image/png' }));
  });
  after(() => server.close());

  test('upload gives a URL that holds the file', async () => {
    assert.match(image_url, /\.png$/);
    const file = await fetch(image_url);
    assert.deepEqual(Buffer.from(await file.arrayBuffer()), await makePicture());
  });

  test('subscribe follows the queue to the output', async () => {
    const updates: QueueStatus[] = [];
    const { data, requestId } = await fal.subscribe(FAST, {
      input: { prompt: 'wind', image_url, duration: '5', seed: 9 },
      logs: true,
      pollInterval: 10,
      onQueueUpdate: (update) => updates.push(update),
    });
    assert.match(requestId, /^[0-9a-f]{32}$/);
    assert.equal(data.seed, 9);
    assert.equal(await (await fetch(data.video.url)).text(), 'a scripted clip');
    const last = updates.at(-1);
    assert.ok(last?.status === 'COMPLETED' && last.logs.length > 0);
  });

  test('subscribe in streaming mode does the same', async () => {
    const updates: QueueStatus[] = [];
    const { data } = await fal.subscribe(FAST, {
      input: { prompt: 'wind', image_url },
      mode: 'streaming',
      logs: true,
      onQueueUpdate: (update) => updates.push(update),
    });
    assert.match(data.video.url, /\.mp4$/);
    assert.equal(updates.at(-1)?.status, 'COMPLETED');
  });

  test('a file in the input is uploaded on the way', async () => {
    const file = new Blob([Buffer.from(await makePicture())], { type: 'image/png' });
    const { request_id: requestId } = await fal.queue.submit(FAST, {
      input: { prompt: 'wind', image_url: file },
    });
    const task = await server.untilEnded(requestId);
    assert.equal(task.request.images[0]?.kind, 'asset');
  });

  test('submit, status and result, step by step', async () => {
    const { request_id: requestId, status } = await fal.queue.submit(FAST, {
      input: { prompt: 'wind', image_url },
      priority: 'low',
    });
    assert.equal(status, 'IN_QUEUE');
    await server.untilEnded(requestId);
    const ended = await fal.queue.status(FAST, { requestId });
    assert.equal(ended.status, 'COMPLETED');
    const result = await fal.queue.result(FAST, { requestId });
    assert.equal(result.requestId, requestId);
    assert.match(result.data.video.url, /\.mp4$/);
  });

  test('the result of a running request is an error, and cancel ends it', async () => {
    const { request_id: requestId } = await fal.queue.submit(FAST, {
      input: { prompt: 'never', image_url },
    });
    await server.untilTask(requestId, ({ state }) => state === 'processing');
    await assert.rejects(fal.queue.result(FAST, { requestId }), (error: unknown) => {
      assert.ok(error instanceof ApiError);
      assert.deepEqual([error.status, error.body.detail], [400, 'Request is still in progress']);
      return true;
    });
    await fal.queue.cancel(FAST, { requestId });
    assert.equal((await server.untilEnded(requestId)).state, 'cancelled');
    await assert.rejects(fal.queue.cancel(FAST, { requestId: 'unknown' }), { status: 404 });
  });

  test('run waits for the output', async () => {
    const { data, requestId } = await fal.run(FAST, { input: { prompt: 'wind', image_url } });
    assert.match(requestId, /^[0-9a-f]{32}$/);
    assert.match(data.video.url, /\.mp4$/);
  });

  test('a refused input is a validation error with the field, and costs nothing', async () => {
    const before = await server.customer.balance();
    const input = { prompt: 'wind', image_url, resolution: '8k' };
    await assert.rejects(fal.subscribe(FAST as string, { input }), (error: unknown) => {
      assert.ok(error instanceof ValidationError);
      assert.equal(error.status, 422);
      assert.match(error.message, /"resolution" must be one of/);
      assert.equal(error.getFieldErrors('resolution')[0]?.type, 'literal_error');
      assert.match(error.requestId, /\w/);
      return true;
    });
    assert.equal(await server.customer.balance(), before);
  });

  test('a failed request rejects with its reason, once and without a retry', async () => {
    const jobs = server.engine.startedJobs.length;
    await assert.rejects(
      fal.subscribe(FAST, { input: { prompt: 'broken', image_url }, pollInterval: 10 }),
      (error: unknown) => {
        assert.ok(error instanceof ApiError);
        assert.equal(error.status, 500);
        assert.match(error.message, /script says/);
        return true;
      },
    );
    assert.equal(server.engine.startedJobs.length, jobs + 1);
  });

  test('a wrong key is told once', async () => {
    const stranger = createFalClient({
      credentials: 'id:secret',
      requestMiddleware: async (request) => ({
        ...request,
        url: `${server.url}/fal/queue${new URL(request.url).pathname}`,
      }),
    });
    await assert.rejects(stranger.queue.submit(FAST, { input: { prompt: 'wind', image_url } }), {
      status: 401,
    });
  });
});
