/** Webhooks in both dialects: what arrives, when it is sent again, when it is given up, and what is refused at the submit. */
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { HttpWebhookSender } from '#adapters/webhooks/http-webhook-sender.ts';
import { makePictureUri } from '#tests/fixtures/picture.ts';
import { TestServer } from '#tests/fixtures/test-server.ts';
import { assertFalSignature, assertWavespeedSignature } from '#tests/fixtures/verify-webhook.ts';
import { WebhookReceiver } from '#tests/fixtures/webhook-receiver.ts';

const SPICY = '/api/v3/bytedance/seedance-2.0-fast/image-to-video-spicy';
const FAST = '/fal/queue/bytedance/seedance-2.0/fast/image-to-video';

describe('webhooks', { timeout: 60_000 }, () => {
  let server: TestServer;
  let image: string;
  before(async () => {
    server = await TestServer.start();
    image = await makePictureUri();
    server.engine.script('never', { endings: ['stalled'] });
    server.engine.script('broken', { endings: ['failed'] });
  });
  after(() => server.close());

  const submitWavespeed = async (url: string, prompt = 'wind'): Promise<string> => {
    const path = `${SPICY}?webhook=${encodeURIComponent(url)}`;
    const { status, body } = await server.customer.client.post(path, { image, prompt });
    assert.equal(status, 200, JSON.stringify(body));
    return body.data.id;
  };
  const submitFal = async (url: string, prompt = 'wind'): Promise<string> => {
    const path = `${FAST}?fal_webhook=${encodeURIComponent(url)}`;
    const { status, body } = await server.customer.falClient.post(path, { image_url: image, prompt });
    assert.equal(status, 200, JSON.stringify(body));
    return body.request_id;
  };
  const secret = async (): Promise<string> =>
    (await server.customer.client.get('/api/v3/webhook/secret')).body.data.secret;
  const keys = async () => (await server.anonymous.get('/fal/rest/.well-known/jwks.json')).body.keys;
  const report = async (id: string) => (await server.customer.client.get(`/admin/tasks/${id}/webhook`)).body;
  const untilState = async (id: string, state: string) => {
    for (;;) {
      const change = server.ports.signals.waitForTask(id as never, 1000);
      const webhook = await report(id);
      if (webhook.state === state) return webhook;
      await change;
    }
  };
  const answersOf = (webhook: { attempts: readonly { status?: number; error?: string }[] }) =>
    webhook.attempts.map(({ status, error }) => status ?? error);

  test('WaveSpeed: the finished prediction with its input, signed with the secret of the key', async () => {
    await using receiver = await WebhookReceiver.open();
    const id = await submitWavespeed(`${receiver.url}?job=7&x=%20`);
    const [webhook] = await receiver.untilReceived(1);
    assert.equal(webhook!.path, '/hook?job=7&x=%20');
    assert.equal(webhook!.headers['content-type'], 'application/json');
    assert.equal(webhook!.headers['webhook-id'], id);
    assertWavespeedSignature(webhook!, await secret());
    const { data } = (await server.customer.client.get(`/api/v3/predictions/${id}/result`)).body;
    const { input, ...prediction } = webhook!.json;
    assert.deepEqual(prediction, data);
    assert.equal(data.status, 'completed');
    assert.equal(input.prompt, 'wind');
    assert.match(input.image, /^http.*\/files\//);
  });

  test('fal: the result under the request id, signed with a published key', async () => {
    await using receiver = await WebhookReceiver.open();
    const id = await submitFal(`${receiver.url}?job=7&x=%20`);
    const [webhook] = await receiver.untilReceived(1);
    assert.equal(webhook!.path, '/hook?job=7&x=%20');
    assert.equal(webhook!.headers['content-type'], 'application/json');
    assert.equal(webhook!.headers['x-fal-webhook-request-id'], id);
    assert.equal(webhook!.headers['x-fal-webhook-user-id'], server.customer.accountId);
    assertFalSignature(webhook!, await keys());
    const path = `/fal/queue/bytedance/seedance-2.0/requests/${id}`;
    const { body: payload } = await server.customer.falClient.get(path);
    assert.match(payload.video.url, /\.mp4$/);
    assert.deepEqual(webhook!.json, { request_id: id, gateway_request_id: id, status: 'OK', payload });
  });

  test('a failed task is told as its result tells it', async () => {
    await using receiver = await WebhookReceiver.open();
    const wavespeedId = await submitWavespeed(receiver.url, 'broken');
    const [prediction] = await receiver.untilReceived(1);
    assert.equal(prediction!.json.id, wavespeedId);
    assert.equal(prediction!.json.status, 'failed');
    assert.match(prediction!.json.error, /script says/);
    assert.deepEqual(prediction!.json.outputs, []);
    assertWavespeedSignature(prediction!, await secret());

    const falId = await submitFal(receiver.url, 'broken');
    const [, failure] = await receiver.untilReceived(2);
    const path = `/fal/queue/bytedance/seedance-2.0/requests/${falId}`;
    const { status, body: payload } = await server.customer.falClient.get(path);
    assert.equal(status, 500);
    assert.deepEqual(failure!.json, {
      request_id: falId,
      gateway_request_id: falId,
      status: 'ERROR',
      error: 'Invalid status code: 500',
      payload,
    });
    assertFalSignature(failure!, await keys());
  });

  test('a cancelled task is told as failed, whether it waited or ran', async () => {
    await using receiver = await WebhookReceiver.open();
    const running = await submitWavespeed(receiver.url, 'never');
    await server.untilTask(running, ({ state }) => state === 'processing');
    const waiting = await submitFal(receiver.url);
    await server.customer.falClient.put(`/fal/queue/bytedance/seedance-2.0/requests/${waiting}/cancel`);
    const [first] = await receiver.untilReceived(1);
    assert.equal(first!.json.status, 'ERROR');
    assert.equal(first!.json.request_id, waiting);
    assert.equal(first!.json.error, 'Invalid status code: 499');
    await server.customer.client.delete(`/api/v3/predictions/${running}`);
    const [, second] = await receiver.untilReceived(2);
    assert.deepEqual([second!.json.id, second!.json.status], [running, 'failed']);
    assert.match(second!.json.error, /cancelled/);
  });

  test('a receiver that fails for a while gets the event once it is back, and no more after that', async () => {
    for (const submit of [submitWavespeed, submitFal]) {
      await using receiver = await WebhookReceiver.open([500, 404, 503]);
      const id = await submit(receiver.url);
      const webhook = await untilState(id, 'delivered');
      assert.deepEqual(answersOf(webhook), [500, 404, 503, 200]);
      assert.equal(webhook.dueAt, undefined);
      for (const attempt of webhook.attempts) assert.ok(attempt.durationMs >= 0 && attempt.at.endsWith('Z'));
      assert.equal(receiver.received.length, 4);
      const ids = receiver.received.map(
        ({ headers }) => headers['webhook-id'] ?? headers['x-fal-webhook-request-id'],
      );
      assert.deepEqual(new Set(ids), new Set([id]));
      for (const { body } of receiver.received) assert.deepEqual(body, receiver.received[0]!.body);
    }
  });

  test('a redirect is not followed and ends the delivery', async () => {
    for (const submit of [submitWavespeed, submitFal]) {
      await using receiver = await WebhookReceiver.open([302]);
      const id = await submit(receiver.url);
      assert.deepEqual(answersOf(await untilState(id, 'dead')), [302]);
      assert.equal(receiver.received.length, 1);
    }
  });

  test('after the last attempt the event is dead, and can be sent again by hand', async () => {
    await using receiver = await WebhookReceiver.open([500, 500, 500, 500, 500]);
    const id = await submitWavespeed(receiver.url);
    assert.deepEqual(answersOf(await untilState(id, 'dead')), [500, 500, 500, 500]);
    const resent = await server.customer.client.post(`/admin/tasks/${id}/webhook/resend`);
    assert.deepEqual([resent.status, resent.body.state], [202, 'pending']);
    assert.deepEqual(answersOf(await untilState(id, 'delivered')), [500, 500, 500, 500, 500, 200]);
    await server.customer.client.post(`/admin/tasks/${id}/webhook/resend`);
    const [, , , , , , duplicate] = await receiver.untilReceived(7);
    assert.deepEqual(duplicate!.body, receiver.received[0]!.body);
    assertWavespeedSignature(duplicate!, await secret());
    await untilState(id, 'delivered');
  });

  test('hanging receivers of one account hold nobody else up', async () => {
    await using hanging = await WebhookReceiver.open(Array.from({ length: 6 }, () => 'hang'));
    await using quick = await WebhookReceiver.open();
    const ids: string[] = [];
    for (let count = 0; count < 6; count += 1) ids.push(await submitFal(hanging.url));
    await hanging.untilReceived(4);
    for (const id of ids) await server.untilEnded(id);
    const other = await server.openCustomer({ credit: '10' });
    const path = `${SPICY}?webhook=${quick.url}`;
    const { body } = await other.client.post(path, { image, prompt: 'wind' });
    await quick.untilReceived(1);
    assert.equal(hanging.received.length, 4, 'an account has four attempts under way and no more');
    assert.equal((await report(ids[0]!)).state, 'pending');
    hanging.willAnswer([]);
    hanging.recover();
    for (const id of ids) await untilState(id, 'delivered');
    assert.equal((await server.untilEnded(body.data.id)).state, 'completed');
  });

  test('several senders on one store send an event once', async () => {
    server.startWebhookSender();
    server.startWebhookSender();
    await using receiver = await WebhookReceiver.open();
    const ids = await Promise.all(Array.from({ length: 12 }, () => submitWavespeed(receiver.url)));
    for (const id of ids) assert.equal((await untilState(id, 'delivered')).attempts.length, 1);
    assert.deepEqual(receiver.received.map(({ json }) => json.id).toSorted(), ids.toSorted());
  });

  test('WaveSpeed: the URL may stand unencoded at the end of the query, or in the body', async () => {
    await using receiver = await WebhookReceiver.open();
    const { client } = server.customer;
    await client.post(`${SPICY}?webhook=${receiver.url}?job=1&then=2`, { image });
    await receiver.untilReceived(1);
    await client.post(SPICY, { image, webhook_url: `${receiver.url}?job=3` });
    await receiver.untilReceived(2);
    assert.deepEqual(
      receiver.received.map(({ path }) => path),
      ['/hook?job=1&then=2', '/hook?job=3'],
    );
    assert.equal(receiver.received[1]!.json.input.webhook_url, undefined);
  });

  test('a sync submit and a run tell their end too', async () => {
    await using receiver = await WebhookReceiver.open();
    await server.customer.client.post(`${SPICY}?webhook=${receiver.url}`, { image, enable_sync_mode: true });
    await receiver.untilReceived(1);
    const path = `/fal/run/bytedance/seedance-2.0/fast/image-to-video?fal_webhook=${receiver.url}`;
    await server.customer.falClient.post(path, { image_url: image, prompt: 'wind' });
    await receiver.untilReceived(2);
  });

  test('the secret belongs to the API key, and needs one', async () => {
    const own = await secret();
    assert.match(own, /^whsec_[A-Za-z0-9+/]{43}=$/);
    assert.equal(await secret(), own);
    const stranger = await server.openCustomer();
    const other = (await stranger.client.get('/api/v3/webhook/secret')).body;
    assert.deepEqual([other.code, other.message], [200, 'success']);
    assert.notEqual(other.data.secret, own);
    assert.equal((await server.anonymous.get('/api/v3/webhook/secret')).status, 401);
  });

  test('the key set is public and holds no secret', async () => {
    const { status, headers, body } = await server.anonymous.get('/fal/rest/.well-known/jwks.json');
    assert.equal(status, 200);
    assert.match(headers.get('cache-control')!, /max-age=\d+/);
    assert.equal(body.keys.length, 1);
    assert.deepEqual(Object.keys(body.keys[0]).toSorted(), ['alg', 'crv', 'kid', 'kty', 'use', 'x']);
    const byHost = await server.http.inject({
      url: '/.well-known/jwks.json',
      headers: { host: 'rest.fal.ai' },
    });
    assert.deepEqual(byHost.json(), body);
  });

  test('reports and resends are for the account that owns the task, and for tasks with a webhook', async () => {
    await using receiver = await WebhookReceiver.open();
    const id = await submitWavespeed(receiver.url);
    await untilState(id, 'delivered');
    const stranger = await server.openCustomer({ role: 'admin' });
    assert.equal((await stranger.client.get(`/admin/tasks/${id}/webhook`)).status, 404);
    assert.equal((await stranger.client.post(`/admin/tasks/${id}/webhook/resend`)).status, 404);
    const { client } = server.customer;
    const silent = (await client.post(SPICY, { image })).body.data.id;
    const none = await client.get(`/admin/tasks/${silent}/webhook`);
    assert.deepEqual([none.status, none.body.error_code], [404, 'not_found']);
    assert.match(none.body.message, /without a webhook/);
    const running = await submitWavespeed(receiver.url, 'never');
    assert.deepEqual(await report(running), { url: receiver.url, state: 'waiting', attempts: [] });
    const early = await client.post(`/admin/tasks/${running}/webhook/resend`);
    assert.deepEqual([early.status, early.body.error_code], [409, 'still_running']);
    await client.delete(`/api/v3/predictions/${running}`);
    await untilState(running, 'delivered');
  });
});

describe('webhook URLs that are refused', { timeout: 30_000 }, () => {
  let server: TestServer;
  let image: string;
  before(async () => {
    server = await TestServer.start({
      workers: 0,
      ports: { webhookSender: new HttpWebhookSender({ allowedRanges: [] }) },
    });
    image = await makePictureUri();
  });
  after(() => server.close());

  for (const url of ['nonsense', 'ftp://a.example/', 'http://127.0.0.1:9/hook', 'http://localhost:9/hook']) {
    test(`"${url}" costs nothing and leaves no task`, async () => {
      const { customer } = server;
      const before = await customer.balance();
      const query = encodeURIComponent(url);
      const wavespeed = await customer.client.post(`${SPICY}?webhook=${query}`, { image });
      assert.deepEqual([wavespeed.status, wavespeed.body.error_code], [400, 'webhook_url_refused']);
      assert.match(wavespeed.body.message, /^"webhook": /);
      const inBody = await customer.client.post(SPICY, { image, webhook_url: url });
      assert.deepEqual([inBody.status, inBody.body.error_code], [400, 'webhook_url_refused']);
      const input = { image_url: image, prompt: 'wind' };
      const fal = await customer.falClient.post(`${FAST}?fal_webhook=${query}`, input);
      assert.deepEqual([fal.status, fal.body.error_code], [400, 'webhook_url_refused']);
      assert.match(fal.body.detail, /^"fal_webhook": /);
      assert.equal(await customer.balance(), before);
      assert.deepEqual(await server.ports.tasks.list(customer.accountId, 1), []);
    });
  }

  test('one on this machine says how to open it', async () => {
    const { body } = await server.customer.client.post(`${SPICY}?webhook=http://127.0.0.1:9/`, { image });
    assert.match(body.message, /ANIMATIC_ALLOW_PRIVATE_URLS=127\.0\.0\.1\/32/);
  });
});
