/** Files in fal's ways, and the tokens that stand in for a key: in a browser, and with an upload. */
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { after, before, describe, test } from 'node:test';
import { systemClock } from '#adapters/system/system-clock.ts';
import { addMs } from '#domain/instant.ts';
import type { Clock } from '#ports/clock.ts';
import { makePicture, makePictureUri } from '#tests/fixtures/picture.ts';
import { TestClient } from '#tests/fixtures/test-client.ts';
import { TestServer } from '#tests/fixtures/test-server.ts';
import { until } from '#tests/fixtures/until.ts';

const FAST = 'bytedance/seedance-2.0/fast/image-to-video';
const INITIATE = '/fal/rest/storage/upload/initiate-multipart?storage_type=fal-cdn-v3';

const etagOf = (bytes: string) => createHash('sha256').update(bytes).digest('hex');

describe('fal storage', { timeout: 30_000 }, () => {
  let server: TestServer;
  let lateMs = 0;
  const clock: Clock = { ...systemClock, now: () => addMs(systemClock.now(), lateMs) };
  before(async () => {
    server = await TestServer.start({ ports: { clock } });
  });
  after(() => server.close());

  const beginAsJavaScript = async () => {
    const { status, body } = await server.customer.falClient.post(INITIATE, {
      content_type: 'text/plain',
      file_name: 'long tale.txt',
    });
    assert.equal(status, 200);
    const { origin, pathname, search } = new URL(body.upload_url);
    return { fileUrl: body.file_url, at: (suffix: string) => `${origin}${pathname}/${suffix}${search}` };
  };
  const cdnClient = async () => {
    const { body } = await server.customer.falClient.post(
      '/fal/rest/storage/auth/token?storage_type=fal-cdn-v3',
      {},
    );
    return { body, client: new TestClient(server.url, `${body.token_type} ${body.token}`) };
  };
  const text = async (url: string) => (await fetch(url)).text();

  test('fal multipart upload: parts are answered in JSON, need no key, and make one file in the order of their numbers', async () => {
    const { fileUrl, at } = await beginAsJavaScript();
    const parts = [];
    for (const [number, bytes] of [
      [2, 'upon a '],
      [1, 'Once '],
      [3, 'time'],
    ] as const) {
      const { status, headers, body } = await server.anonymous.put(at(String(number)), { body: bytes });
      assert.equal(status, 200);
      assert.deepEqual(body, { partNumber: number, etag: etagOf(bytes) });
      assert.equal(headers.get('etag'), `"${etagOf(bytes)}"`);
      parts.push(body);
    }
    assert.equal((await fetch(fileUrl)).status, 404);
    const { status, body } = await server.anonymous.post(at('complete'), { parts });
    assert.deepEqual([status, body], [200, { access_url: fileUrl, url: fileUrl, size: 16 }]);
    assert.equal(await text(fileUrl), 'Once upon a time');
    assert.match(fileUrl, /long-tale\.txt$/);
    assert.equal((await server.anonymous.post(at('complete'), { parts })).status, 404);
  });

  test('fal multipart upload: a part sent again replaces the first, and a wrong or missing part is refused', async () => {
    const { fileUrl, at } = await beginAsJavaScript();
    const first = (await server.anonymous.put(at('1'), { body: 'wrong' })).body;
    const second = (await server.anonymous.put(at('1'), { body: 'right' })).body;
    for (const parts of [[first], [second, { partNumber: 2, etag: 'x' }], [second, second], []]) {
      const refused = await server.anonymous.post(at('complete'), { parts });
      assert.equal(refused.status, 400, JSON.stringify(parts));
    }
    assert.equal((await server.anonymous.post(at('complete'), { parts: [second] })).status, 200);
    assert.equal(await text(fileUrl), 'right');
  });

  test('fal multipart upload: an altered, foreign, late or unknown address is refused', async () => {
    const { at } = await beginAsJavaScript();
    const other = await beginAsJavaScript();
    const [, signature] = /signature=(\w+)/.exec(other.at('1'))!;
    for (const url of [
      at('1').replace(/signature=\w+/, `signature=${signature}`),
      at('1').replace(/expires=\d+/, 'expires=99999999999999'),
      at('1').replace('long-tale', 'short-tale'),
    ])
      assert.equal((await server.anonymous.put(url, { body: 'x' })).status, 403, url);
    assert.equal((await server.anonymous.put(at('1').split('?')[0]!, { body: 'x' })).status, 401);
    for (const number of ['0', '10001', 'x', '1.5'])
      assert.equal((await server.anonymous.put(at(number), { body: 'x' })).status, 400, number);
    lateMs = 2 * 60 * 60 * 1000;
    const late = await server.anonymous.put(at('1'), { body: 'x' });
    const isForgotten = async () => (await server.ports.partUploads.expired(clock.now(), 1)).length === 0;
    await until(isForgotten);
    lateMs = 0;
    assert.equal(late.status, 403);
    assert.equal((await server.anonymous.put(at('1'), { body: 'x' })).status, 404, 'it was forgotten');
  });

  test('fal CDN token: type, base and an end with a numeric offset', async () => {
    const { body } = await cdnClient();
    assert.equal(body.token_type, 'Bearer');
    assert.equal(body.base_url, `${server.url}/fal/cdn`);
    assert.match(body.expires_at, /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}\+00:00$/);
    const lifetimeMs = Date.parse(body.expires_at) - Date.now();
    assert.ok(lifetimeMs > 3_590_000 && lifetimeMs <= 3_600_000, String(lifetimeMs));
  });

  test('fal CDN upload: raw bytes of any type give an access URL that a request can name', async () => {
    const { body: token, client } = await cdnClient();
    const picture = await makePicture();
    const { status, body } = await client.post(`${token.base_url}/files/upload`, picture, {
      headers: {
        'content-type': 'image/png',
        'x-fal-file-name': 'my cat.png',
        'x-fal-object-lifecycle': '{}',
      },
    });
    assert.equal(status, 200);
    assert.deepEqual(Object.keys(body), ['access_url']);
    assert.match(body.access_url, /\/files\/[0-9a-f]{32}\/my-cat\.png$/);
    assert.deepEqual(Buffer.from(await (await fetch(body.access_url)).arrayBuffer()), picture);
    const { request_id: id } = (
      await server.customer.falClient.post(`/fal/queue/${FAST}`, {
        prompt: 'wind',
        image_url: body.access_url,
      })
    ).body;
    assert.equal((await server.untilEnded(id)).request.images[0]?.kind, 'asset');
    const json = await client.post(`${token.base_url}/files/upload`, '{"a": 1}', {
      headers: { 'content-type': 'application/json' },
    });
    assert.match(json.body.access_url, /\.(json|bin)$/);
    assert.equal(await text(json.body.access_url), '{"a": 1}');
    assert.equal((await server.anonymous.post(`${token.base_url}/files/upload`, 'x')).status, 401);
  });

  test('fal CDN multipart: parts at once below the access URL, entity tags in headers, completed in any order', async () => {
    const { body: token, client } = await cdnClient();
    const begun = await client.post(`${token.base_url}/files/upload/multipart`, undefined, {
      headers: { 'content-type': 'text/plain', 'x-fal-file-name': 'tale.txt' },
    });
    assert.equal(begun.status, 200);
    const { access_url: accessUrl, uploadId } = begun.body;
    const tags = await Promise.all(
      ['a', 'b', 'c', 'd', 'e'].map(async (bytes, index) => {
        const url = `${accessUrl}/multipart/${uploadId}/${index + 1}`;
        const { status, headers } = await client.put(url, { body: bytes });
        assert.equal(status, 200);
        return { partNumber: index + 1, etag: headers.get('etag') };
      }),
    );
    const completed = await client.post(`${accessUrl}/multipart/${uploadId}/complete`, {
      parts: tags.toReversed(),
    });
    assert.equal(completed.status, 200);
    assert.equal('warning' in completed.body, false);
    assert.equal(await text(accessUrl), 'abcde');
  });

  test('fal CDN multipart: empty parts are taken, and the file that is likely cut off is flagged', async () => {
    const { body: token, client } = await cdnClient();
    const begun = await client.post(`${token.base_url}/files/upload/multipart`);
    const { access_url: accessUrl, uploadId } = begun.body;
    const parts = [];
    for (const [index, bytes] of ['first', '', ''].entries()) {
      const { headers } = await client.put(`${accessUrl}/multipart/${uploadId}/${index + 1}`, {
        body: bytes,
      });
      parts.push({ partNumber: index + 1, etag: headers.get('etag') });
    }
    const { status, body } = await client.post(`${accessUrl}/multipart/${uploadId}/complete`, { parts });
    assert.deepEqual([status, body.size], [200, 5]);
    assert.match(body.warning, /Parts 2, 3 came without a byte/);
  });

  test("fal CDN multipart: nobody writes to another account's upload", async () => {
    const { body: token, client } = await cdnClient();
    const { access_url: accessUrl, uploadId } = (
      await client.post(`${token.base_url}/files/upload/multipart`)
    ).body;
    const stranger = await server.openCustomer();
    const part = `${accessUrl}/multipart/${uploadId}/1`;
    assert.equal((await stranger.falClient.put(part, { body: 'x' })).status, 404);
    assert.equal(
      (await client.put(part.replace(`/multipart/${uploadId}`, '/multipart/x'), { body: 'x' })).status,
      404,
    );
    assert.equal(
      (await server.customer.falClient.put(part, { body: 'x' })).status,
      200,
      'the key is as good',
    );
  });

  test('fal tokens: a JSON text that is good for the apps it names, in the header or the query', async () => {
    const { falClient } = server.customer;
    const request = { allowed_apps: ['seedance-2.0'], token_expiration: 120 };
    const { status, headers, body: token } = await falClient.post('/fal/rest/tokens/', request);
    assert.equal(status, 200);
    assert.match(headers.get('content-type') ?? '', /^application\/json/);
    assert.equal(typeof token, 'string');
    const browser = new TestClient(server.url, `Bearer ${token}`);
    const input = { prompt: 'wind', image_url: await makePictureUri() };
    const { body } = await browser.post(`/fal/queue/${FAST}`, input);
    await server.untilEnded(body.request_id);
    const query = `fal_jwt_token=${token}`;
    const stream = await server.anonymous.get(`${body.status_url}/stream?logs=1&${query}`);
    assert.match(stream.body, /"COMPLETED"/);
    assert.equal((await server.anonymous.get(`${body.response_url}?${query}`)).status, 200);
    // Its own account's requests, this app, and nothing else.
    const others = [
      await browser.post(`/fal/queue/fal-ai/${FAST}`, input),
      await browser.post('/fal/rest/tokens', request),
      await browser.post('/fal/cdn/files/upload', 'x'),
      await browser.post('/fal/rest/storage/upload/initiate', {}),
    ];
    assert.deepEqual(
      others.map((answer) => answer.status),
      [403, 403, 403, 403],
    );
    assert.equal((await browser.get('/api/v3/balance')).status, 403);
    assert.equal((await browser.get('/admin/whoami')).status, 403);
  });

  test('fal tokens: they end with their time, and what is asked of them is checked', async () => {
    const { falClient } = server.customer;
    const { body: token } = await falClient.post('/fal/rest/tokens', {
      allowed_apps: ['bytedance/seedance-2.0'],
      token_expiration: 60,
    });
    const at = `/fal/queue/bytedance/seedance-2.0/requests/unknown/status?fal_jwt_token=${token}`;
    assert.equal((await server.anonymous.get(at)).status, 404);
    lateMs = 61_000;
    const late = await server.anonymous.get(at);
    lateMs = 0;
    assert.deepEqual([late.status, late.body.error_code], [401, 'unauthorized']);
    const forged = await server.anonymous.get(at.replace(/\.[^.]+$/, '.AAAA'));
    assert.equal(forged.status, 401);
    for (const body of [
      {},
      { allowed_apps: [] },
      { allowed_apps: ['a b'] },
      { allowed_apps: ['a'], token_expiration: 0 },
    ])
      assert.equal((await falClient.post('/fal/rest/tokens', body)).status, 422, JSON.stringify(body));
  });
});
