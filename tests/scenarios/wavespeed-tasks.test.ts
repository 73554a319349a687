/** WaveSpeed's API from submit to result: what a client sees of a task's life, and of what goes wrong. */
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { makePictureUri } from '#tests/fixtures/picture.ts';
import { TestServer } from '#tests/fixtures/test-server.ts';

const SPICY = '/api/v3/bytedance/seedance-2.0-fast/image-to-video-spicy';
const RFC_3339 = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/;

describe('WaveSpeed tasks', { timeout: 30_000 }, () => {
  let server: TestServer;
  let image: string;
  before(async () => {
    server = await TestServer.start({ syncWaitMs: 200 });
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

  const submit = async (body: Record<string, unknown>, path = SPICY) => {
    const { status, body: answer } = await server.customer.client.post(path, body);
    assert.equal(status, 200, JSON.stringify(answer));
    return answer.data;
  };

  test('a submit is answered at once, with a full prediction', async () => {
    const { status, body } = await server.customer.client.post(SPICY, { image, prompt: 'a gust of wind' });
    assert.equal(status, 200);
    assert.deepEqual([body.code, body.message], [200, 'success']);
    const { data } = body;
    assert.match(data.id, /^[0-9a-f]{32}$/);
    assert.equal(data.model, 'bytedance/seedance-2.0-fast/image-to-video-spicy');
    assert.equal(data.status, 'created');
    assert.deepEqual(data.outputs, []);
    assert.equal(data.urls.get, `${server.url}/api/v3/predictions/${data.id}/result`);
    assert.match(data.created_at, RFC_3339);
    assert.deepEqual([data.error, data.code], ['', 0]);
    assert.deepEqual(data.timings, { inference: 0 });
    assert.ok(Array.isArray(data.has_nsfw_contents));
    await server.untilEnded(data.id);
  });

  test('the result is the same at all three addresses, and its output is an .mp4 without a query', async () => {
    const { id, urls } = await submit({ image });
    await server.untilEnded(id);
    const { client } = server.customer;
    const { data } = (await client.get(urls.get)).body;
    assert.equal(data.status, 'completed');
    assert.equal(data.outputs.length, 1);
    assert.match(data.outputs[0], new RegExp(`^${server.url}/files/[0-9a-f]{32}/[\\w-]+\\.mp4$`));
    assert.ok(data.timings.inference >= 0 && data.executionTime === data.timings.inference);
    for (const path of [`/api/v3/predictions/${id}`, `/api/v2/predictions/${id}/result`])
      assert.deepEqual((await client.get(path)).body.data, data);
    const file = await server.anonymous.get(data.outputs[0]);
    assert.equal(file.headers.get('content-type'), 'video/mp4');
    assert.equal(file.body, 'a scripted clip');
  });

  test('a random seed is chosen and reported, a given one kept', async () => {
    const drawn = await submit({ image, seed: -1 });
    assert.ok(Number.isInteger(drawn.seed) && drawn.seed >= 0);
    assert.equal((await server.untilEnded(drawn.id)).request.seed, drawn.seed);
    assert.equal((await submit({ image, seed: 42 })).seed, 42);
  });

  test('sync mode answers with the finished prediction', async () => {
    const data = await submit({ image, enable_sync_mode: true });
    assert.equal(data.status, 'completed');
    assert.match(data.outputs[0], /\.mp4$/);
  });

  test('sync mode that takes too long says so in the way that clients recognise, and the task goes on', async () => {
    const data = await submit({ image, prompt: 'never', enable_sync_mode: true });
    assert.deepEqual([data.status, data.code], ['processing', 5004]);
    assert.match(data.error, /Sync mode timed out after 0\.2 seconds/);
    assert.match(data.error, new RegExp(`task_id: ${data.id}`));
    assert.ok(data.error.endsWith(`Query the result later at: ${data.urls.get}`));
    const { body } = await server.customer.client.get(data.urls.get);
    assert.equal(body.data.status, 'processing');
    await server.customer.client.delete(`/api/v3/predictions/${data.id}`);
    await server.untilEnded(data.id);
  });

  test('a task that fails is HTTP 200 with its reason and code, costs nothing, also in sync mode', async () => {
    const before = await server.customer.balance();
    const { id } = await submit({ image, prompt: 'broken' });
    await server.untilEnded(id);
    const { status, body } = await server.customer.client.get(`/api/v3/predictions/${id}/result`);
    assert.deepEqual([status, body.code], [200, 200]);
    assert.equal(body.data.status, 'failed');
    assert.match(body.data.error, /script says/);
    assert.equal(body.data.code, 1403);
    assert.deepEqual(body.data.outputs, []);
    assert.equal((await submit({ image, prompt: 'broken', enable_sync_mode: true })).status, 'failed');
    assert.equal(await server.customer.balance(), before);
  });

  test('a fault that the engine finds in a file names the input it came from', async () => {
    const { id } = await submit({ image, prompt: 'bad picture' });
    await server.untilEnded(id);
    const { data } = (await server.customer.client.get(`/api/v3/predictions/${id}/result`)).body;
    assert.match(data.error, /^"image": The picture is damaged/);
    assert.equal(data.code, 1401);
  });

  test('a picture that cannot be fetched fails the task with 1402', async () => {
    const { id } = await submit({ image: `${server.url}/no-such-picture.png` });
    await server.untilEnded(id);
    const { data } = (await server.customer.client.get(`/api/v3/predictions/${id}/result`)).body;
    assert.deepEqual([data.status, data.code], ['failed', 1402]);
    assert.match(data.error, /"image"/);
  });

  test('cancel stops a running task, shows it as failed so that every client stops, and returns the money', async () => {
    const before = await server.customer.balance();
    const { id } = await submit({ image, prompt: 'never' });
    await server.untilTask(id, (task) => task.state === 'processing');
    const { status, body } = await server.customer.client.delete(`/api/v3/predictions/${id}`);
    assert.equal(status, 200);
    assert.deepEqual(body.data, { id, status: 'deleted' });
    assert.equal((await server.untilEnded(id)).state, 'cancelled');
    const { data } = (await server.customer.client.get(`/api/v3/predictions/${id}/result`)).body;
    assert.deepEqual([data.status, data.code], ['failed', 1405]);
    assert.match(data.error, /cancelled/);
    assert.equal(await server.customer.balance(), before);
  });

  test('a finished task cannot be cancelled, an unknown one is not found', async () => {
    const { id } = await submit({ image });
    await server.untilEnded(id);
    assert.equal((await server.customer.client.delete(`/api/v3/predictions/${id}`)).status, 409);
    assert.equal((await server.customer.client.delete('/api/v3/predictions/nothing')).status, 404);
  });

  test('errors carry every member that some client prints, and repeat the status', async () => {
    const { status, body } = await server.customer.client.post(SPICY, { prompt: 'no picture' });
    assert.equal(status, 400);
    assert.equal(body.code, 400);
    assert.match(body.message, /"image" is required/);
    assert.equal(body.error, body.message);
    assert.equal(body.error_code, 'missing_parameter');
  });

  test('an unknown model is named together with the known ones', async () => {
    const { status, body } = await server.customer.client.post(
      '/api/v3/bytedance/seedance-9/image-to-video',
      {
        image,
      },
    );
    assert.equal(status, 404);
    assert.match(body.message, /seedance-9/);
    assert.match(body.message, /seedance-2\.0-mini\/image-to-video/);
  });

  test('no key and an unknown key are 401 before anything else is looked at', async () => {
    for (const authorization of [undefined, 'Bearer wrong', 'Basic abc', '']) {
      const headers = authorization === undefined ? {} : { authorization };
      const { status, body } = await server.anonymous.post(SPICY, {}, { headers });
      assert.deepEqual([status, body.code, body.error_code], [401, 401, 'unauthorized']);
    }
    assert.equal((await server.anonymous.get('/api/v3/balance')).status, 401);
  });

  test('an empty JSON body is an empty input, and broken JSON is said to be broken', async () => {
    const { client } = server.customer;
    const json = { headers: { 'content-type': 'application/json' } };
    assert.match((await client.post(SPICY, '', json)).body.message, /"image" is required/);
    const broken = await client.post(SPICY, '{"image": ', json);
    assert.deepEqual([broken.status, broken.body.error_code], [400, 'malformed_request']);
    assert.equal((await client.post(SPICY, '[1]', json)).body.error_code, 'malformed_request');
    const form = await client.post(SPICY, 'image=x', {
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
    });
    assert.equal(form.status, 400);
    assert.match(form.body.message, /application\/json/);
  });

  test('base64 output is the clip itself, in sync mode and in every later result; lists name its URL', async () => {
    const clip = `data:video/mp4;base64,${Buffer.from('a scripted clip').toString('base64')}`;
    for (const enable_sync_mode of [true, false]) {
      const { id } = await submit({ image, enable_base64_output: true, enable_sync_mode });
      await server.untilEnded(id);
      const { data } = (await server.customer.client.get(`/api/v3/predictions/${id}/result`)).body;
      assert.deepEqual(data.outputs, [clip]);
      const { items } = (await server.customer.client.post('/api/v3/predictions', {})).body.data;
      assert.match(items[0].outputs[0], /\.mp4$/);
    }
    const synchronous = { image, enable_base64_output: 'true', enable_sync_mode: 'true' };
    assert.deepEqual((await submit(synchronous)).outputs, [clip]);
    assert.match((await submit({ ...synchronous, enable_base64_output: false })).outputs[0], /\.mp4$/);
  });
});
