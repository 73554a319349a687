/** The facts recorded of WaveSpeed's wire, each against the server, under the number of its section. */
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { systemClock } from '#adapters/system/system-clock.ts';
import { addMs } from '#domain/instant.ts';
import type { Clock } from '#ports/clock.ts';
import { makePictureUri } from '#tests/fixtures/picture.ts';
import { TestServer } from '#tests/fixtures/test-server.ts';
import * as facts from '#tests/fixtures/wavespeed-facts.ts';
import { WebhookReceiver } from '#tests/fixtures/webhook-receiver.ts';

const FAST = 'bytedance/seedance-2.0-fast/image-to-video-spicy';
const SUBMIT = `/api/v3/${FAST}`;

function assertTypes(value: Record<string, unknown>, types: Readonly<Record<string, string>>): void {
  for (const [name, type] of Object.entries(types)) {
    const found = Array.isArray(value[name]) ? 'array' : typeof value[name];
    assert.equal(found, type, `"${name}" of ${JSON.stringify(value)}`);
  }
}

/** A clock that begins with a minute, so that no test runs over the end of one. */
function fromTheMinute(): Clock {
  const early = systemClock.now() % 60_000;
  return { ...systemClock, now: () => addMs(systemClock.now(), -early) };
}

describe('facts of WaveSpeed', { timeout: 60_000 }, () => {
  let server: TestServer;
  let image: string;
  before(async () => {
    server = await TestServer.start({ syncWaitMs: 200, emulator: { realtimeSeconds: 0.1 } });
    image = await makePictureUri();
    server.engine.script('never', { endings: ['stalled'] });
  });
  after(() => server.close());

  const client = () => server.customer.client;
  const fails = (name: string) => ({ headers: { 'animatic-emulate': `fail=${name}` } });
  const ended = async (input: object = {}, options = {}) => {
    const { status, body } = await client().post(SUBMIT, { image, prompt: 'wind', ...input }, options);
    assert.equal(status, 200, JSON.stringify(body));
    await server.untilEnded(body.data.id);
    return (await client().get(body.data.urls.get)).body.data;
  };

  test('WaveSpeed 1: every success is HTTP 200 exactly, in the envelope', async () => {
    const { id } = await ended();
    const form = new FormData();
    form.append('file', new Blob(['x']), 'a.png');
    const answers = await Promise.all([
      client().post(SUBMIT, { image }),
      client().get(`/api/v3/predictions/${id}/result`),
      client().get(`/api/v3/predictions/${id}`),
      client().get(`/api/v2/predictions/${id}/result`),
      client().post('/api/v3/predictions', { page: 1, page_size: 20 }),
      client().get('/api/v3/predictions'),
      client().get('/api/v3/balance'),
      client().get('/api/v3/account/balance'),
      client().post('/api/v3/media/uploads', { filename: 'a.png', size: 1 }),
      client().post('/api/v3/media/upload/binary', form),
      client().get('/api/v3/models'),
      client().post('/api/v3/model/price', { model_id: FAST, inputs: {} }),
      client().post('/api/v3/model/pricing', { model_id: FAST, inputs: {} }),
      client().post('/api/v3/billings/search', {}),
      client().get('/api/v3/account/billings'),
      client().post('/api/v3/user/usage_stats', {}),
      client().get('/api/v3/account/usage'),
      client().get('/api/v3/webhook/secret'),
      client().post('/api/v3/predictions/delete', { ids: [id] }),
    ]);
    for (const { status, headers, body } of answers) {
      assert.deepEqual([status, body.code, body.message], [200, 200, 'success']);
      assert.equal(typeof body.data, 'object');
      assert.match(headers.get('content-type') ?? '', /^application\/json/);
    }
  });

  test('WaveSpeed 1: the key is taken from Authorization alone, and attribution headers change nothing', async () => {
    const { key } = server.customer;
    const elsewhere = await server.anonymous.get(`/api/v3/balance?api_key=${key}`, {
      headers: { 'x-api-key': key },
    });
    assert.equal(elsewhere.status, 401);
    const attributed = await client().get('/api/v3/balance', { headers: facts.ATTRIBUTION });
    assert.equal(attributed.status, 200);
  });

  test('WaveSpeed 1: preflights allow the desktop app’s headers, from any origin', async () => {
    const asked = ['authorization', 'content-type', ...Object.keys(facts.ATTRIBUTION)]
      .join(',')
      .toLowerCase();
    for (const method of ['GET', 'POST', 'PUT', 'DELETE'])
      for (const origin of ['null', 'file://', 'https://app.example']) {
        const { status, headers } = await server.anonymous.call('OPTIONS', SUBMIT, {
          headers: {
            origin,
            'access-control-request-method': method,
            'access-control-request-headers': asked,
          },
        });
        assert.equal(status, 204);
        assert.equal(headers.get('access-control-allow-origin'), '*');
        assert.equal(headers.get('access-control-allow-headers'), asked);
        assert.ok(headers.get('access-control-allow-methods')?.includes(method));
      }
  });

  test('WaveSpeed 3.2 and 3.3: members of submit and result, with the types that clients decode', async () => {
    const submitted = (await client().post(SUBMIT, { image })).body.data;
    assertTypes(submitted, facts.PREDICTION_TYPES);
    assert.deepEqual([submitted.status, submitted.outputs, submitted.code], ['created', [], 0]);
    await server.untilEnded(submitted.id);
    const { data } = (await client().get(submitted.urls.get)).body;
    assertTypes(data, facts.PREDICTION_TYPES);
    for (const { status } of [submitted, data]) assert.ok(facts.STATUSES.includes(status));
    assert.ok(Object.values(data.timings).every((value) => typeof value === 'number'));
    assert.ok(Object.values(data.urls).every((value) => typeof value === 'string'));
    for (const output of data.outputs) assert.match(output, /^https?:\/\/[^?#]+\.mp4$/);
  });

  test('WaveSpeed 3.4: a sync submit is never answered with created', async () => {
    const { data } = (await client().post(SUBMIT, { image, enable_sync_mode: true })).body;
    assert.equal(data.status, 'completed');
    const answer = await client().post(SUBMIT, { image, prompt: 'never', enable_sync_mode: true });
    const late = answer.body.data;
    assert.deepEqual(
      [answer.status, answer.body.code, late.status, late.code],
      [200, 200, 'processing', 5004],
    );
    assert.match(late.error, /Sync mode timed out/);
    assert.match(late.error, /task_id: \w+/);
    assert.match(late.error, /Query the result later at: http\S+$/);
    await client().delete(`/api/v3/predictions/${late.id}`);
    await server.untilEnded(late.id);
  });

  test('WaveSpeed 4: members of the history’s items, and of a cancel', async () => {
    await ended();
    const { data } = (
      await client().post('/api/v3/predictions', { page: 1, page_size: 20, include_inputs: true })
    ).body;
    assertTypes(data, { page: 'number', total: 'number', items: 'array' });
    assertTypes(data.items[0], { ...facts.PREDICTION_TYPES, ...facts.HISTORY_TYPES });
    const { id } = (await client().post(SUBMIT, { image, prompt: 'never' })).body.data;
    const cancelled = await client().delete(`/api/v3/predictions/${id}`);
    assert.deepEqual([cancelled.status, cancelled.body.data], [200, { id, status: 'deleted' }]);
    await server.untilEnded(id);
  });

  test('WaveSpeed 5: members of balance, billing records and usage', async () => {
    await ended();
    assertTypes((await client().get('/api/v3/balance')).body.data, { balance: 'number' });
    const { data } = (await client().post('/api/v3/billings/search', { billing_type: 'deduct' })).body;
    assertTypes(data, { page: 'number', total: 'number', items: 'array' });
    assertTypes(data.items[0], facts.BILLING_TYPES);
    assert.deepEqual(Object.keys(data.items[0].order).toSorted(), facts.BILLING_ORDER_MEMBERS);
    const usage = (await client().post('/api/v3/user/usage_stats', {})).body.data;
    assertTypes(usage, { per_model_usage: 'array', daily_usage: 'array', summary: 'object' });
  });

  test('WaveSpeed 5: over the limit per minute a submit gets 429; over that at once it waits', async () => {
    await using limited = await TestServer.start({
      submitPolicy: { mostPerMinute: 2 },
      mostPerAccount: 1,
      workers: 2,
      ports: { clock: fromTheMinute() },
    });
    limited.engine.script('never', { endings: ['stalled'] });
    const submit = () => limited.customer.client.post(SUBMIT, { image, prompt: 'never' });
    const [first, second, third] = [await submit(), await submit(), await submit()];
    assert.deepEqual([first.status, second.status, third.status], [200, 200, 429]);
    assert.deepEqual([third.body.code, third.body.error_code], [429, 'rate_limited']);
    const seconds = Number(third.headers.get('retry-after'));
    assert.ok(seconds >= 1 && seconds <= 60);
    await limited.untilTask(first.body.data.id, ({ state }) => state === 'processing');
    assert.equal((await limited.find(second.body.data.id)).state, 'created');
    for (const { body } of [second, first]) {
      await limited.customer.client.delete(`/api/v3/predictions/${body.data.id}`);
      await limited.untilEnded(body.data.id);
    }
  });

  for (const { status, meaning, fail } of facts.HTTP_ERRORS) {
    test(`WaveSpeed 6.1: ${status}, ${meaning}: a body that every client can print`, async () => {
      const answer = await client().post(SUBMIT, { image }, fails(fail));
      assert.equal(answer.status, status);
      assert.deepEqual(Object.keys(answer.body).toSorted(), facts.ERROR_MEMBERS);
      const { code, message, error, error_code } = answer.body;
      assert.deepEqual([code, error, error_code], [status, message, fail]);
      assert.ok(message.length > 10);
    });
  }

  for (const { code, name, fail } of facts.PREDICTION_CODES) {
    test(`WaveSpeed 6.2: ${code}, ${name}, of a task that ended with ${fail}`, async () => {
      const data = await ended({}, fails(fail));
      assert.deepEqual([data.status, data.code, data.outputs], ['failed', code, []]);
      assert.ok(data.error.length > 10);
    });
  }

  test('WaveSpeed 6.2: 1400 and 1401 are refused before there is a prediction, and 1405 is a cancelled one', async () => {
    assert.equal((await client().post(SUBMIT, {})).body.error_code, 'missing_parameter');
    assert.equal((await client().post(SUBMIT, { image, duration: 99 })).body.error_code, 'invalid_parameter');
    const { id } = (await client().post(SUBMIT, { image, prompt: 'never' })).body.data;
    await client().delete(`/api/v3/predictions/${id}`);
    await server.untilEnded(id);
    assert.equal((await client().get(`/api/v3/predictions/${id}`)).body.data.code, 1405);
  });

  test('WaveSpeed 7: members of ticket and upload, and headers that the bytes are sent with', async () => {
    const ticket = (await client().post('/api/v3/media/uploads', { filename: 'a.png', size: 4 })).body.data;
    assertTypes(ticket, facts.TICKET_TYPES);
    assert.match(ticket.upload.method, /^put$/i);
    assertTypes(ticket.upload, { url: 'string', headers: 'object', expires_at: 'string' });
    assert.deepEqual(Object.keys(ticket.upload.headers), ['Content-Type', 'If-None-Match']);
    const sent = await server.anonymous.put(ticket.upload.url, {
      body: 'four',
      headers: ticket.upload.headers,
    });
    assert.ok(sent.status >= 200 && sent.status < 300);
    for (const path of ['/api/v3/media/upload/binary', '/api/v2/media/upload/binary', '/api/v3/upload']) {
      const form = new FormData();
      form.append('file', new Blob(['x'], { type: 'video/mp4' }), 'video.mp4');
      const { data } = (await client().post(path, form)).body;
      assertTypes(data, facts.UPLOAD_TYPES);
      assert.match(data.download_url, /\/video\.mp4$/);
    }
    const large = await client().post('/api/v3/media/uploads', { filename: 'a.mp4', size: 301 * 2 ** 20 });
    assert.deepEqual([large.status, large.body.code], [413, 413]);
  });

  test('WaveSpeed 9: headers and members of a webhook, with outputs or with an error', async () => {
    await using receiver = await WebhookReceiver.open();
    const path = `${SUBMIT}?webhook=${encodeURIComponent(receiver.url)}`;
    await client().post(path, { image });
    await receiver.untilReceived(1);
    await client().post(path, { image }, fails('engine_failed'));
    const [done, failed] = await receiver.untilReceived(2);
    for (const { headers, json } of [done!, failed!]) {
      for (const name of facts.WEBHOOK_HEADERS) assert.ok(headers[name], name);
      assert.match(String(headers['webhook-signature']), /^v3,[0-9a-f]{64}$/);
      assert.match(String(headers['webhook-timestamp']), /^\d{10}$/);
      for (const name of facts.WEBHOOK_MEMBERS) assert.ok(name in json, name);
      assert.ok(!('data' in json), 'no envelope');
    }
    assert.deepEqual([done!.json.status, done!.json.outputs.length], ['completed', 1]);
    assert.deepEqual([failed!.json.status, failed!.json.outputs], ['failed', []]);
    assert.ok(failed!.json.error.length > 10);
  });

  test('WaveSpeed 10: members of models, of their schemas and of quotes', async () => {
    const models: readonly Record<string, never>[] = (await client().get('/api/v3/models')).body.data;
    assert.equal(new Set(models.map(({ model_id }) => model_id)).size, models.length);
    for (const model of models) {
      assertTypes(model, facts.MODEL_TYPES);
      const { api_schema } = model as unknown as {
        api_schema: { api_schemas: { type: string; request_schema: Record<string, unknown> }[] };
      };
      const [first] = api_schema.api_schemas;
      assert.equal(first!.type, 'model_run');
      assertTypes(first!.request_schema, {
        type: 'string',
        properties: 'object',
        required: 'array',
        'x-order-properties': 'array',
      });
      const properties = first!.request_schema.properties as Record<
        string,
        { type: string; default?: unknown }
      >;
      for (const [name, { type, default: initial }] of Object.entries(properties)) {
        if (name === 'duration') assert.equal(type, 'integer');
        if (name === 'generate_audio') assert.equal(initial, true);
        if (type === 'boolean') assert.equal(typeof initial, 'boolean', name);
      }
    }
    for (const path of ['price', 'pricing']) {
      const { data } = (await client().post(`/api/v3/model/${path}`, { model_id: FAST, inputs: {} })).body;
      assertTypes(data, facts.QUOTE_TYPES);
    }
  });
});
