/** fal's queue over HTTP: the ten rules that break its clients when missed, and what failure looks like. */
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { makePictureUri } from '#tests/fixtures/picture.ts';
import type { Answer } from '#tests/fixtures/test-client.ts';
import { type Customer, TestServer } from '#tests/fixtures/test-server.ts';

const FAST = 'bytedance/seedance-2.0/fast/image-to-video';
const STILL_RUNNING = { detail: 'Request is still in progress' };

describe('fal queue', { timeout: 30_000 }, () => {
  let server: TestServer;
  let image: string;
  before(async () => {
    server = await TestServer.start();
    image = await makePictureUri();
    server.engine.script('never', { endings: ['stalled'] });
    server.engine.script('broken', { endings: ['failed'] });
    server.engine.script('bad picture', {
      endings: ['failed'],
      error: {
        code: 'media_unreadable',
        message: 'The picture is damaged.',
        details: { role: 'images', index: 0 },
      },
    });
  });
  after(() => server.close());

  const submit = async (input: Record<string, unknown> = {}, endpoint = FAST) => {
    const answer = await server.customer.falClient.post(`/fal/queue/${endpoint}`, {
      prompt: 'wind',
      image_url: image,
      ...input,
    });
    assert.equal(answer.status, 200, JSON.stringify(answer.body));
    return answer;
  };
  const get = (path: string) => server.customer.falClient.get(path);
  const at = (id: string, suffix = '', app = 'bytedance/seedance-2.0') =>
    `/fal/queue/${app}/requests/${id}${suffix}`;

  test('submit is 200 with absolute URLs made of owner, alias and id', async () => {
    const { headers, body } = await submit();
    const { request_id: id } = body;
    assert.deepEqual(body, {
      status: 'IN_QUEUE',
      request_id: id,
      response_url: server.url + at(id),
      status_url: server.url + at(id, '/status'),
      cancel_url: server.url + at(id, '/cancel'),
      queue_position: body.queue_position,
    });
    assert.ok(Number.isInteger(body.queue_position));
    assert.equal(headers.get('x-fal-request-id'), id);
    await server.untilEnded(id);
  });

  test('a request runs to COMPLETED with its output under the response URL and its alias', async () => {
    const { request_id: id, response_url, status_url } = (await submit({ seed: 7 })).body;
    await server.untilEnded(id);
    const status = await get(status_url);
    assert.equal(status.status, 200);
    assert.equal(status.body.status, 'COMPLETED');
    assert.equal(status.body.logs, null);
    assert.ok(status.body.metrics.inference_time >= 0);
    assert.ok(!('error' in status.body));
    const result = await get(response_url);
    assert.equal(result.status, 200);
    assert.equal(result.headers.get('x-fal-request-id'), id);
    assert.deepEqual(result.body, {
      video: {
        url: result.body.video.url,
        content_type: 'video/mp4',
        file_name: `${id}.mp4`,
        file_size: 'a scripted clip'.length,
      },
      seed: 7,
    });
    assert.equal((await server.anonymous.get(result.body.video.url)).body, 'a scripted clip');
    assert.deepEqual((await get(`${response_url}/response`)).body, result.body);
  });

  test('follow-ups work under owner/alias, the full id and the fal-ai and fal aliases', async () => {
    for (const endpoint of [FAST, `fal-ai/${FAST}`, `fal/${FAST}`]) {
      const { request_id: id, status_url } = (await submit({}, endpoint)).body;
      await server.untilEnded(id);
      assert.equal((await get(status_url)).body.status, 'COMPLETED');
      for (const app of ['bytedance/seedance-2.0', FAST, 'fal-ai/bytedance', `fal-ai/${FAST}`]) {
        assert.equal((await get(at(id, '/status', app))).body.request_id, id);
        assert.equal((await get(at(id, '', app))).status, 200);
      }
    }
    const aliased = (await submit({}, `fal-ai/${FAST}`)).body;
    assert.equal(aliased.response_url, server.url + at(aliased.request_id, '', 'fal-ai/bytedance'));
    await server.untilEnded(aliased.request_id);
  });

  test('while it runs: 202, logs only on request, and the exact refusal of the result', async () => {
    const { request_id: id } = (await submit({ prompt: 'never' })).body;
    await server.untilTask(id, (task) => task.progress > 0);
    const plain = await get(at(id, '/status?logs=0'));
    assert.equal(plain.status, 202);
    assert.equal(plain.body.status, 'IN_PROGRESS');
    assert.equal(plain.body.logs, null);
    assert.ok(!('queue_position' in plain.body));
    for (const logs of ['1', 'true']) {
      const { body } = await get(at(id, `/status?logs=${logs}`));
      assert.ok(body.logs.length > 0);
      for (const line of body.logs) {
        assert.equal(typeof line.message, 'string');
        assert.match(line.timestamp, /^\d{4}-.*Z$/);
        assert.ok(['DEBUG', 'INFO', 'WARN', 'ERROR'].includes(line.level));
        assert.equal(line.source, 'USER');
      }
    }
    const result = await get(at(id));
    assert.equal(result.status, 400);
    assert.deepEqual(result.body, STILL_RUNNING);
    assert.equal((await server.customer.falClient.put(at(id, '/cancel'))).status, 202);
    await server.untilEnded(id);
  });

  test('cancel takes a JSON content type without a body, and tells the three cases apart', async () => {
    const { falClient } = server.customer;
    const json = { headers: { 'content-type': 'application/json' } };
    const { request_id: id } = (await submit({ prompt: 'never' })).body;
    const asked = await falClient.put(at(id, '/cancel'), json);
    assert.equal(asked.status, 202);
    assert.deepEqual(asked.body, { status: 'CANCELLATION_REQUESTED' });
    await server.untilEnded(id);
    const status = await get(at(id, '/status'));
    assert.deepEqual([status.status, status.body.status], [200, 'COMPLETED']);
    assert.deepEqual(status.body.error_type, 'client_cancelled');
    const result = await get(at(id));
    assert.equal(result.status, 499);
    assert.equal(result.headers.get('x-fal-request-id'), id);

    const { request_id: finished } = (await submit()).body;
    await server.untilEnded(finished);
    const late = await falClient.put(at(finished, '/cancel'), { ...json, body: {} });
    assert.deepEqual([late.status, late.body.status], [400, 'ALREADY_COMPLETED']);
    const unknown = await falClient.put(at('undefined', '/cancel'), json);
    assert.deepEqual([unknown.status, unknown.body.status], [404, 'NOT_FOUND']);
  });

  test('a failure is COMPLETED with an error, and the result repeats its own status and body', async () => {
    const before = await server.customer.balance();
    const { request_id: id } = (await submit({ prompt: 'broken' })).body;
    await server.untilEnded(id);
    const { body: status } = await get(at(id, '/status?logs=1'));
    assert.equal(status.status, 'COMPLETED');
    assert.match(status.error, /script says/);
    assert.equal(status.error_type, 'internal_server_error');
    for (let count = 0; count < 2; count += 1) {
      const { status: code, headers, body } = await get(at(id));
      assert.equal(code, 500);
      assert.equal(headers.get('x-fal-error-type'), 'internal_server_error');
      assert.equal(headers.get('x-fal-request-id'), id);
      assert.equal(body.detail, status.error);
      assert.equal(body.message, status.error);
      assert.deepEqual(body.error, { message: status.error, code: 500 });
    }
    assert.equal(await server.customer.balance(), before);
  });

  test('a fault found while running names the input as a refused one would', async () => {
    const { request_id: id } = (await submit({ prompt: 'bad picture' })).body;
    await server.untilEnded(id);
    const { status, body } = await get(at(id));
    assert.equal(status, 422);
    assert.deepEqual(body.detail[0].loc, ['body', 'image_url']);
    assert.equal(body.detail[0].type, 'image_load_error');
  });

  test('unknown requests and paths are 404 with JSON and a request id', async () => {
    const unknown: Answer[] = [await get(at('undefined', '/status')), await get(at('undefined'))];
    for (const { status, headers, body } of unknown) {
      assert.deepEqual([status, body.status], [404, 'NOT_FOUND']);
      assert.match(headers.get('x-fal-request-id') ?? '', /\w/);
    }
    for (const path of ['/fal/queue/bytedance/seedance-2.0', '/fal/other', at('x', '/nothing')]) {
      const { status, body } = await get(path);
      assert.equal(status, 404);
      assert.equal(typeof body.detail, 'string');
    }
  });

  test('no key is 401 with a text, a request id and nothing to retry', async () => {
    const { status, headers, body } = await server.anonymous.post(`/fal/queue/${FAST}`, {});
    assert.equal(status, 401);
    assert.equal(typeof body.detail, 'string');
    assert.match(headers.get('x-fal-request-id') ?? '', /\w/);
  });

  test('a key configured as id and secret is taken by its secret', async () => {
    const headers = { authorization: `Key some-id:${server.customer.key}` };
    assert.equal((await server.anonymous.get(at('x', '/status'), { headers })).status, 404);
    const wrong = { authorization: 'Key some-id:some-secret' };
    assert.equal((await server.anonymous.get(at('x', '/status'), { headers: wrong })).status, 401);
  });

  test('auto holds the price of the longest clip and settles on the real one', async () => {
    const customer = await server.openCustomer({ credit: '100' });
    const { body } = await customer.falClient.post(`/fal/queue/${FAST}`, {
      prompt: 'wind',
      image_url: image,
      aspect_ratio: '16:9',
    });
    const task = await server.untilEnded(body.request_id);
    // 1280 x 720 is 21,600 tokens a second at $0.0112 per thousand: 15 s are held, 5 s were made.
    assert.equal(task.held, 3_628_800n);
    assert.equal(task.charged, 1_209_600n);
    assert.equal(await customer.balance(), '98.7904');
  });

  test("the AI SDK's way of writing a duration is understood", async () => {
    const { request_id: id } = (await submit({ duration: '4s' })).body;
    assert.equal((await server.untilEnded(id)).request.durationSeconds, 4);
  });
});

describe('fal queue, waiting', { timeout: 30_000 }, () => {
  let server: TestServer;
  let customer: Customer;
  before(async () => {
    server = await TestServer.start({ workers: 0 });
    customer = server.customer;
  });
  after(() => server.close());

  test('requests wait in order, can be cancelled there, and then run', async () => {
    const image = await makePictureUri();
    const ids: string[] = [];
    for (let count = 0; count < 3; count += 1) {
      const input = { prompt: 'wind', image_url: image };
      const { body } = await customer.falClient.post(`/fal/queue/${FAST}`, input);
      assert.equal(body.queue_position, count);
      ids.push(body.request_id);
    }
    const status = (id: string) =>
      customer.falClient.get(`/fal/queue/bytedance/seedance-2.0/requests/${id}/status?logs=1`);
    const { status: code, body } = await status(ids[1]!);
    assert.equal(code, 202);
    assert.deepEqual([body.status, body.queue_position, 'logs' in body], ['IN_QUEUE', 1, false]);
    await customer.falClient.put(`/fal/queue/bytedance/seedance-2.0/requests/${ids[0]}/cancel`);
    const cancelled = (await status(ids[0]!)).body;
    assert.deepEqual([cancelled.status, cancelled.metrics.inference_time], ['COMPLETED', null]);
    assert.equal((await status(ids[1]!)).body.queue_position, 0);
    server.startWorker();
    assert.equal((await server.untilEnded(ids[1]!)).state, 'completed');
    assert.equal((await server.untilEnded(ids[2]!)).state, 'completed');
  });
});
