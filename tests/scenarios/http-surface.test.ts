/** What holds for every route: nothing of the inside gets out, keys stay out of the log, any page may call, and health is told. */
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { pino } from 'pino';
import { AnimaticError } from '#domain/errors.ts';
import type { Ports } from '#ports/ports.ts';
import { createHttpServer } from '#protocols/http/create-http-server.ts';
import { TestServer } from '#tests/fixtures/test-server.ts';

const SPICY = '/api/v3/bytedance/seedance-2.0-fast/image-to-video-spicy';
const FAST = '/fal/queue/bytedance/seedance-2.0/fast/image-to-video';

describe('HTTP surface', { timeout: 30_000 }, () => {
  let server: TestServer;
  before(async () => {
    server = await TestServer.start({ workers: 0, publicUrl: 'https://clips.example.com' });
  });
  after(() => server.close());

  /** The same server once more, with some ports broken, and what it logs. */
  const withBroken = async (broken: Partial<Ports>) => {
    const lines: string[] = [];
    const logger = pino({ level: 'debug' }, { write: (line: string) => lines.push(line) });
    const http = await createHttpServer({ ...server.ports, ...broken, publicUrl: undefined }, { logger });
    return { http, lines };
  };

  test('a defect is answered without its text, in the words of each protocol, and logged with it', async () => {
    const ledger = {
      ...server.ports.ledger,
      balance: async () => {
        throw new Error('secret detail');
      },
    };
    const tasks = {
      ...server.ports.tasks,
      find: async () => {
        throw new Error('secret detail');
      },
    };
    const { http, lines } = await withBroken({ ledger, tasks });
    const headers = { authorization: `Bearer ${server.customer.key}` };
    for (const url of [
      '/api/v3/balance',
      '/api/v3/predictions/x',
      '/admin/whoami',
      '/fal/queue/a/b/requests/x/status',
    ]) {
      const { statusCode, body } = await http.inject({ url, headers });
      assert.equal(statusCode, 500, url);
      assert.ok(!body.includes('secret detail'), body);
      assert.equal(JSON.parse(body).error_code, 'internal');
    }
    assert.equal(lines.filter((line) => line.includes('secret detail')).length, 4);
    await http.close();
  });

  test('keys and signed addresses never reach the log, even when headers are logged', async () => {
    const { http, lines } = await withBroken({});
    http.get('/echo', async (request) => {
      request.log.info({ headers: request.headers, req: { headers: request.headers } }, 'headers');
      return {};
    });
    const headers = { authorization: `Bearer ${server.customer.key}` };
    await http.inject({ url: '/echo?signature=abcdef', headers });
    await http.inject({ url: '/api/v3/balance?signature=abcdef', headers });
    await http.inject({ method: 'PUT', url: '/files/a/b?expires=1&signature=abcdef', headers });
    const log = lines.join('');
    assert.match(log, /"path":"\/api\/v3\/balance"/);
    assert.ok(!log.includes(server.customer.key));
    assert.ok(!log.includes('abcdef'));
    await http.close();
  });

  test('a page of any origin may call, and read what it needs', async () => {
    for (const [url, method] of [
      [SPICY, 'POST'],
      [`${FAST}/requests/x/cancel`, 'PUT'],
      ['/api/v3/predictions/x', 'DELETE'],
    ] as const) {
      const { statusCode, headers } = await server.http.inject({
        method: 'OPTIONS',
        url,
        headers: {
          origin: 'null',
          'access-control-request-method': method,
          'access-control-request-headers': 'authorization,content-type,x-client-name,x-fal-queue-priority',
        },
      });
      assert.equal(statusCode, 204);
      assert.equal(headers['access-control-allow-origin'], '*');
      assert.ok(String(headers['access-control-allow-methods']).includes(method));
      assert.match(String(headers['access-control-allow-headers']), /x-client-name.*x-fal-queue-priority/);
    }
    const refused = await server.http.inject({ url: '/api/v3/balance', headers: { origin: 'file://' } });
    assert.equal(refused.statusCode, 401);
    assert.equal(refused.headers['access-control-allow-origin'], '*');
    assert.match(String(refused.headers['access-control-expose-headers']), /x-fal-request-id/);
    assert.equal(refused.headers['x-content-type-options'], 'nosniff');
  });

  test('behind a proxy, URLs carry the public origin, and files named by either origin are known', async () => {
    const { client } = server.customer;
    const ticket = (await client.post('/api/v3/media/uploads', { filename: 'a.png', size: 1 })).body.data;
    assert.match(ticket.upload.url, /^https:\/\/clips\.example\.com\/files\//);
    for (const origin of ['https://clips.example.com', server.url]) {
      const image = `${origin}/files/${'0'.repeat(32)}/a.png`;
      assert.match((await client.post(SPICY, { image })).body.message, /no such file/);
    }
    assert.match(
      (await client.get('/api/v3/models')).body.data[0].api_schema.api_schemas[0].server,
      /^https/,
    );
  });

  test('a body larger than the limit is refused: 64 MB where pictures may be inside, 2 MB elsewhere', async () => {
    const { client, falClient } = server.customer;
    const large = { image: 'x'.repeat(65 * 2 ** 20) };
    for (const path of [SPICY, FAST, FAST.replace('queue', 'run')]) {
      const { status, body } = await client.post(path, large);
      assert.deepEqual([status, body.error_code], [413, 'payload_too_large'], path);
    }
    const medium = { ids: ['x'.repeat(3 * 2 ** 20)], image: 'x'.repeat(3 * 2 ** 20) };
    assert.equal((await client.post(SPICY, medium)).body.error_code, 'invalid_parameter');
    for (const path of [
      '/api/v3/predictions/delete',
      '/api/v3/billings/search',
      '/api/v3/media/uploads',
      '/fal/rest/storage/upload/initiate',
      '/fal/rest/tokens',
      `/files/${'0'.repeat(32)}/a.png/multipart/${'0'.repeat(32)}/complete`,
    ]) {
      const { status, body } = await falClient.post(path, medium);
      assert.deepEqual([status, body.error_code], [413, 'payload_too_large'], path);
    }
    const nobody = await server.anonymous.post(SPICY, medium);
    assert.equal(nobody.status, 401);
    assert.equal((await server.anonymous.post('/fal/proxy', medium)).status, 400);
  });

  test('keys that reach for a prototype are dropped', async () => {
    const { body } = await server.customer.client.post(SPICY, '{"__proto__": {"image": "x"}}', {
      headers: { 'content-type': 'application/json' },
    });
    assert.match(body.message, /"image" is required/);
  });

  test('health and readiness', async () => {
    assert.deepEqual((await server.anonymous.get('/healthz')).body, { status: 'ok' });
    assert.deepEqual((await server.anonymous.get('/readyz')).body, { status: 'ready' });
    const accounts = {
      ...server.ports.accounts,
      findApiKey: async () => {
        throw new AnimaticError('internal', 'gone');
      },
    };
    const { http } = await withBroken({ accounts });
    assert.equal((await http.inject('/healthz')).statusCode, 200);
    const { statusCode, body } = await http.inject('/readyz');
    assert.equal(statusCode, 503);
    assert.ok(!body.includes('gone'));
    await http.close();
  });
});
