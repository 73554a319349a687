/** What an account has submitted: listed, searched and deleted as WaveSpeed's command line and desktop app do it. */
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { taskId } from '#domain/ids.ts';
import { makePictureUri } from '#tests/fixtures/picture.ts';
import { type Customer, TestServer } from '#tests/fixtures/test-server.ts';
import { until } from '#tests/fixtures/until.ts';

const FAST = 'bytedance/seedance-2.0-fast/image-to-video-spicy';
const MINI = 'bytedance/seedance-2.0-mini/image-to-video';

describe('the history of WaveSpeed predictions', { timeout: 30_000 }, () => {
  let server: TestServer;
  let image: string;
  before(async () => {
    server = await TestServer.start();
    image = await makePictureUri();
    server.engine.script('never', { endings: ['stalled'] });
    server.engine.script('broken', { endings: ['failed'] });
  });
  after(() => server.close());

  const submit = async ({ client }: Customer, model: string, prompt = 'wind'): Promise<string> => {
    const { status, body } = await client.post(`/api/v3/${model}`, { image, prompt });
    assert.equal(status, 200, JSON.stringify(body));
    return body.data.id;
  };
  const list = async ({ client }: Customer, body: object = {}) => {
    const answer = await client.post('/api/v3/predictions', { page: 1, page_size: 20, ...body });
    assert.equal(answer.status, 200, JSON.stringify(answer.body));
    return answer.body.data;
  };
  const idsOf = (data: { items: { id: string }[] }) => data.items.map(({ id }) => id);

  test('predictions are listed newest first, page by page, with times under both names', async () => {
    const customer = await server.openCustomer({ credit: '20' });
    const ids: string[] = [];
    for (const model of [FAST, MINI, FAST]) ids.unshift(await submit(customer, model));
    for (const id of ids) await server.untilEnded(id);
    const all = await list(customer);
    assert.deepEqual([all.page, all.total, idsOf(all)], [1, 3, ids]);
    const [item] = all.items;
    assert.equal(item.status, 'completed');
    assert.match(item.outputs[0], /\.mp4$/);
    assert.equal(item.execution_time, item.executionTime);
    assert.equal(item.execution_time, item.timings.inference);
    assert.equal('inputs' in item, false);
    const second = await list(customer, { page: 2, page_size: 2 });
    assert.deepEqual([second.page, second.total, idsOf(second)], [2, 3, ids.slice(2)]);
    assert.deepEqual(idsOf(await list(customer, { model: MINI })), [ids[1]]);
    const query = await customer.client.get(`/api/v3/predictions?page=2&page_size=1&model=${FAST}`);
    assert.deepEqual(idsOf(query.body.data), [ids[2]]);
  });

  test('inputs stand in the list when they are asked for', async () => {
    const customer = await server.openCustomer({ credit: '5' });
    const id = await submit(customer, FAST, 'a gust');
    const { items } = await list(customer, { include_inputs: true, model: null, status: null });
    assert.deepEqual([items[0].id, items[0].inputs.prompt], [id, 'a gust']);
    await server.untilEnded(id);
  });

  test('status and time choose, and a cancelled prediction counts as failed, as it is shown', async () => {
    const customer = await server.openCustomer({ credit: '20' });
    const broken = await submit(customer, FAST, 'broken');
    await server.untilEnded(broken);
    const stopped = await submit(customer, FAST, 'never');
    await customer.client.delete(`/api/v3/predictions/${stopped}`);
    await server.untilEnded(stopped);
    assert.deepEqual(idsOf(await list(customer, { status: 'failed' })), [stopped, broken]);
    assert.deepEqual(idsOf(await list(customer, { status: 'cancelled' })), [stopped]);
    for (const status of ['completed', 'timeout']) assert.equal((await list(customer, { status })).total, 0);
    const { createdAt } = await server.find(taskId(stopped));
    const before = { created_before: new Date(createdAt).toISOString() };
    assert.deepEqual(idsOf(await list(customer, before)), [broken]);
    assert.deepEqual(idsOf(await list(customer, { created_after: new Date(createdAt).toISOString() })), [
      stopped,
    ]);
  });

  test('a page that cannot be is refused by name', async () => {
    const { client } = server.customer;
    for (const [name, value] of Object.entries({
      page: 0,
      page_size: 101,
      status: 'lost',
      created_after: 'soon',
      model: {},
    })) {
      const { status, body } = await client.post('/api/v3/predictions', { [name]: value });
      assert.deepEqual([status, body.error_code], [400, 'invalid_parameter']);
      assert.match(body.message, new RegExp(`"${name}"`));
    }
  });

  test('deleted predictions vanish with their files, and what they cost stays', async () => {
    const customer = await server.openCustomer({ credit: '20' });
    const [kept, first, second] = [
      await submit(customer, FAST),
      await submit(customer, FAST),
      await submit(customer, MINI),
    ];
    for (const id of [kept, first, second]) await server.untilEnded(id);
    const { items } = await list(customer, { include_inputs: true });
    const files: string[] = [];
    for (const item of items) if (item.id !== kept) files.push(item.outputs[0], item.inputs.image);
    assert.equal(files.length, 4);
    for (const file of files) assert.equal((await server.anonymous.get(file)).status, 200);
    const balance = await customer.balance();
    const stranger = await server.openCustomer();
    const foreign = await stranger.client.post('/api/v3/predictions/delete', { ids: [first] });
    assert.deepEqual(foreign.body.data, { deleted_count: 0 });

    const ids = [first, second, second, 'nothing'];
    const { status, body } = await customer.client.post('/api/v3/predictions/delete', { ids });
    assert.deepEqual([status, body.data], [200, { deleted_count: 2 }]);
    assert.deepEqual(idsOf(await list(customer)), [kept]);
    for (const id of [first, second])
      assert.equal((await customer.client.get(`/api/v3/predictions/${id}/result`)).status, 404);
    for (const file of files) assert.equal((await server.anonymous.get(file)).status, 404);
    assert.equal(await customer.balance(), balance);
    const again = await customer.client.post('/api/v3/predictions/delete', { ids });
    assert.deepEqual(again.body.data, { deleted_count: 0 });
    const none = await customer.client.post('/api/v3/predictions/delete', { ids: [] });
    assert.equal(none.status, 400);
  });

  test('deleting a running prediction stops it, and its files go once it has stopped', async () => {
    const customer = await server.openCustomer({ credit: '5' });
    const id = await submit(customer, FAST, 'never');
    const running = await server.untilTask(id, ({ state }) => state === 'processing');
    const { body } = await customer.client.post('/api/v3/predictions/delete', { ids: [id] });
    assert.deepEqual(body.data, { deleted_count: 1 });
    assert.equal((await customer.client.get(`/api/v3/predictions/${id}`)).status, 404);
    assert.equal((await server.untilEnded(id)).state, 'cancelled');
    const [picture] = running.request.images;
    assert.ok(picture?.kind === 'asset');
    await until(async () => (await server.ports.assets.find(picture.assetId)) === undefined);
    assert.equal(await customer.balance(), '5.00');
  });
});
