/** Accounts are walls: tasks, money and keys of one are invisible to the others, in both protocols. */
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { makePictureUri } from '#tests/fixtures/picture.ts';
import { TestServer } from '#tests/fixtures/test-server.ts';

const SPICY = '/api/v3/bytedance/seedance-2.0-fast/image-to-video-spicy';
const FAST = '/fal/queue/bytedance/seedance-2.0/fast/image-to-video';

describe('accounts', { timeout: 30_000 }, () => {
  let server: TestServer;
  let image: string;
  before(async () => {
    server = await TestServer.start();
    image = await makePictureUri();
    server.engine.script('never', { endings: ['stalled'] });
  });
  after(() => server.close());

  test('a WaveSpeed task can be neither read nor cancelled by another account', async () => {
    const other = await server.openCustomer({ credit: '10' });
    const { body } = await server.customer.client.post(SPICY, { image });
    const { id } = body.data;
    for (const path of [`/api/v3/predictions/${id}/result`, `/api/v3/predictions/${id}`]) {
      const { status, body: answer } = await other.client.get(path);
      assert.deepEqual([status, answer.error_code], [404, 'not_found']);
    }
    assert.equal((await other.client.delete(`/api/v3/predictions/${id}`)).status, 404);
    assert.equal((await server.untilEnded(id)).state, 'completed');
  });

  test('a fal request can be neither followed nor cancelled by another account', async () => {
    const other = await server.openCustomer({ credit: '10' });
    const { body } = await server.customer.falClient.post(FAST, { image_url: image, prompt: 'never' });
    const path = `/fal/queue/bytedance/seedance-2.0/requests/${body.request_id}`;
    for (const suffix of ['', '/status', '/status/stream', '/response']) {
      const { status, body: answer } = await other.falClient.get(path + suffix);
      assert.deepEqual([status, answer.status], [404, 'NOT_FOUND']);
    }
    assert.equal((await other.falClient.put(`${path}/cancel`)).status, 404);
    assert.equal((await server.customer.falClient.put(`${path}/cancel`)).status, 202);
    await server.untilEnded(body.request_id);
  });

  test('a task is followed only in the protocol that it came by', async () => {
    const { body } = await server.customer.client.post(SPICY, { image });
    const path = `/fal/queue/bytedance/seedance-2.0/requests/${body.data.id}/status`;
    assert.equal((await server.customer.falClient.get(path)).status, 404);
    await server.untilEnded(body.data.id);
  });

  test('credit that does not cover the price refuses the request, naming both, and leaves no trace', async () => {
    const poor = await server.openCustomer({ credit: '0.99' });
    const wavespeed = await poor.client.post(SPICY, { image });
    assert.deepEqual([wavespeed.status, wavespeed.body.error_code], [402, 'insufficient_credit']);
    assert.match(wavespeed.body.message, /1\.00 USD.*0\.99 USD/);
    const fal = await poor.falClient.post(FAST, { image_url: image, prompt: 'p' });
    assert.equal(fal.status, 403);
    assert.equal(typeof fal.body.detail, 'string');
    assert.equal(fal.body.error_type, 'insufficient_credit');
    assert.equal(await poor.balance(), '0.99');
    assert.deepEqual(await server.ports.tasks.list(poor.accountId, 10), []);
  });

  test('money of running tasks cannot be spent a second time', async () => {
    const customer = await server.openCustomer({ credit: '1.50' });
    const first = await customer.client.post(SPICY, { image, prompt: 'never' });
    assert.equal(first.status, 200);
    assert.equal(await customer.balance(), '0.50');
    assert.equal((await customer.client.post(SPICY, { image })).status, 402);
    await customer.client.delete(`/api/v3/predictions/${first.body.data.id}`);
    await server.untilEnded(first.body.data.id);
    assert.equal(await customer.balance(), '1.50');
  });

  test('a revoked key is refused at once', async () => {
    const customer = await server.openCustomer({ credit: '1' });
    const [apiKey] = await server.ports.accounts.listApiKeys(customer.accountId);
    await server.ports.accounts.revokeApiKey(apiKey!.id, server.ports.clock.now());
    assert.equal((await customer.client.get('/api/v3/balance')).status, 401);
  });
});
