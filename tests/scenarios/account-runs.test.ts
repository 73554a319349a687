/** The own account over HTTP: runs of both protocols, keys, movements, usage and webhooks, as the playground's pages ask for them. */
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { makeClipFile } from '#tests/fixtures/clip-file.ts';
import { makePictureUri } from '#tests/fixtures/picture.ts';
import { TestClient } from '#tests/fixtures/test-client.ts';
import { type Customer, TestServer } from '#tests/fixtures/test-server.ts';
import { until } from '#tests/fixtures/until.ts';
import { WebhookReceiver } from '#tests/fixtures/webhook-receiver.ts';

const SPICY = 'bytedance/seedance-2.0-fast/image-to-video-spicy';
const FAL = 'bytedance/seedance-2.0/fast/image-to-video';

describe('the own account', { timeout: 60_000 }, () => {
  let server: TestServer;
  let image: string;
  before(async () => {
    server = await TestServer.start();
    image = await makePictureUri();
    server.engine.script('never', { endings: ['stalled'] });
    server.engine.script('broken', { endings: ['failed'] });
  });
  after(() => server.close());

  const submit = async ({ client }: Customer, prompt = 'wind', query = ''): Promise<string> => {
    const answer = await client.post(`/api/v3/${SPICY}${query}`, { image, prompt, seed: 7 });
    assert.equal(answer.status, 200, JSON.stringify(answer.body));
    return answer.body.data.id;
  };
  const submitFal = async ({ falClient }: Customer, prompt: string, endUser?: string): Promise<string> => {
    const answer = await falClient.post(`/fal/queue/${FAL}`, {
      image_url: image,
      prompt,
      ...(endUser === undefined ? {} : { end_user_id: endUser }),
    });
    assert.equal(answer.status, 200, JSON.stringify(answer.body));
    return answer.body.request_id;
  };
  const list = async ({ client }: Customer, query = '') => {
    const { status, body } = await client.get(`/account/runs?${query}`);
    assert.equal(status, 200, JSON.stringify(body));
    return body;
  };
  const idsOf = (body: { runs: { id: string }[] }) => body.runs.map(({ id }) => id);

  test('runs of both protocols are one list, narrowed down by what one likes', async () => {
    const customer = await server.openCustomer({ credit: '20' });
    const wave = await submit(customer, 'A Wave breaks');
    const broken = await submit(customer, 'broken');
    const fal = await submitFal(customer, 'a wave over fal', 'ann');
    for (const id of [wave, broken, fal]) await server.untilEnded(id);
    assert.deepEqual(idsOf(await list(customer)), [fal, broken, wave]);
    assert.deepEqual(idsOf(await list(customer, 'text=WAVE')), [fal, wave]);
    assert.deepEqual(idsOf(await list(customer, 'protocol=fal')), [fal]);
    assert.deepEqual(idsOf(await list(customer, `endpoint=${SPICY}&state=completed`)), [wave]);
    assert.deepEqual(idsOf(await list(customer, 'state=failed,cancelled')), [broken]);
    assert.deepEqual(idsOf(await list(customer, 'endUserId=ann&apiKeyId=&cursor=&text=')), [fal]);
    assert.deepEqual(idsOf(await list(customer, 'until=2020-01-01T00:00:00Z')), []);
    assert.deepEqual(idsOf(await list(await server.openCustomer())), []);
    const [run] = (await list(customer, 'protocol=fal')).runs;
    assert.deepEqual(
      [run.endpoint, run.state, run.prompt, run.endUserId, run.engine, run.hasWebhook],
      [FAL, 'completed', 'a wave over fal', 'ann', 'scripted', false],
    );
    assert.match(
      run.input.image_url,
      /^http:.*\/files\//,
      'what came inside is a URL that can be sent again',
    );
  });

  test('pages follow on each other by a cursor', async () => {
    const customer = await server.openCustomer({ credit: '20' });
    const ids: string[] = [];
    for (const prompt of ['a', 'b', 'c']) ids.unshift(await submit(customer, prompt));
    const first = await list(customer, 'limit=2');
    assert.deepEqual([idsOf(first), first.next], [ids.slice(0, 2), ids[1]]);
    const second = await list(customer, `limit=2&cursor=${first.next}`);
    assert.deepEqual([idsOf(second), second.next], [ids.slice(2), undefined]);
    for (const id of ids) await server.untilEnded(id);
  });

  test('what cannot be meant is refused by name', async () => {
    const { client } = server.customer;
    for (const [query, name] of [
      ['state=done', 'state'],
      ['from=yesterday', 'from'],
      ['limit=0', 'limit'],
      ['protocol=smtp', 'protocol'],
    ]) {
      const { status, body } = await client.get(`/account/runs?${query}`);
      assert.deepEqual([status, body.error_code, body.path], [400, 'invalid_parameter', [name]]);
    }
    assert.equal((await server.anonymous.get('/account/runs')).status, 401);
    assert.equal((await client.get('/account/nothing')).status, 404);
  });

  test('a run tells its place in the queue, its log, and its end when it comes', async () => {
    await using idle = await TestServer.start({ workers: 0 });
    const { client } = idle.customer;
    const ids: string[] = [];
    for (const prompt of ['one', 'two']) {
      const { body } = await client.post(`/api/v3/${SPICY}`, { image, prompt });
      ids.push(body.data.id);
    }
    const waiting = (await client.get(`/account/runs/${ids[1]}`)).body;
    assert.deepEqual([waiting.state, waiting.queuePosition, waiting.log], ['created', 1, []]);
    const asked = client.get(`/account/runs/${ids[0]}?waitMs=10000`);
    idle.startWorker();
    const told = (await asked).body;
    assert.ok(told.state !== 'created' || told.log.length > 0, 'news came before the wait was over');
    await idle.untilEnded(ids[0]!);
    const ended = (await client.get(`/account/runs/${ids[0]}`)).body;
    assert.deepEqual([ended.state, ended.queuePosition], ['completed', undefined]);
    const { number } = ended.log.at(-1);
    assert.deepEqual((await client.get(`/account/runs/${ids[0]}?after=${number}`)).body.log, []);
    await idle.untilEnded(ids[1]!);
  });

  test('a run is cancelled and deleted by its owner, whichever protocol it came by', async () => {
    const [customer, stranger] = [await server.openCustomer({ credit: '9' }), await server.openCustomer()];
    const id = await submitFal(customer, 'never');
    const path = `/account/runs/${id}`;
    assert.equal((await stranger.client.post(`${path}/cancel`)).status, 404);
    assert.equal((await stranger.client.delete(path)).status, 404);
    const cancelled = await customer.client.post(`${path}/cancel`);
    assert.deepEqual([cancelled.status, cancelled.body.id], [202, id]);
    assert.equal((await server.untilEnded(id)).state, 'cancelled');
    assert.equal(await customer.balance(), '9.00');
    assert.equal((await customer.client.delete(path)).status, 204);
    assert.equal((await customer.client.get(path)).status, 404);
    assert.deepEqual(idsOf(await list(customer)), []);
  });

  test('a finished run has a poster, for whoever has the address of its clip', async () => {
    const bytes = await makeClipFile({ size: { width: 320, height: 180 }, frameCount: 2, hasSound: false });
    server.engine.script('a real clip', { bytes });
    const id = await submit(server.customer, 'a real clip');
    await server.untilEnded(id);
    const { output } = (await server.customer.client.get(`/account/runs/${id}`)).body;
    const poster = await fetch(server.url + output.posterUrlPath);
    assert.deepEqual([poster.status, poster.headers.get('content-type')], [200, 'image/webp']);
    assert.match(poster.headers.get('cache-control')!, /immutable/);
    const head = Buffer.from(await poster.arrayBuffer());
    assert.deepEqual([head.toString('latin1', 0, 4), head.toString('latin1', 8, 12)], ['RIFF', 'WEBP']);
    const wrongName = output.posterUrlPath.replace('.mp4', '.mov');
    assert.equal((await fetch(server.url + wrongName)).status, 404);
    const damaged = await submit(server.customer, 'wind');
    await server.untilEnded(damaged);
    const other = (await server.customer.client.get(`/account/runs/${damaged}`)).body.output;
    assert.equal((await fetch(server.url + other.posterUrlPath)).status, 422);
    await server.customer.client.delete(`/account/runs/${id}`);
    assert.equal((await fetch(server.url + output.posterUrlPath)).status, 404);
  });

  test('a key makes and revokes keys of its own account that may do as much as itself', async () => {
    const [member, admin] = [await server.openCustomer(), await server.openCustomer({ role: 'admin' })];
    const made = await member.client.post('/account/keys', { name: 'laptop' });
    assert.deepEqual([made.status, made.body.apiKey.role], [201, 'member']);
    const laptop = new TestClient(server.url, `Bearer ${made.body.key}`);
    assert.equal((await laptop.get('/account')).body.apiKeyName, 'laptop');
    const { keys } = (await member.client.get('/account/keys')).body;
    assert.deepEqual(
      keys.map(({ name }: { name: string }) => name),
      ['test', 'laptop'],
    );
    assert.ok(!JSON.stringify(keys).includes(made.body.key));
    const raised = await member.client.post('/account/keys', { name: 'x', role: 'admin' });
    assert.deepEqual([raised.status, raised.body.error_code], [403, 'forbidden']);
    assert.equal((await admin.client.post('/account/keys', { name: 'x', role: 'admin' })).status, 201);
    const path = `/account/keys/${made.body.apiKey.id}`;
    assert.equal((await admin.client.delete(path)).status, 404, 'another account’s');
    assert.equal((await member.client.delete(path)).status, 204);
    assert.equal((await laptop.get('/account')).status, 401);
    assert.equal((await member.client.post('/account/keys', { name: '' })).status, 400);
  });

  test('a member cannot revoke an administrator’s key of the same account', async () => {
    const admin = await server.openCustomer({ role: 'admin' });
    const made = await admin.client.post('/account/keys', { name: 'member' });
    const { keys } = (await admin.client.get('/account/keys')).body;
    const member = new TestClient(server.url, `Bearer ${made.body.key}`);
    assert.equal((await member.delete(`/account/keys/${keys[0].id}`)).status, 403);
    assert.equal((await admin.client.get('/account')).status, 200);
  });

  test('movements and usage agree about what was paid', async () => {
    const customer = await server.openCustomer({ credit: '20' });
    const ids = [await submit(customer), await submitFal(customer, 'wind', 'ann')];
    for (const id of ids) await server.untilEnded(id);
    const { movements, total } = (await customer.client.get('/account/movements?limit=100')).body;
    assert.equal(total, movements.length);
    const sum = movements.reduce((all: number, { amount }: { amount: string }) => all + Number(amount), 0);
    assert.equal(sum.toFixed(6), Number(await customer.balance()).toFixed(6));
    assert.deepEqual([movements.at(-1).kind, movements.at(-1).amount], ['grant', '20.00']);
    const ofRun = movements.find((each: { run?: { id: string } }) => each.run?.id === ids[0]);
    assert.deepEqual([ofRun.kind, ofRun.run.apiKeyName, ofRun.run.endpoint], ['hold', 'test', SPICY]);
    const one = (await customer.client.get('/account/movements?kind=grant&offset=0')).body;
    assert.deepEqual([one.total, one.movements.length], [1, 1]);
    const usage = async (by: string) => (await customer.client.get(`/account/usage?by=${by}`)).body.rows;
    const paid = (20 - Number(await customer.balance())).toFixed(6);
    for (const by of ['endpoint', 'apiKey', 'endUser']) {
      const rows: readonly { readonly day: string; readonly charged: string; readonly submitted: number }[] =
        await usage(by);
      assert.equal(rows.reduce((all, { charged }) => all + Number(charged), 0).toFixed(6), paid, by);
      assert.equal(
        rows.reduce((all, { submitted }) => all + submitted, 0),
        2,
      );
      assert.match(rows[0]!.day, /^\d{4}-\d\d-\d\d$/);
    }
    const groups = (await usage('endUser')).map(({ group }: { group: string }) => group);
    assert.deepEqual(groups, ['', 'ann']);
    const period = 'from=2024-01-01T00:00:00Z&until=2026-01-01T00:00:00Z';
    assert.equal((await customer.client.get(`/account/usage?by=apiKey&${period}`)).status, 400);
    assert.equal((await customer.client.get('/account/usage')).status, 400);
  });

  test('webhooks are listed with their attempts and sent again', async () => {
    await using receiver = await WebhookReceiver.open();
    const customer = await server.openCustomer({ credit: '9' });
    const id = await submit(customer, 'wind', `?webhook=${encodeURIComponent(receiver.url)}`);
    await server.untilEnded(id);
    const deliveries = async (query = '') =>
      (await customer.client.get(`/account/webhooks?${query}`)).body.deliveries;
    await until(async () => (await deliveries('state=delivered')).length === 1);
    const [delivery] = await deliveries();
    assert.deepEqual(
      [delivery.runId, delivery.protocol, delivery.endpoint, delivery.url, delivery.state],
      [id, 'wavespeed', SPICY, receiver.url, 'delivered'],
    );
    assert.equal(delivery.attempts.length, 1);
    const resent = await customer.client.post(`/account/webhooks/${id}/resend`);
    assert.equal(resent.status, 202);
    await until(async () => (await deliveries('state=delivered'))[0]?.attempts.length === 2);
    assert.deepEqual(await deliveries('state=dead'), []);
    const stranger = await server.openCustomer();
    assert.equal((await stranger.client.post(`/account/webhooks/${id}/resend`)).status, 404);
    assert.deepEqual((await stranger.client.get('/account/webhooks')).body, { deliveries: [] });
  });

  test('administrators see engines and queue, and nobody else', async () => {
    const admin = await server.openCustomer({ role: 'admin' });
    const { engines } = (await admin.client.get('/admin/engines')).body;
    assert.deepEqual([engines.length, engines[0].name, engines[0].health.state], [1, 'scripted', 'ready']);
    assert.equal(engines[0].endpoints.length, 8);
    const customer = await server.openCustomer({ credit: '9' });
    const id = await submit(customer, 'never');
    await server.untilTask(id, ({ state }) => state === 'processing');
    const queue = (await admin.client.get('/admin/queue')).body;
    assert.deepEqual([queue.waiting, queue.processing, queue.delayed], [0, 1, 0]);
    assert.deepEqual(queue.accounts, [
      { accountId: customer.accountId, accountName: 'customer', waiting: 0, processing: 1 },
    ]);
    for (const path of ['/admin/engines', '/admin/queue'])
      assert.equal((await customer.client.get(path)).status, 403);
    await customer.client.delete(`/account/runs/${id}`);
    await server.untilEnded(id);
  });
});
