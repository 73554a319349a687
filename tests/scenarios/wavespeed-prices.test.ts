/** A price is the same wherever it is shown: both quotes, the model list's formula, the hold, the settlement, the balance. */
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { endpointsOf } from '#catalogue/index.ts';
import { subtract, toUsdNumber, usd } from '#domain/money.ts';
import { makePictureUri } from '#tests/fixtures/picture.ts';
import { TestServer } from '#tests/fixtures/test-server.ts';

describe('WaveSpeed prices', { timeout: 30_000 }, () => {
  let server: TestServer;
  let image: string;
  before(async () => {
    server = await TestServer.start({ credit: '1000' });
    image = await makePictureUri();
  });
  after(() => server.close());

  const quotes = async (model_id: string, inputs: Record<string, unknown>) => {
    const { client } = server.customer;
    const price = await client.post('/api/v3/model/price', { model_id, inputs });
    const pricing = await client.post('/api/v3/model/pricing', { model_id, inputs });
    assert.deepEqual([price.status, pricing.status], [200, 200], JSON.stringify(price.body));
    assert.deepEqual(price.body, pricing.body);
    return price.body.data;
  };

  for (const { id } of endpointsOf('wavespeed')) {
    for (const inputs of [
      {},
      { resolution: '480p', duration: 4, generate_audio: false },
      { resolution: '1080p', duration: '12' },
    ]) {
      test(`${id} with ${JSON.stringify(inputs)}: quotes, hold and charge agree`, async () => {
        const { price, unit_price, discounted_price, discount_rate, currency, model_id } = await quotes(
          id,
          inputs,
        );
        assert.deepEqual([unit_price, discounted_price, discount_rate], [price, price, 100]);
        assert.deepEqual([currency, model_id], ['USD', id]);
        const customer = await server.openCustomer({ credit: '50' });
        const { body } = await customer.client.post(`/api/v3/${id}`, { image, prompt: 'p', ...inputs });
        const task = await server.untilEnded(body.data.id);
        assert.equal(toUsdNumber(task.held), price);
        assert.equal(task.charged, task.held);
        const { balance } = (await customer.client.get('/api/v3/balance')).body.data;
        assert.equal(balance, toUsdNumber(subtract(usd('50'), task.held)));
      });
    }
  }

  test('a quote takes incomplete inputs, refuses impossible ones, and charges nothing', async () => {
    const before = await server.customer.balance();
    const id = 'bytedance/seedance-2.0-fast/image-to-video-spicy';
    assert.equal((await quotes(id, { duration: 10 })).price, 2);
    const { client } = server.customer;
    const refused = await client.post('/api/v3/model/price', { model_id: id, inputs: { duration: 99 } });
    assert.deepEqual([refused.status, refused.body.error_code], [400, 'invalid_parameter']);
    const unnamed = await client.post('/api/v3/model/price', { inputs: {} });
    assert.match(unnamed.body.message, /"model_id" is required/);
    assert.equal((await client.post('/api/v3/model/price', { model_id: 'nothing' })).status, 404);
    assert.equal(await server.customer.balance(), before);
  });

  test('the model list carries schema, base price and formula of every model', async () => {
    const { body } = await server.customer.client.get('/api/v3/models');
    assert.deepEqual(
      body.data.map((entry: { model_id: string }) => entry.model_id),
      endpointsOf('wavespeed').map((endpoint) => endpoint.id),
    );
    for (const [index, entry] of body.data.entries()) {
      assert.equal(entry.name, entry.model_id);
      assert.equal(entry.type, 'image-to-video');
      assert.equal(entry.sort_order, index + 1);
      assert.equal(entry.base_price, (await quotes(entry.model_id, {})).price);
      assert.match(entry.formula, /^\{"total_price": /);
      const [run] = entry.api_schema.api_schemas;
      assert.deepEqual([run.type, run.method, run.server], ['model_run', 'POST', server.url]);
      assert.equal(run.api_path, `/api/v3/${entry.model_id}`);
      const { request_schema: schema } = run;
      assert.deepEqual(Object.keys(schema.properties).sort(), [...schema['x-order-properties']].sort());
      for (const property of Object.values<Record<string, unknown>>(schema.properties)) {
        if (property.type === 'boolean') assert.equal(typeof property.default, 'boolean');
      }
    }
  });

  test('both balance calls tell the spendable credit', async () => {
    const customer = await server.openCustomer({ credit: '12.345678' });
    assert.deepEqual((await customer.client.get('/api/v3/balance')).body.data, { balance: 12.345678 });
    assert.deepEqual((await customer.client.get('/api/v3/account/balance')).body.data, {
      balance: 12.345678,
      currency: 'USD',
    });
  });
});
