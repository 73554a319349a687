/** What a caller of fal's queue can say about its place there, and what stands in the headers of the answers. */
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { systemClock } from '#adapters/system/system-clock.ts';
import { addMs } from '#domain/instant.ts';
import type { Clock } from '#ports/clock.ts';
import { makePicture, makePictureUri } from '#tests/fixtures/picture.ts';
import type { Answer } from '#tests/fixtures/test-client.ts';
import { type Customer, TestServer } from '#tests/fixtures/test-server.ts';

const FAST = 'bytedance/seedance-2.0/fast/image-to-video';

describe('fal queueing, while nothing is worked on', { timeout: 30_000 }, () => {
  let server: TestServer;
  let image_url: string;
  let lateMs = 0;
  const clock: Clock = { ...systemClock, now: () => addMs(systemClock.now(), lateMs) };
  before(async () => {
    server = await TestServer.start({ workers: 0, ports: { clock } });
    image_url = await makePictureUri();
  });
  after(() => server.close());

  const submit = (
    customer: Customer,
    headers: Record<string, string> = {},
    query = '',
    path = `/fal/queue/${FAST}`,
  ): Promise<Answer> => customer.falClient.post(path + query, { prompt: 'wind', image_url }, { headers });
  const at = (id: string, suffix = '') => `/fal/queue/bytedance/seedance-2.0/requests/${id}${suffix}`;

  test('fal queue: low priority waits behind normal, whoever came first', async () => {
    const customer = await server.openCustomer({ credit: '50' });
    const low = await submit(customer, { 'x-fal-queue-priority': 'low' });
    const normal = await submit(customer, { 'x-fal-queue-priority': 'normal' });
    const unsaid = await submit(customer);
    const places = [];
    for (const { body } of [low, normal, unsaid])
      places.push((await customer.falClient.get(at(body.request_id, '/status'))).body.queue_position);
    assert.deepEqual(places, [2, 0, 1]);
    for (const { body } of [low, normal, unsaid])
      await customer.falClient.put(at(body.request_id, '/cancel'));
  });

  test('fal start timeout: a request that did not start in time is COMPLETED with request_timeout, and a 504 that nobody repeats', async () => {
    const customer = await server.openCustomer({ credit: '10' });
    const { status, body } = await submit(customer, { 'x-fal-request-timeout': '5.0' });
    assert.equal(status, 200);
    const { request_id: id } = body;
    assert.equal((await customer.falClient.get(at(id, '/status'))).body.status, 'IN_QUEUE');
    lateMs += 5000;
    await server.untilEnded(id);
    const ended = await customer.falClient.get(at(id, '/status'));
    assert.deepEqual([ended.status, ended.body.status], [200, 'COMPLETED']);
    assert.equal(ended.body.error_type, 'request_timeout');
    assert.equal(ended.body.metrics.inference_time, null);
    const result = await customer.falClient.get(at(id));
    assert.equal(result.status, 504);
    assert.equal(result.headers.get('x-fal-request-timeout-type'), 'user');
    assert.equal(result.headers.get('x-fal-error-type'), 'request_timeout');
    assert.equal(result.headers.get('x-fal-needs-retry'), '0');
    assert.equal(result.headers.get('x-fal-billable-units'), '0');
    assert.equal(result.headers.get('x-fal-request-id'), id);
    assert.equal(await customer.balance(), '10.00');
  });

  test('fal start timeout: a run that cannot start in time is answered with the same 504', async () => {
    const customer = await server.openCustomer({ credit: '10' });
    const run = submit(customer, { 'x-fal-request-timeout': '2' }, '', `/fal/run/${FAST}`);
    while ((await server.ports.tasks.list(customer.accountId, 1)).length === 0);
    lateMs += 2000;
    const { status, headers, body } = await run;
    assert.deepEqual([status, body.error_type], [504, 'request_timeout']);
    assert.equal(headers.get('x-fal-request-timeout-type'), 'user');
  });

  test('fal_max_queue_length: a request does not join a longer queue, and is told that a retry helps', async () => {
    const customer = await server.openCustomer({ credit: '50' });
    const first = await submit(customer, {}, '?fal_max_queue_length=0');
    assert.equal(first.status, 200);
    const balance = await customer.balance();
    const refused = await submit(customer, {}, '?fal_max_queue_length=0');
    assert.deepEqual([refused.status, refused.body.error_type], [429, 'queue_full']);
    assert.equal(refused.headers.get('x-fal-needs-retry'), '1');
    assert.equal(refused.headers.get('x-fal-retryable'), 'true');
    assert.equal(await customer.balance(), balance);
    assert.equal((await submit(customer, {}, '?fal_max_queue_length=1')).status, 200);
    for (const { id } of await server.ports.tasks.list(customer.accountId, 10))
      await customer.falClient.put(at(id, '/cancel'));
  });

  test('fal queueing: numbers that are none are refused with their name', async () => {
    const timeout = await submit(server.customer, { 'x-fal-request-timeout': 'soon' });
    assert.deepEqual([timeout.status, timeout.body.error_type], [400, 'bad_request']);
    assert.match(timeout.body.detail, /x-fal-request-timeout/);
    const length = await submit(server.customer, {}, '?fal_max_queue_length=-1');
    assert.equal(length.status, 400);
    assert.match(length.body.detail, /fal_max_queue_length/);
  });

  test('fal headers: unknown platform headers are ignored', async () => {
    const { status, body } = await submit(server.customer, {
      'x-fal-runner-hint': 'gpu-7',
      'x-fal-store-io': '0',
      'x-fal-no-retry': 'yes',
      'x-fal-tags': 'team=a',
      'x-app-fal-disable-fallback': '1',
      'x-fal-something-new': '1',
    });
    assert.equal(status, 200);
    await server.customer.falClient.put(at(body.request_id, '/cancel'));
  });
});

describe('fal submits', { timeout: 30_000 }, () => {
  let server: TestServer;
  let image_url: string;
  before(async () => {
    server = await TestServer.start();
    image_url = await makePictureUri();
    server.engine.script('broken', { endings: ['failed'] });
    server.engine.script('killer', { endings: ['crashed'] });
  });
  after(() => server.close());

  test("fal endpoint ids: the slugs of fal's site are the same endpoints, with follow-ups under their own owner and alias", async () => {
    const { body } = await server.customer.falClient.post(
      '/fal/queue/fal-ai/seedance-2/fast/image-to-video',
      {
        prompt: 'wind',
        image_url,
      },
    );
    assert.ok(body.status_url.endsWith(`/fal/queue/fal-ai/seedance-2/requests/${body.request_id}/status`));
    const task = await server.untilEnded(body.request_id);
    assert.equal(task.endpoint.id, FAST);
    assert.equal((await server.customer.falClient.get(body.response_url)).status, 200);
  });

  test('fal submit by another method: a GET carries its input in the query, and a HEAD buys nothing', async () => {
    const { falClient } = server.customer;
    const upload = await falClient.post('/fal/rest/storage/upload/initiate', { content_type: 'image/png' });
    await server.anonymous.put(upload.body.upload_url, { body: await makePicture() });
    const query = new URLSearchParams({
      prompt: 'wind',
      image_url: upload.body.file_url,
      duration: '4',
      generate_audio: 'false',
      fal_max_queue_length: '9',
    });
    const before = (await server.ports.tasks.list(server.customer.accountId, 100)).length;
    for (const place of ['queue', 'run']) {
      const headers = { authorization: `Key ${server.customer.key}` };
      const head = await fetch(`${server.url}/fal/${place}/${FAST}?${query}`, { method: 'HEAD', headers });
      assert.equal(head.status, 404);
    }
    const queued = await falClient.get(`/fal/queue/${FAST}?${query}`);
    assert.equal(queued.status, 200);
    const task = await server.untilEnded(queued.body.request_id);
    assert.deepEqual([task.request.durationSeconds, task.request.generateAudio], [4, false]);
    const run = await falClient.get(`/fal/run/${FAST}?${query}`);
    assert.match(run.body.video.url, /\.mp4$/);
    const put = await falClient.put(`/fal/run/${FAST}`, {
      body: { prompt: 'wind', image_url: upload.body.file_url },
    });
    assert.equal(put.status, 200);
    assert.equal((await server.ports.tasks.list(server.customer.accountId, 100)).length, before + 3);
  });

  test('fal headers: billable units are thousands of tokens, the same on every call', async () => {
    const { falClient } = server.customer;
    const input = { prompt: 'wind', image_url, duration: '5', aspect_ratio: '16:9' };
    const { body } = await falClient.post(`/fal/queue/${FAST}`, input);
    const task = await server.untilEnded(body.request_id);
    for (let count = 0; count < 2; count += 1) {
      const { headers } = await falClient.get(body.response_url);
      assert.equal(headers.get('x-fal-billable-units'), '108');
    }
    // 108 thousand tokens at $0.0112.
    assert.equal(task.charged, 1_209_600n);
    const run = await falClient.post(`/fal/run/${FAST}`, { ...input, duration: '4' });
    assert.equal(run.headers.get('x-fal-billable-units'), '86.4');
  });

  test('fal headers: a failure says whether a retry may help, under both names', async () => {
    for (const [prompt, retry] of [
      ['broken', 'false'],
      ['killer', 'true'],
    ] as const) {
      const { headers } = await server.customer.falClient.post(`/fal/run/${FAST}`, { prompt, image_url });
      assert.equal(headers.get('x-fal-retryable'), retry);
      assert.equal(headers.get('x-fal-needs-retry'), retry === 'true' ? '1' : '0');
      assert.equal(headers.get('x-fal-billable-units'), '0');
    }
    const refused = await server.customer.falClient.post(`/fal/run/${FAST}`, {});
    assert.equal(refused.headers.get('x-fal-retryable'), 'false');
  });
});
