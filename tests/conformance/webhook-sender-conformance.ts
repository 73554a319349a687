/** What every sender of webhooks promises (src/ports/webhook-sender.ts), run against each of them. */
import assert from 'node:assert/strict';
import type { IncomingHttpHeaders, RequestListener, Server } from 'node:http';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, test } from 'node:test';
import { AnimaticError } from '#domain/errors.ts';
import type { WebhookRequest, WebhookSender } from '#ports/webhook-sender.ts';

export interface SenderOptions {
  /** CIDRs that may be reached besides public addresses. */
  readonly allowedRanges: readonly string[];
  /** Replaces the look-up of names. */
  readonly resolveHost: (hostname: string) => Promise<readonly string[]>;
}

const LOOPBACK: SenderOptions = { allowedRanges: ['127.0.0.1/32'], resolveHost: async () => ['127.0.0.1'] };
const NEVER = new AbortController().signal;
/** Every byte value, so that nothing that re-encodes text goes unnoticed. */
const BODY = Uint8Array.from({ length: 512 }, (_, index) => index % 256);

const REFUSED_URLS = [
  'nonsense',
  `https://example.com/${'x'.repeat(5000)}`,
  '//example.com/',
  'ftp://example.com/',
  'file:///etc/passwd',
  'https://user:password@example.com/',
  'http://127.0.0.1:3000/',
  'http://localhost.:3000/',
  'http://2130706433/',
  'http://[::1]/',
  'http://[::ffff:10.0.0.1]/',
  'http://10.1.2.3/',
  'http://169.254.169.254/latest/meta-data/',
  'http://name-of-a-private-address.test/',
];

export function describeWebhookSender(name: string, create: (options: SenderOptions) => WebhookSender): void {
  describe(`${name} keeps the promises of a webhook sender`, { timeout: 20_000 }, () => {
    const servers: Server[] = [];
    afterEach(() => {
      for (const server of servers.splice(0)) {
        server.closeAllConnections();
        server.close();
      }
    });

    const serve = async (handler: RequestListener): Promise<string> => {
      const server = createServer(handler);
      servers.push(server);
      await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
      return `http://receiver.test:${(server.address() as AddressInfo).port}/hook?x=1`;
    };
    const send = (url: string, own: Partial<WebhookRequest> = {}, signal = NEVER) =>
      create(LOOPBACK).send({ url, headers: {}, body: BODY, timeoutMs: 5000, ...own }, signal);

    test('one POST arrives as it was given, without credentials or cookies', async () => {
      const seen: { method?: string; url?: string; headers: IncomingHttpHeaders; body: Buffer }[] = [];
      const url = await serve(async (request, response) => {
        const body = Buffer.concat(await request.toArray());
        seen.push({ method: request.method!, url: request.url!, headers: request.headers, body });
        response.writeHead(202).end();
      });
      const headers = { 'content-type': 'application/json', 'webhook-id': 'w1' };
      assert.deepEqual(await send(url, { headers }), { status: 202 });
      assert.equal(seen.length, 1);
      assert.deepEqual([seen[0]!.method, seen[0]!.url], ['POST', '/hook?x=1']);
      assert.deepEqual(seen[0]!.body, Buffer.from(BODY));
      const arrived = seen[0]!.headers;
      assert.deepEqual([arrived['content-type'], arrived['webhook-id']], ['application/json', 'w1']);
      assert.equal(arrived.host, new URL(url).host);
      for (const secret of ['authorization', 'cookie']) assert.equal(arrived[secret], undefined);
    });

    for (const status of [200, 301, 307, 400, 410, 500, 503]) {
      test(`HTTP ${status} is an answer, and nothing else is called because of it`, async () => {
        let requests = 0;
        const url = await serve((_request, response) => {
          requests += 1;
          response.writeHead(status, { location: '/elsewhere' }).end('some text');
        });
        assert.deepEqual(await send(url), { status });
        assert.equal(requests, 1);
      });
    }

    test('an answer counts from its headers on, however long its body trickles', async () => {
      const url = await serve((_request, response) => {
        response.writeHead(200);
        response.write('x');
      });
      assert.deepEqual(await send(url, { timeoutMs: 30_000 }), { status: 200 });
    });

    test('no answer in time', async () => {
      const url = await serve(() => {});
      assert.deepEqual(await send(url, { timeoutMs: 50 }), { error: 'no answer within 0.05 seconds' });
    });

    test('a look-up that never ends is a late answer too', async () => {
      const stuck = create({ ...LOOPBACK, resolveHost: () => new Promise(() => {}) });
      const keepAlive = setInterval(() => {}, 1000);
      const request = { url: 'https://receiver.test/', headers: {}, body: BODY, timeoutMs: 50 };
      assert.deepEqual(await stuck.send(request, NEVER), { error: 'no answer within 0.05 seconds' });
      clearInterval(keepAlive);
    });

    test('a connection that is refused or broken', async () => {
      const broken = await serve((request) => request.socket.destroy());
      assert.match(errorOf(await send(broken)), /broke the connection off/);
      for (const server of servers.splice(0)) await new Promise((resolve) => server.close(resolve));
      assert.match(errorOf(await send(broken)), /does not accept connections/);
    });

    test('an abort ends an attempt under way', async () => {
      const controller = new AbortController();
      const url = await serve(() => controller.abort());
      assert.match(errorOf(await send(url, {}, controller.signal)), /broken off because the server stopped/);
      assert.match(errorOf(await send(url, {}, controller.signal)), /broken off because the server stopped/);
    });

    test('an address is judged at each attempt, and the connection goes to the one that was judged', async () => {
      let requests = 0;
      const url = await serve((_request, response) => {
        requests += 1;
        response.end();
      });
      const answers = [['127.0.0.1'], ['127.0.0.2'], ['8.8.8.8', '10.0.0.1']];
      const rebinding = create({ ...LOOPBACK, resolveHost: async () => answers.shift() ?? [] });
      const request = { url, headers: {}, body: BODY, timeoutMs: 5000 };
      assert.deepEqual(await rebinding.send(request, NEVER), { status: 200 });
      assert.match(errorOf(await rebinding.send(request, NEVER)), /loopback address/);
      assert.match(errorOf(await rebinding.send(request, NEVER)), /private address/);
      assert.match(errorOf(await rebinding.send(request, NEVER)), /does not exist/);
      assert.equal(requests, 1);
    });

    for (const url of REFUSED_URLS) {
      test(`${url.slice(0, 60)} is refused at the submit and at the attempt`, async () => {
        const strict = create({ allowedRanges: [], resolveHost: async () => ['192.168.0.7'] });
        await assert.rejects(strict.check(url), isRefusal);
        const request = { url, headers: {}, body: BODY, timeoutMs: 5000 };
        assert.ok('error' in (await strict.send(request, NEVER)));
      });
    }

    test('a refused address says how the operator opens it', async () => {
      const strict = create({ allowedRanges: [], resolveHost: async () => [] });
      await assert.rejects(
        strict.check('http://127.0.0.1:3000/'),
        (error) => isRefusal(error) && /ANIMATIC_ALLOW_PRIVATE_URLS=127\.0\.0\.1\/32/.test(error.message),
      );
    });

    test('the check lets public, opened and not yet known names through, and calls nobody', async () => {
      const url = await serve(() => assert.fail('a check made a request'));
      await create(LOOPBACK).check(url);
      await create({ allowedRanges: [], resolveHost: async () => ['8.8.8.8'] }).check('https://a.test/');
      const unknown = async () => {
        throw Object.assign(new Error('unknown'), { code: 'ENOTFOUND' });
      };
      await create({ allowedRanges: [], resolveHost: unknown }).check('https://soon.test/');
    });

    test('the check waits two seconds for a name, no longer', async () => {
      const keepAlive = setInterval(() => {}, 1000);
      const stuck = create({ allowedRanges: [], resolveHost: () => new Promise(() => {}) });
      await stuck.check('https://slow.test/');
      clearInterval(keepAlive);
    });
  });
}

const errorOf = (answer: object): string => {
  assert.ok('error' in answer && typeof answer.error === 'string', JSON.stringify(answer));
  return answer.error;
};

const isRefusal = (error: unknown): error is AnimaticError =>
  error instanceof AnimaticError && error.code === 'webhook_url_refused' && error.path === undefined;
