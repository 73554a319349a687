import assert from 'node:assert/strict';
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, it } from 'node:test';
import { AnimaticError } from '#domain/errors.ts';
import { instant } from '#domain/instant.ts';
import type { Clock } from '#ports/clock.ts';
import { nothingWasSent } from './connection-failure.ts';
import { withoutKeys } from './credentials.ts';
import { retryAfterMs } from './retry-after.ts';
import { UpstreamClient } from './upstream-client.ts';
import { UpstreamTrouble } from './upstream-trouble.ts';

const CREDENTIAL = { name: 'main', apiKey: 'key-of-the-operator' };

describe('the client of a paid service', { timeout: 20_000 }, () => {
  let server: Server;
  let client: UpstreamClient;
  let closed: Promise<void> | undefined;
  /** Pauses that the client made. */
  let pauses: number[];
  let requests: string[];

  afterEach(async () => {
    await (closed ?? client.close());
    closed = undefined;
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });

  async function open(...listeners: readonly RequestListener[]): Promise<void> {
    requests = [];
    pauses = [];
    server = createServer((request, response) => {
      requests.push(`${request.method} ${request.url}`);
      request
        .resume()
        .on('end', () => listeners[Math.min(requests.length, listeners.length) - 1]!(request, response));
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const clock: Clock = {
      now: () => instant(1000),
      sleep: async (durationMs) => void pauses.push(durationMs),
    };
    client = new UpstreamClient({
      engine: 'bought',
      baseUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}/api`,
      authorize: (apiKey) => `Bearer ${apiKey}`,
      clock,
      random: () => 0,
      timeouts: { connectMs: 1000, submitMs: 200, readMs: 200 },
      retryPauseMs: 100,
    });
  }

  const answer =
    (status: number, headers: Readonly<Record<string, string>> = {}): RequestListener =>
    (_request, response) =>
      void response.writeHead(status, headers).end('{"said":true}');
  const reset: RequestListener = ({ socket }) => socket.destroy();
  const silence: RequestListener = () => {};

  const ask = () => client.ask({ method: 'GET', url: '/task', credential: CREDENTIAL });
  const submit = () =>
    client.submit({ method: 'POST', url: '/task', credential: CREDENTIAL, json: { a: 1 } });

  it('repeats a question after what passes, at the pace that the service asks for', async () => {
    await open(answer(503), answer(429, { 'retry-after': '3' }), answer(200));
    assert.deepEqual((await ask()).body, { said: true });
    assert.deepEqual(requests, ['GET /api/task', 'GET /api/task', 'GET /api/task']);
    assert.deepEqual(pauses, [100, 3000]);
  });

  it('gives a question up after three tries', async () => {
    await open(reset);
    await assert.rejects(ask(), UpstreamTrouble);
    assert.equal(requests.length, 3);
  });

  it('does not repeat a question that was answered, whatever the answer', async () => {
    await open(answer(404));
    assert.equal((await ask()).status, 404);
    assert.equal(requests.length, 1);
  });

  it('takes a server error for an answer where that is one', async () => {
    await open(answer(500));
    const exchange = { method: 'GET', url: '/result', takesServerErrors: true } as const;
    assert.equal((await client.ask(exchange)).status, 500);
  });

  for (const [what, listener] of [
    ['a reset', reset],
    ['silence', silence],
  ] as const) {
    it(`sends a submit once, and after ${what} does not know what it bought`, async () => {
      await open(listener);
      await assert.rejects(submit(), (error) => {
        assert.ok(error instanceof AnimaticError);
        assert.equal(error.code, 'engine_start_unknown');
        assert.ok(!error.message.includes(CREDENTIAL.apiKey));
        return true;
      });
      assert.equal(requests.length, 1);
    });
  }

  it('sends every submit over a connection of its own', async () => {
    await open(answer(200));
    const ports = new Set<number | undefined>();
    server.on('request', ({ socket }) => ports.add(socket.remotePort));
    await submit();
    await submit();
    assert.equal(ports.size, 2);
  });

  it('waits for a submit under way when it is closed', async () => {
    let finish = () => {};
    await open((_request, response) => {
      finish = () => response.end('{"id":"bought"}');
    });
    const submitted = submit();
    while (requests.length === 0) await new Promise((resolve) => setImmediate(resolve));
    closed = client.close();
    finish();
    assert.deepEqual((await submitted).body, { id: 'bought' });
  });
});

describe('what a failed connection proves', () => {
  it('that nothing was sent where none came about', () => {
    assert.ok(nothingWasSent({ code: 'ECONNREFUSED' }));
    assert.ok(nothingWasSent({ code: 'ENOTFOUND', syscall: 'getaddrinfo' }));
    assert.ok(nothingWasSent({ code: 'ETIMEDOUT', syscall: 'connect' }));
    assert.ok(nothingWasSent({ code: 'UND_ERR_CONNECT_TIMEOUT' }));
  });

  it('nothing otherwise', () => {
    for (const error of [{ code: 'ECONNRESET', syscall: 'read' }, { code: 'ETIMEDOUT' }, { code: 'EPIPE' }])
      assert.equal(nothingWasSent(error), false);
    for (const error of [undefined, null, 'ECONNREFUSED', new Error('other side closed')])
      assert.equal(nothingWasSent(error), false);
  });
});

describe('Retry-After', () => {
  it('is a number of seconds or a date, and at most ten minutes', () => {
    const now = instant(Date.parse('2026-05-01T12:00:00Z'));
    assert.equal(retryAfterMs('3', now), 3000);
    assert.equal(retryAfterMs('Fri, 01 May 2026 12:00:20 GMT', now), 20_000);
    assert.equal(retryAfterMs('Fri, 01 May 2026 11:00:00 GMT', now), 0);
    assert.equal(retryAfterMs('86400', now), 600_000);
    assert.equal(retryAfterMs('soon', now), undefined);
    assert.equal(retryAfterMs(undefined, now), undefined);
  });
});

describe('keys in the words of a service', () => {
  it('are taken out, whole and by halves', () => {
    const credentials = [{ name: 'main', apiKey: 'abcdef:012345' }] as const;
    assert.equal(
      withoutKeys('key abcdef:012345, id abcdef, secret 012345', credentials),
      'key ***, id ***, secret ***',
    );
  });
});
