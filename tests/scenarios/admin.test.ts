/** The operator's API: accounts, keys, credit, the books; and that nobody else gets in. */
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { makePictureUri } from '#tests/fixtures/picture.ts';
import { TestClient } from '#tests/fixtures/test-client.ts';
import { type Customer, TestServer } from '#tests/fixtures/test-server.ts';

const SPICY = '/api/v3/bytedance/seedance-2.0-fast/image-to-video-spicy';

describe('admin', { timeout: 30_000 }, () => {
  let server: TestServer;
  let admin: Customer;
  before(async () => {
    server = await TestServer.start();
    admin = await server.openCustomer({ role: 'admin' });
    server.engine.script('never', { endings: ['stalled'] });
  });
  after(() => server.close());

  test('any key may ask who it is', async () => {
    const { status, body } = await server.customer.client.get('/admin/whoami');
    assert.equal(status, 200);
    const [apiKey] = await server.ports.accounts.listApiKeys(server.customer.accountId);
    assert.deepEqual(body, {
      accountId: server.customer.accountId,
      apiKeyId: apiKey!.id,
      role: 'member',
      balance: await server.customer.balance(),
    });
  });

  test('everything else is for administrators', async () => {
    const calls: readonly [string, string][] = [
      ['GET', '/admin/accounts'],
      ['POST', '/admin/accounts'],
      ['GET', `/admin/accounts/${server.customer.accountId}/balance`],
      ['POST', `/admin/accounts/${server.customer.accountId}/credit`],
      ['GET', '/admin/keys'],
      ['POST', '/admin/keys'],
      ['DELETE', '/admin/keys/x'],
      ['GET', '/admin/ledger/verify'],
    ];
    for (const [method, path] of calls) {
      const member = await server.customer.client.call(method, path);
      assert.deepEqual([member.status, member.body.error_code], [403, 'forbidden'], path);
      const nobody = await server.anonymous.call(method, path);
      assert.deepEqual([nobody.status, nobody.body.error_code], [401, 'unauthorized'], path);
    }
  });

  test('an account is opened, given a key and credit, and works', async () => {
    const opened = await admin.client.post('/admin/accounts', { name: 'studio', credit: '2.50' });
    assert.equal(opened.status, 201);
    assert.deepEqual([opened.body.name, opened.body.balance], ['studio', '2.50']);
    const { id } = opened.body;
    const made = await admin.client.post('/admin/keys', { accountId: id, name: 'ci' });
    assert.equal(made.status, 201);
    assert.deepEqual([made.body.apiKey.accountId, made.body.apiKey.role], [id, 'member']);
    assert.ok(made.body.key.startsWith(made.body.apiKey.prefix));
    const credited = await admin.client.post(`/admin/accounts/${id}/credit`, { amount: '0.0001' });
    assert.deepEqual(credited.body, { accountId: id, balance: '2.5001' });
    assert.deepEqual((await admin.client.get(`/admin/accounts/${id}/balance`)).body, credited.body);
    const client = new TestClient(server.url, `Bearer ${made.body.key}`);
    assert.equal((await client.get('/admin/whoami')).body.balance, '2.5001');
    const { accounts } = (await admin.client.get('/admin/accounts')).body;
    assert.ok(accounts.some((account: { id: string }) => account.id === id));
  });

  test('credit can be taken back as far as there is some', async () => {
    const { accountId } = await server.openCustomer({ credit: '5' });
    const path = `/admin/accounts/${accountId}/credit`;
    assert.equal((await admin.client.post(path, { amount: '-2' })).body.balance, '3.00');
    const tooMuch = await admin.client.post(path, { amount: '-4' });
    assert.deepEqual([tooMuch.status, tooMuch.body.error_code], [402, 'insufficient_credit']);
  });

  test('a key is made for the own account unless told otherwise, listed, and revoked for good', async () => {
    const made = await admin.client.post('/admin/keys', { name: 'second', role: 'admin' });
    const { apiKey, key } = made.body;
    assert.equal(apiKey.accountId, admin.accountId);
    const client = new TestClient(server.url, `Bearer ${key}`);
    assert.equal((await client.get('/admin/keys')).status, 200);
    const path = `/admin/keys/${apiKey.id}`;
    assert.equal((await admin.client.delete(path)).status, 204);
    assert.equal((await client.get('/admin/whoami')).status, 401);
    const { keys } = (await admin.client.get(`/admin/keys?accountId=${admin.accountId}`)).body;
    const listed = keys.find((candidate: { id: string }) => candidate.id === apiKey.id);
    assert.match(listed.revokedAt, /Z$/);
    assert.ok(!JSON.stringify(keys).includes(key));
    assert.equal((await admin.client.delete(path)).status, 204);
    assert.equal((await admin.client.delete('/admin/keys/unknown')).status, 404);
  });

  test('what cannot be used is refused by name', async () => {
    const { client, accountId } = admin;
    const cases: readonly [string, unknown, number, RegExp][] = [
      ['/admin/accounts', {}, 400, /"name" is required/],
      ['/admin/accounts', undefined, 400, /body/],
      ['/admin/accounts', { name: 'x', credit: 'much' }, 400, /"credit" must be an amount in USD/],
      ['/admin/accounts', { name: 'x', credit: '-1' }, 400, /"credit" must be an amount in USD/],
      [`/admin/accounts/${accountId}/credit`, { amount: '0' }, 400, /"amount" must be an amount/],
      [`/admin/accounts/${accountId}/credit`, { amount: '0.0000001' }, 400, /"amount" must be an amount/],
      ['/admin/accounts/unknown/credit', { amount: '1' }, 404, /no account "unknown"/],
      ['/admin/keys', { name: 'x', role: 'king' }, 400, /"role" must be one of member, admin/],
      ['/admin/keys', { name: 'x', accountId: 'unknown' }, 404, /no account/],
      ['/admin/keys', { name: 'x', key: 'short' }, 400, /at least 16 characters/],
      ['/admin/nothing', {}, 404, /POST \/admin\/nothing/],
    ];
    for (const [path, body, status, message] of cases) {
      const answer = await client.post(path, body);
      assert.equal(answer.status, status, path);
      assert.match(answer.body.message, message);
    }
  });

  test('the ledger report counts entries and tasks and finds no fault', async () => {
    const { body: before } = await admin.client.get('/admin/ledger/verify');
    const { body } = await server.customer.client.post(SPICY, { image: await makePictureUri() });
    await server.untilEnded(body.data.id);
    const { body: after } = await admin.client.get('/admin/ledger/verify');
    assert.equal(after.entryCount, before.entryCount + 2);
    assert.equal(after.taskCount, before.taskCount + 1);
    assert.deepEqual(after.faults, []);
    assert.equal(after.balances[`wallet:${server.customer.accountId}`], await server.customer.balance());
  });

  test('a task of the own account can be followed with its log, and waits for news when asked to', async () => {
    const { client } = server.customer;
    const { body } = await client.post(SPICY, { image: await makePictureUri(), prompt: 'never', seed: 5 });
    const { id } = body.data;
    const path = `/admin/tasks/${id}`;
    await server.untilTask(id, (task) => task.progress > 0);
    const { body: running } = await client.get(path);
    assert.deepEqual([running.state, running.seed, running.held], ['processing', 5, '1.00']);
    assert.ok(running.log.length > 0 && running.progress > 0);
    const lastLine = running.log.at(-1).number;
    const news = client.get(`${path}?after=${lastLine}&waitMs=10000`);
    await client.delete(`/api/v3/predictions/${id}`);
    assert.ok((await news).body.log.every((line: { number: number }) => line.number > lastLine));
    await server.untilEnded(id);
    const { body: ended } = await client.get(`${path}?after=${lastLine}`);
    assert.deepEqual([ended.state, ended.error.code, ended.charged], ['cancelled', 'cancelled', '0.00']);
    assert.equal((await admin.client.get(path)).status, 404);
    assert.equal((await client.get(`${path}?after=x`)).status, 400);
  });
});
