/** Billing records and usage, as WaveSpeed's command line and the older pages ask for them. */
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { makePictureUri } from '#tests/fixtures/picture.ts';
import { type Customer, TestServer } from '#tests/fixtures/test-server.ts';

const FAST = 'bytedance/seedance-2.0-fast/image-to-video-spicy';
const MINI = 'bytedance/seedance-2.0-mini/image-to-video';

describe('WaveSpeed billing and usage', { timeout: 30_000 }, () => {
  let server: TestServer;
  let customer: Customer;
  /** One of 1.00 USD, one that failed, one of 0.60 USD. */
  let ids: readonly string[];
  before(async () => {
    server = await TestServer.start();
    server.engine.script('broken', { endings: ['failed'] });
    customer = await server.openCustomer({ credit: '10' });
    const image = await makePictureUri();
    const submitted = [];
    for (const [model, prompt] of [
      [FAST, 'wind'],
      [FAST, 'broken'],
      [MINI, 'wind'],
    ]) {
      const { body } = await customer.client.post(`/api/v3/${model}`, { image, prompt });
      submitted.push(String(body.data.id));
      await server.untilEnded(body.data.id);
    }
    ids = submitted;
  });
  after(() => server.close());

  const search = async (body: object) => {
    const answer = await customer.client.post('/api/v3/billings/search', body);
    assert.equal(answer.status, 200, JSON.stringify(answer.body));
    return answer.body.data;
  };

  test('every movement of the wallet is a record, and they add up to the balance', async () => {
    const { page, total, has_more, items } = await search({ sort: 'created_at ASC' });
    assert.deepEqual([page, total, has_more], [1, 5, false]);
    assert.deepEqual(
      items.map((item: Record<string, unknown>) => [item.billing_type, item.price]),
      [
        ['recharge', 10],
        ['deduct', 1],
        ['deduct', 1],
        ['refund', 1],
        ['deduct', 0.6],
      ],
    );
    assert.equal(await customer.balance(), '8.40');
    const [deduct] = (await search({ prediction_uuids: [ids[2]] })).items;
    assert.deepEqual(deduct.prediction, { uuid: ids[2], model_uuid: MINI, status: 'completed' });
    assert.deepEqual(
      [deduct.order.state, deduct.order.price, deduct.order.status, deduct.access_key_name],
      ['done', 0.6, 'completed', 'test'],
    );
    assert.equal(new Set(items.map(({ uuid }: { uuid: string }) => uuid)).size, 5);
  });

  test('records are searched by type, prediction, model, key and time, newest first, ten at a time', async () => {
    const times = { start_time: String(Date.now() - 60_000), end_time: String(Date.now() + 60_000) };
    const { items } = await search({ billing_type: 'deduct', ...times });
    assert.deepEqual(
      items.map((item: Record<string, Record<string, unknown>>) => item.prediction!.uuid),
      ids.toReversed(),
    );
    assert.equal((await search({ end_time: times.start_time })).total, 0);
    assert.equal((await search({ prediction_uuids: [ids[1]] })).total, 2);
    assert.equal((await search({ model_uuid: MINI })).total, 1);
    assert.equal((await search({ access_key_uuid: items[0].access_key_uuid })).total, 4);
    assert.equal((await search({ access_key_uuid: 'another' })).total, 0);
    const second = await search({ page: 2, page_size: 2 });
    assert.deepEqual([second.page, second.total, second.has_more, second.items.length], [2, 5, true, 2]);
    const older = await customer.client.get('/api/v3/account/billings?page=1&page_size=3');
    assert.deepEqual([older.body.data.total, older.body.data.items.length], [5, 3]);
    const wrong = await customer.client.post('/api/v3/billings/search', { billing_type: 'gift' });
    assert.deepEqual([wrong.status, wrong.body.error_code], [400, 'invalid_parameter']);
  });

  test('usage adds up by model and by day', async () => {
    const period = {
      start_time: new Date(Date.now() - 86_400_000).toISOString(),
      end_time: new Date(Date.now() + 1000).toISOString(),
    };
    const { body } = await customer.client.post('/api/v3/user/usage_stats', period);
    assert.deepEqual(body.data.summary, { total_cost: 1.6, total_requests: 3, success_requests: 2 });
    const sorted = body.data.per_model_usage.toSorted(
      (a: { total_cost: number }, b: { total_cost: number }) => b.total_cost - a.total_cost,
    );
    assert.deepEqual(
      sorted.map(({ last_used_date: _, ...usage }: { last_used_date: string }) => usage),
      [
        { model_uuid: FAST, model_type: 'image-to-video', unit_price: 0.5, total_cost: 1, total_count: 2 },
        { model_uuid: MINI, model_type: 'image-to-video', unit_price: 0.6, total_cost: 0.6, total_count: 1 },
      ],
    );
    const days: readonly { date: string; amount: number; count: number }[] = body.data.daily_usage;
    assert.match(days[0]!.date, /^\d{4}-\d\d-\d\d$/);
    assert.equal(
      days.reduce((sum, { count }) => sum + count, 0),
      3,
    );
    const ofModel = await customer.client.get(`/api/v3/account/usage?model_uuid=${MINI}`);
    assert.deepEqual(ofModel.body.data.summary, { total_cost: 0.6, total_requests: 1, success_requests: 1 });
    const stranger = await server.openCustomer();
    const nothing = (await stranger.client.get('/api/v3/account/usage')).body.data;
    assert.deepEqual([nothing.per_model_usage, nothing.daily_usage], [[], []]);
  });

  test('a period longer than 31 days, or backwards, is refused', async () => {
    for (const [start_time, end_time] of [
      ['2026-01-01T00:00:00Z', '2026-03-01T00:00:00Z'],
      ['2026-03-01T00:00:00Z', '2026-02-01T00:00:00Z'],
    ]) {
      const answer = await customer.client.post('/api/v3/user/usage_stats', { start_time, end_time });
      assert.deepEqual([answer.status, answer.body.error_code], [400, 'invalid_parameter']);
    }
  });
});
