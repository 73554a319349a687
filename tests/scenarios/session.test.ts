/** Signing in at the playground: what a session may do, what it takes to use one, and how it ends. */
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { makePictureUri } from '#tests/fixtures/picture.ts';
import { type Answer, TestClient } from '#tests/fixtures/test-client.ts';
import { TestServer } from '#tests/fixtures/test-server.ts';

const SPICY = '/api/v3/bytedance/seedance-2.0-fast/image-to-video-spicy';
const FAL = '/fal/queue/bytedance/seedance-2.0/fast/image-to-video';
const PAGE = { 'x-animatic-page': '1' };

const cookieOf = (answer: Answer): string => answer.headers.get('set-cookie')!.split(';')[0]!;

describe('the session of the playground', { timeout: 30_000 }, () => {
  let server: TestServer;
  before(async () => {
    server = await TestServer.start({ publicUrl: 'https://clips.example.com' });
  });
  after(() => server.close());

  const signIn = (body: object) => server.anonymous.post('/session', body, { headers: PAGE });
  const signInAs = async (key: string) => ({ ...PAGE, cookie: cookieOf(await signIn({ key })) });

  test('a key is exchanged for a cookie that no script can read and no other site can send', async () => {
    const answer = await signIn({ key: server.customer.key });
    assert.equal(answer.status, 200);
    assert.deepEqual(
      [answer.body.account.accountId, answer.body.account.role, answer.body.account.balance],
      [server.customer.accountId, 'member', '100.00'],
    );
    const [pair, ...attributes] = answer.headers.get('set-cookie')!.split('; ');
    assert.match(pair!, new RegExp(`^animatic_session_${new URL(server.url).port}=[0-9a-f]{48}$`));
    assert.deepEqual(attributes, ['Path=/', 'Max-Age=604800', 'HttpOnly', 'SameSite=Strict', 'Secure']);
    assert.ok(!JSON.stringify(answer.body).includes(server.customer.key));
  });

  test('with the cookie both protocols accept the caller as that account', async () => {
    const { key, accountId } = await server.openCustomer({ credit: '20' });
    const headers = await signInAs(key);
    const image = await makePictureUri();
    const wavespeed = await server.anonymous.post(SPICY, { image, prompt: 'wind' }, { headers });
    assert.equal(wavespeed.status, 200, JSON.stringify(wavespeed.body));
    assert.equal((await server.untilEnded(wavespeed.body.data.id)).accountId, accountId);
    const fal = await server.anonymous.post(FAL, { image_url: image, prompt: 'wind' }, { headers });
    assert.equal((await server.untilEnded(fal.body.request_id)).accountId, accountId);
    const own = await server.anonymous.get('/account', { headers });
    assert.deepEqual([own.body.accountId, own.body.apiKeyName], [accountId, 'test']);
    assert.deepEqual((await server.anonymous.get('/session', { headers })).body.account, own.body);
  });

  test('an administrator is one by cookie too, and nobody else becomes one', async () => {
    const admin = await signInAs((await server.openCustomer({ role: 'admin' })).key);
    assert.equal((await server.anonymous.get('/admin/accounts', { headers: admin })).status, 200);
    const member = await signInAs(server.customer.key);
    assert.equal((await server.anonymous.get('/admin/accounts', { headers: member })).status, 403);
  });

  test('without the header of our own page the cookie counts for nothing', async () => {
    const { cookie } = await signInAs(server.customer.key);
    for (const path of ['/account', '/api/v3/balance', '/admin/whoami'])
      assert.equal((await server.anonymous.get(path, { headers: { cookie } })).status, 401, path);
    const form = {
      cookie,
      'content-type': 'application/x-www-form-urlencoded',
      origin: 'http://127.0.0.1:1',
    };
    assert.equal((await server.anonymous.post(SPICY, 'prompt=x', { headers: form })).status, 401);
  });

  test('but players and pictures, which send no header, read what is not public to others', async () => {
    const { key, falClient } = await server.openCustomer({ credit: '9' });
    const { cookie } = await signInAs(key);
    const image = await makePictureUri();
    const acl = JSON.stringify({ initial_acl: { default: 'hide', rules: [] } });
    const submitted = await falClient.post(
      FAL,
      { image_url: image, prompt: 'wind' },
      {
        headers: { 'x-fal-object-lifecycle-preference': acl },
      },
    );
    const { output } = await server.untilEnded(submitted.body.request_id);
    const path = `/files/${output!.assetId}/${output!.fileName}`;
    const statusOf = async (headers: Readonly<Record<string, string>>) =>
      (await server.anonymous.get(path, { headers })).status;
    const stranger = await signInAs((await server.openCustomer()).key);
    assert.deepEqual(
      [await statusOf({}), await statusOf({ cookie: stranger.cookie }), await statusOf({ cookie })],
      [404, 404, 200],
    );
    assert.equal((await server.anonymous.get(`${path}/poster.webp`, { headers: {} })).status, 404);
    assert.equal((await server.anonymous.call('PUT', path, { headers: { cookie }, body: 'x' })).status, 403);
  });

  test('no preflight lets another origin send cookies along', async () => {
    const { headers } = await server.anonymous.call('OPTIONS', '/account/keys', {
      headers: {
        origin: 'http://127.0.0.1:3000',
        'access-control-request-method': 'POST',
        'access-control-request-headers': 'x-animatic-page, content-type',
      },
    });
    assert.equal(headers.get('access-control-allow-credentials'), null);
    assert.equal(headers.get('access-control-allow-origin'), '*');
  });

  test('a key in the header counts for more than the cookie beside it', async () => {
    const other = await server.openCustomer();
    const headers = await signInAs(server.customer.key);
    const { body } = await other.client.get('/account', { headers });
    assert.equal(body.accountId, other.accountId);
    const bad = new TestClient(server.url, 'Bearer wrong-wrong-wrong-wrong');
    assert.equal((await bad.get('/account', { headers })).status, 401);
  });

  test('a wrong key, a wrong cookie and none sign nobody in, and the question is no error', async () => {
    for (const body of [{ key: 'wrong-wrong-wrong-wrong' }, { ticket: 'wrong' }, {}]) {
      const answer = await signIn(body);
      assert.deepEqual([answer.status, answer.body.error_code], [401, 'unauthorized']);
      assert.equal(answer.headers.get('set-cookie'), null);
    }
    const cookie = `animatic_session_${new URL(server.url).port}=${'0'.repeat(48)}`;
    for (const headers of [PAGE, { ...PAGE, cookie }, { ...PAGE, cookie: 'x; =; animatic_session=' }]) {
      const { status, body } = await server.anonymous.get('/session', { headers });
      assert.deepEqual([status, body], [200, { account: null }]);
    }
  });

  test('signing out ends the session for whoever has a copy of it', async () => {
    const headers = await signInAs(server.customer.key);
    const answer = await server.anonymous.delete('/session', { headers });
    assert.equal(answer.status, 204);
    assert.match(answer.headers.get('set-cookie')!, /^animatic_session_\d+=; Path=\/; Max-Age=0;/);
    assert.equal((await server.anonymous.get('/account', { headers })).status, 401);
    assert.equal((await server.anonymous.delete('/session', { headers: PAGE })).status, 204);
  });

  test('a session ends with its key', async () => {
    const admin = await server.openCustomer({ role: 'admin' });
    const made = await admin.client.post('/account/keys', { name: 'short-lived' });
    const headers = await signInAs(made.body.key);
    assert.equal((await server.anonymous.get('/account', { headers })).status, 200);
    await admin.client.delete(`/account/keys/${made.body.apiKey.id}`);
    assert.equal((await server.anonymous.get('/account', { headers })).status, 401);
  });

  test('a sign-in link works once, for the key that asked for it', async () => {
    const made = await server.customer.client.post('/session/tickets', {});
    assert.equal(made.status, 201);
    assert.equal(made.body.url, `https://clips.example.com/sign-in#${made.body.ticket}`);
    assert.match(made.body.expiresAt, /Z$/);
    const first = await signIn({ ticket: made.body.ticket });
    assert.equal(first.body.account.accountId, server.customer.accountId);
    assert.equal((await signIn({ ticket: made.body.ticket })).status, 401);
    const bearer = new TestClient(server.url, `Bearer ${made.body.ticket}`);
    assert.equal((await bearer.get('/account')).status, 401, 'a ticket is no key');
    assert.equal((await server.anonymous.post('/session/tickets', {})).status, 401);
  });

  test('neither keys nor sessions are stored as they are', async () => {
    const { cookie } = await signInAs(server.customer.key);
    const [, id] = cookie.split('=');
    const stored = await server.ports.accounts.findSession(id!, server.ports.clock.now());
    assert.equal(stored, undefined, 'found by its hash alone');
  });
});
