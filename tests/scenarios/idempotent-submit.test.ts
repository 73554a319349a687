/** A submit that is sent twice is done once: by its Idempotency-Key, or within the operator's window. */
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { makePictureUri } from '#tests/fixtures/picture.ts';
import { makeTestFolder, startServerProcess, TEST_KEY } from '#tests/fixtures/server-process.ts';
import { TestServer } from '#tests/fixtures/test-server.ts';
import { until } from '#tests/fixtures/until.ts';

const FAST = '/api/v3/bytedance/seedance-2.0-fast/image-to-video-spicy';
const FAL = '/fal/queue/bytedance/seedance-2.0/image-to-video';
const keyed = (key: string) => ({ headers: { 'idempotency-key': key } });

describe('submits with an Idempotency-Key', { timeout: 30_000 }, () => {
  let server: TestServer;
  let image: string;
  before(async () => {
    server = await TestServer.start({ syncWaitMs: 200 });
    image = await makePictureUri();
    server.engine.script('never', { endings: ['stalled'] });
  });
  after(() => server.close());

  test('twenty at once are one task, charged once, and leave one picture', async () => {
    const customer = await server.openCustomer({ credit: '50' });
    const answers = await Promise.all(
      Array.from({ length: 20 }, () =>
        customer.client.post(FAST, { image, prompt: 'wind' }, keyed('one of twenty')),
      ),
    );
    for (const { status, body } of answers) assert.equal(status, 200, JSON.stringify(body));
    const ids = new Set(answers.map(({ body }) => body.data.id));
    assert.equal(ids.size, 1);
    const task = await server.untilEnded([...ids][0]);
    assert.equal(await customer.balance(), '49.00');
    assert.equal((await server.ports.tasks.list(customer.accountId, 100)).length, 1);
    assert.equal((await server.anonymous.get(String(task.input.image))).status, 200);
    const page = { accountId: customer.accountId, order: 'newestFirst', limit: 100, offset: 0 } as const;
    assert.equal((await server.ports.ledger.searchMovements({ ...page, kind: 'hold' })).total, 1);
  });

  test('a later repeat gets the task as it stands, written in another order or with the key in quotes', async () => {
    const { client } = server.customer;
    const first = await client.post(FAST, { image, prompt: 'wind' }, keyed('"again"'));
    await server.untilEnded(first.body.data.id);
    const { body } = await client.post(FAST, { prompt: 'wind', image }, keyed('again'));
    assert.deepEqual([body.data.id, body.data.status], [first.body.data.id, 'completed']);
    const other = await client.post(FAST, { image, prompt: 'wind' }, keyed('another'));
    assert.notEqual(other.body.data.id, first.body.data.id);
  });

  test('a key with another input, model, protocol or webhook is 422, before anything else is looked at', async () => {
    const { client, falClient, balance } = server.customer;
    await server.untilEnded((await client.post(FAST, { image }, keyed('mine'))).body.data.id);
    const before = await balance();
    const mini = '/api/v3/bytedance/seedance-2.0-mini/image-to-video';
    for (const [path, body] of [
      [FAST, { image, duration: 4 }],
      [FAST, {}],
      [mini, { image }],
      [`${FAST}?webhook=https://receiver.example`, { image }],
    ] as const) {
      const answer = await client.post(path, body, keyed('mine'));
      assert.deepEqual([answer.status, answer.body.error_code], [422, 'idempotency_key_reused']);
      assert.match(answer.body.message, /"mine" belongs to task [0-9a-f]{32}/);
    }
    const fal = await falClient.post(FAL, { image_url: image, prompt: 'wind' }, keyed('mine'));
    assert.deepEqual([fal.status, fal.body.error_code], [422, 'idempotency_key_reused']);
    assert.equal(await balance(), before);
  });

  test('a request that was refused keeps no key', async () => {
    const { client } = server.customer;
    assert.equal((await client.post(FAST, {}, keyed('refused'))).status, 400);
    assert.equal((await client.post(FAST, { image }, keyed('refused'))).status, 200);
  });

  test('a header that holds no key is refused', async () => {
    for (const key of ['', '""', 'x'.repeat(256)]) {
      const { status, body } = await server.customer.client.post(FAST, { image }, keyed(key));
      assert.deepEqual([status, body.error_code], [400, 'malformed_request'], key);
    }
  });

  test('in sync mode the repeat waits for the same task', async () => {
    const { client } = server.customer;
    const body = { image, prompt: 'never', enable_sync_mode: true };
    const first = await client.post(FAST, body, keyed('sync'));
    assert.equal(first.body.data.code, 5004);
    assert.equal((await client.post(FAST, body, keyed('sync'))).body.data.id, first.body.data.id);
    await client.delete(`/api/v3/predictions/${first.body.data.id}`);
    await server.untilEnded(first.body.data.id);
  });

  test("fal's queue gives the same request id", async () => {
    const { falClient } = server.customer;
    const body = { image_url: image, prompt: 'wind' };
    const [first, second] = [
      await falClient.post(FAL, body, keyed('fal')),
      await falClient.post(FAL, body, keyed('fal')),
    ];
    assert.deepEqual([first.status, second.status], [200, 200]);
    assert.equal(second.body.request_id, first.body.request_id);
  });

  test('a caller of fal.run that hangs up under a key does not give its request up', async () => {
    const customer = await server.openCustomer({ credit: '5' });
    server.engine.script('held back', { endings: ['stalled', 'completed'] });
    const path = `${server.url}/fal/run/bytedance/seedance-2.0/image-to-video`;
    const call = (signal?: AbortSignal) =>
      fetch(path, {
        method: 'POST',
        headers: {
          authorization: `Key ${customer.key}`,
          'content-type': 'application/json',
          'idempotency-key': 'run',
        },
        body: JSON.stringify({ image_url: image, prompt: 'held back', resolution: '480p', duration: '4' }),
        ...(signal === undefined ? {} : { signal }),
      });
    const gone = new AbortController();
    const first = assert.rejects(call(gone.signal), /abort/i);
    const { startedJobs } = server.engine;
    await until(() => startedJobs.at(-1)?.prompt === 'held back');
    const { taskId } = startedJobs.at(-1)!;
    gone.abort();
    await first;
    await server.anonymous.get('/healthz');
    const second = call();
    await server.engine.forgetAll();
    const answer = await second;
    assert.equal(answer.status, 200);
    assert.equal(answer.headers.get('x-fal-request-id'), taskId);
    assert.equal((await server.ports.tasks.list(customer.accountId, 10)).length, 1);
  });
});

describe('the window for duplicates', { timeout: 30_000 }, () => {
  test('takes the same body for one request until it was given up, and is off by default', async () => {
    await using server = await TestServer.start({
      workers: 0,
      submitPolicy: { duplicateWindowMs: 60_000 },
    });
    const { client } = server.customer;
    const image = await makePictureUri();
    const submit = async (body: object) => String((await client.post(FAST, body)).body.data.id);
    const first = await submit({ image });
    assert.equal(await submit({ image }), first);
    assert.notEqual(await submit({ image, duration: 6 }), first);
    await client.delete(`/api/v3/predictions/${first}`);
    const next = await submit({ image });
    assert.notEqual(next, first);
    await using plain = await TestServer.start({ workers: 0 });
    const ids = [];
    for (const _ of [1, 2]) ids.push((await plain.customer.client.post(FAST, { image })).body.data.id);
    assert.notEqual(ids[0], ids[1]);
  });
});

test('what was sent again after kill -9 is done once', { timeout: 120_000 }, async (context) => {
  const folder = await makeTestFolder();
  context.after(() => folder.remove());
  const image = await makePictureUri();
  const keys = Array.from({ length: 12 }, (_, index) => `order-${index}`);
  const submitAll = (url: string) =>
    keys.map(async (key, seed): Promise<string | undefined> => {
      try {
        const answer = await fetch(url + FAST, {
          method: 'POST',
          headers: {
            authorization: `Bearer ${TEST_KEY}`,
            'content-type': 'application/json',
            'idempotency-key': key,
          },
          body: JSON.stringify({ image, seed, duration: 4, resolution: '480p' }),
        });
        const { data } = (await answer.json()) as { data: { id: string } };
        return data.id;
      } catch {
        return undefined;
      }
    });
  const start = () => startServerProcess(folder.path, { ANIMATIC_WORKERS: '1' });

  const killed = await start();
  const sent = submitAll(killed.url);
  await Promise.race(sent);
  await killed.kill();
  const acknowledged = await Promise.all(sent);
  assert.ok(acknowledged.some((id) => id !== undefined));

  const server = await start();
  const ids = await Promise.all(submitAll(server.url));
  for (const [index, id] of acknowledged.entries()) if (id !== undefined) assert.equal(ids[index], id);
  const report = await fetch(`${server.url}/admin/ledger/verify`, {
    headers: { authorization: `Bearer ${TEST_KEY}` },
  });
  const { taskCount, faults } = (await report.json()) as { taskCount: number; faults: string[] };
  assert.deepEqual([taskCount, faults], [keys.length, []]);
  await server.kill();
});
