/**
 * No account sees another's: every operation of the API's own document that names a task, an upload, a key or a webhook is tried with
 * another account's key and answers as if there were none; and what needs no key is listed here, one by one.
 */
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { apiDocument } from '#protocols/api-document.ts';
import { makePictureUri } from '#tests/fixtures/picture.ts';
import { type Customer, TestServer } from '#tests/fixtures/test-server.ts';

interface Operation {
  readonly security: readonly object[];
}

const { paths } = apiDocument() as unknown as {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
};

const OPERATIONS = Object.entries(paths).flatMap(([path, methods]) =>
  Object.entries(methods).map(([method, { security }]) => ({ method: method.toUpperCase(), path, security })),
);

/** Whom they tell nothing about, or who proves the right to them otherwise. */
const WITHOUT_KEY = [
  // The catalogue, as the models' public pages have it.
  'GET /center/default/api/v1/model_product/type_statistics',
  'GET /center/default/api/v1/model_product/search',
  'GET /center/default/api/v1/model_product/detail/{model_id}',
  'GET /catalogue',
  // The public half of a key.
  'GET /fal/rest/.well-known/jwks.json',
  // By an address that cannot be guessed, as far as the file's owner lets it.
  'GET /files/{id}/{fileName}',
  'GET /fal/cdn/files/{id}/{fileName}',
  'GET /files/{id}/{fileName}/poster.webp',
  'GET /fal/cdn/files/{id}/{fileName}/poster.webp',
  'GET /healthz',
  'GET /readyz',
  'GET /openapi.json',
  'GET /reference',
  // Signing in, and asking whether one is.
  'GET /session',
  'POST /session',
  'DELETE /session',
];

/** By the signed query of an upload's address; without one, by a key. */
const BY_SIGNATURE = /^\/(?:fal\/cdn\/)?files\//;
/** For administrators, who stand above accounts in these alone. */
const FOR_ADMINISTRATORS = /^\/admin\/(?:accounts|keys|ledger|engines|parked|queue)/;

describe('walls between accounts', { timeout: 30_000 }, () => {
  let server: TestServer;
  let stranger: Customer;
  let wavespeedId: string;
  let falId: string;
  let upload: { readonly id: string; readonly fileName: string };
  before(async () => {
    server = await TestServer.start({ workers: 0 });
    stranger = await server.openCustomer({ credit: '10' });
    const image = await makePictureUri();
    const { client, falClient } = server.customer;
    const webhook = 'http://127.0.0.1:9/';
    const submitted = await client.post(
      `/api/v3/bytedance/seedance-2.0-fast/image-to-video-spicy?webhook=${webhook}`,
      { image },
    );
    wavespeedId = submitted.body.data.id;
    const queued = await falClient.post(
      `/fal/queue/bytedance/seedance-2.0/fast/image-to-video?fal_webhook=${webhook}`,
      { prompt: 'wind', image_url: image },
    );
    falId = queued.body.request_id;
    const { body } = await falClient.post('/fal/cdn/files/upload/multipart', undefined, {
      headers: { 'x-fal-file-name': 'film.mp4' },
    });
    upload = { id: body.uploadId, fileName: 'film.mp4' };
  });
  after(() => server.close());

  /** The path with the first account's own things in it. */
  const pathTo = async (path: string): Promise<string> => {
    const [key] = await server.ports.accounts.listApiKeys(server.customer.accountId);
    const id = /\/keys\//.test(path) ? key!.id : BY_SIGNATURE.test(path) ? upload.id : wavespeedId;
    return path
      .replace('{owner}/{alias}', 'bytedance/seedance-2.0')
      .replace('{request_id}', falId)
      .replace('{fileName}', upload.fileName)
      .replace('{uploadId}', upload.id)
      .replace('{part}', '1')
      .replace('{id}', id);
  };
  const bodyFor = (path: string) =>
    path.endsWith('/complete') ? { body: { parts: [{ partNumber: 1, etag: 'x' }] } } : {};

  test('what needs no key is this list', () => {
    const found = OPERATIONS.filter(({ security }) => security.length === 0);
    assert.deepEqual(found.map(({ method, path }) => `${method} ${path}`).toSorted(), WITHOUT_KEY.toSorted());
  });

  for (const { method, path, security } of OPERATIONS.filter((operation) => operation.security.length > 0)) {
    test(`${method} ${path} without a key, and with a wrong one, is 401`, async () => {
      assert.ok(security.length > 0);
      for (const authorization of [undefined, 'Key wrong', 'Bearer wrong']) {
        const headers = authorization === undefined ? {} : { authorization };
        const answer = await server.anonymous.call(method, await pathTo(path), { ...bodyFor(path), headers });
        // An upload's own address proves its right by a signature that is missing here.
        const isTicket = BY_SIGNATURE.test(path) && method === 'PUT' && !path.includes('multipart');
        assert.equal(answer.status, isTicket ? 403 : 401, JSON.stringify(answer.body));
      }
    });
  }

  for (const { method, path } of OPERATIONS.filter((operation) => operation.path.includes('{'))) {
    const isOwned = path.includes('id}') && !path.includes('{model_id}') && !FOR_ADMINISTRATORS.test(path);
    const isFile = /^\/(?:fal\/cdn\/)?files\/\{id\}\/\{fileName\}(?:\/poster\.webp)?$/.test(path);
    if (!isOwned || isFile) continue;
    test(`${method} ${path} with another account's key is 404`, async () => {
      const { status, body } = await stranger.client.call(method, await pathTo(path), bodyFor(path));
      assert.equal(status, 404, JSON.stringify(body));
      if (path.startsWith('/api/')) {
        assert.deepEqual([body.code, body.error_code, body.error], [404, 'not_found', body.message]);
        assert.ok(!('data' in body));
      }
      if (path.startsWith('/fal/queue/')) assert.equal(body.status, 'NOT_FOUND');
    });
  }

  test('nothing of all that changed what the first account has', async () => {
    for (const { state, cancelRequestedAt, deletedAt } of await server.ports.tasks.list(
      server.customer.accountId,
      10,
    ))
      assert.deepEqual([state, cancelRequestedAt, deletedAt], ['created', undefined, undefined]);
    assert.equal((await server.customer.client.get('/api/v3/balance')).status, 200);
    assert.deepEqual(await server.ports.tasks.list(stranger.accountId, 10), []);
  });

  test('an administrator of another account reads no tasks either', async () => {
    const administrator = await server.openCustomer({ role: 'admin' });
    for (const path of [
      `/api/v3/predictions/${wavespeedId}`,
      `/fal/queue/bytedance/seedance-2.0/requests/${falId}/status`,
    ])
      assert.equal((await administrator.client.get(path)).status, 404);
  });

  test('lists and sums hold what is their own', async () => {
    for (const [method, path] of [
      ['POST', '/api/v3/predictions'],
      ['GET', '/api/v3/predictions'],
      ['POST', '/api/v3/billings/search'],
    ] as const) {
      const { body } = await stranger.client.call(method, path, {
        ...(method === 'POST' ? { body: {} } : {}),
      });
      const items: readonly { id?: string; billing_type?: string }[] = body.data.items;
      assert.deepEqual(
        items.filter(({ id, billing_type: type }) => id !== undefined || type === 'deduct'),
        [],
      );
    }
    const wanted = { prediction_uuids: [wavespeedId] };
    assert.equal((await stranger.client.post('/api/v3/billings/search', wanted)).body.data.total, 0);
    const deleted = await stranger.client.post('/api/v3/predictions/delete', { ids: [wavespeedId] });
    assert.deepEqual(deleted.body.data, { deleted_count: 0 });
  });
});
