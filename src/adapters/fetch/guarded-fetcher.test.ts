import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import type { IncomingHttpHeaders, RequestListener } from 'node:http';
import { describe, test } from 'node:test';
import { createServer as createTlsServer } from 'node:tls';
import { brotliCompressSync, deflateSync, gzipSync } from 'node:zlib';
import { openFetchBench, resolveTestHost } from '#tests/fixtures/fetch-bench.ts';
import { GuardedFetcher, type GuardedFetcherOptions } from './guarded-fetcher.ts';

const { assertRefused, listen, onEnd, serve, target } = openFetchBench();
const PICTURE = Buffer.from(Array.from({ length: 3000 }, (_, index) => index % 251));
const ROOMY = { maxBytes: 1_000_000 };

function loopbackFetcher(options: Partial<GuardedFetcherOptions> = {}): GuardedFetcher {
  return new GuardedFetcher({ allowedRanges: ['127.0.0.1/32'], resolveHost: resolveTestHost, ...options });
}

const servePicture: RequestListener = (_request, response) => {
  response.writeHead(200, { 'content-type': 'Image/PNG; charset=binary' }).end(PICTURE);
};

describe('what is fetched', { timeout: 20_000 }, () => {
  test('a file arrives whole, with its declared type', async () => {
    const port = await serve(servePicture);
    const fetched = await loopbackFetcher().fetch(`http://media.test:${port}/a.png`, target(), ROOMY);
    assert.deepEqual(fetched, { filePath: target(), byteLength: PICTURE.length, contentType: 'image/png' });
    assert.deepEqual(await readFile(target()), PICTURE);
  });

  test('a missing content type is undefined', async () => {
    const port = await serve((_request, response) => response.end(PICTURE));
    const fetched = await loopbackFetcher().fetch(`http://media.test:${port}/`, target(), ROOMY);
    assert.equal(fetched.contentType, undefined);
  });

  test('the Host header keeps the name, and no credentials or cookies are sent', async () => {
    let headers: IncomingHttpHeaders = {};
    const port = await serve((request, response) => {
      headers = request.headers;
      response.end(PICTURE);
    });
    await loopbackFetcher().fetch(`http://media.test.:${port}/`, target(), ROOMY);
    assert.equal(headers.host, `media.test:${port}`);
    assert.equal(headers.authorization, undefined);
    assert.equal(headers.cookie, undefined);
  });

  test("TLS asks for the name, and an untrusted server's certificate is refused", async () => {
    const asked: string[] = [];
    const server = createTlsServer({
      SNICallback: (name, callback) => {
        asked.push(name);
        callback(null);
      },
    });
    server.on('tlsClientError', () => {});
    const port = await listen(server);
    await assertRefused(
      loopbackFetcher().fetch(`https://media.test:${port}/`, target(), ROOMY),
      'media_access_failed',
    );
    assert.deepEqual(asked, ['media.test']);
  });

  for (const [coding, body] of [
    ['gzip', gzipSync(PICTURE)],
    ['br', brotliCompressSync(PICTURE)],
    ['deflate', deflateSync(PICTURE)],
    ['deflate, GZIP', gzipSync(deflateSync(PICTURE))],
    ['identity', PICTURE],
  ] as const) {
    test(`content coding "${coding}" is undone`, async () => {
      const port = await serve((_request, response) =>
        response.writeHead(200, { 'content-encoding': coding }).end(body),
      );
      const fetched = await loopbackFetcher().fetch(`http://media.test:${port}/`, target(), ROOMY);
      assert.equal(fetched.byteLength, PICTURE.length);
      assert.deepEqual(await readFile(target()), PICTURE);
    });
  }

  test('proxies named in the environment are not used', async () => {
    const port = await serve(servePicture);
    const proxy = await serve((_request, response) => response.end('proxied'));
    const saved = { ...process.env };
    onEnd(() => {
      for (const name of ['HTTP_PROXY', 'http_proxy', 'NODE_USE_ENV_PROXY']) {
        if (saved[name] === undefined) delete process.env[name];
        else process.env[name] = saved[name];
      }
    });
    Object.assign(process.env, {
      HTTP_PROXY: `http://127.0.0.1:${proxy}`,
      http_proxy: `http://127.0.0.1:${proxy}`,
      NODE_USE_ENV_PROXY: '1',
    });
    await loopbackFetcher().fetch(`http://media.test:${port}/`, target(), ROOMY);
    assert.deepEqual(await readFile(target()), PICTURE);
  });
});

describe('names that change their answer', { timeout: 20_000 }, () => {
  test('the connection goes to the address that was judged', {
    skip: process.platform !== 'linux',
  }, async () => {
    const asked: string[] = [];
    const port = await serve((_request, response) => response.end('judged'));
    await serve((_request, response) => response.end('rebound'), '127.0.0.2', port);
    const rebinding = loopbackFetcher({
      resolveHost: async (hostname) => {
        asked.push(hostname);
        return [asked.length === 1 ? '127.0.0.1' : '127.0.0.2'];
      },
    });
    await rebinding.fetch(`http://rebind.test:${port}/`, target(), ROOMY);
    assert.equal(await readFile(target(), 'utf8'), 'judged');
    assert.deepEqual(asked, ['rebind.test']);
  });

  test('a redirect to the same name is judged anew', { skip: process.platform !== 'linux' }, async () => {
    let lookups = 0;
    const requested: string[] = [];
    const port = await serve((request, response) => {
      requested.push(request.url ?? '');
      response.writeHead(302, { location: '/second' }).end();
    });
    const rebinding = loopbackFetcher({
      resolveHost: async () => [lookups++ === 0 ? '127.0.0.1' : '127.0.0.2'],
    });
    await assertRefused(
      rebinding.fetch(`http://rebind.test:${port}/first`, target(), ROOMY),
      'media_address_refused',
    );
    assert.deepEqual(requested, ['/first']);
  });

  test('a second address is tried when the first does not answer', {
    skip: process.platform !== 'linux',
  }, async () => {
    const port = await serve(servePicture);
    const doubled = loopbackFetcher({
      allowedRanges: ['127.0.0.0/8'],
      resolveHost: async () => ['127.0.0.9', '127.0.0.1'],
    });
    await doubled.fetch(`http://doubled.test:${port}/`, target(), ROOMY);
    assert.deepEqual(await readFile(target()), PICTURE);
  });
});

describe('redirects', { timeout: 20_000 }, () => {
  const redirecting =
    (locations: Readonly<Record<string, string>>): RequestListener =>
    (request, response) => {
      const location = locations[request.url ?? ''];
      if (location === undefined) response.end(PICTURE);
      else response.writeHead(307, { location }).end('moved');
    };

  test('five are followed, relative ones too', async () => {
    const port = await serve(redirecting({ '/0': '/1', '/1': './2', '/3': '4', '/4': '/5' }));
    const other = await serve(
      redirecting({ '/0': '/1', '/1': './2', '/2': `//other.test:${port}/3`, '/3': '4', '/4': '/5' }),
    );
    await loopbackFetcher().fetch(`http://media.test:${other}/0`, target(), ROOMY);
    assert.deepEqual(await readFile(target()), PICTURE);
  });

  test('a sixth is not', async () => {
    const port = await serve((_request, response) => response.writeHead(301, { location: '/again' }).end());
    await assertRefused(
      loopbackFetcher().fetch(`http://media.test:${port}/`, target(), ROOMY),
      'media_access_failed',
      /redirected more than 5/,
    );
  });

  for (const location of [
    'http://10.0.0.1/',
    'http://[::1]/',
    'http://2130706434/',
    'file:///etc/passwd',
    'http://user:pw@media.test/',
  ]) {
    test(`one to ${location} is refused`, async () => {
      const port = await serve((_request, response) => response.writeHead(302, { location }).end());
      await assertRefused(
        loopbackFetcher().fetch(`http://media.test:${port}/`, target(), ROOMY),
        'media_address_refused',
      );
    });
  }

  test('one without a target is an error', async () => {
    const port = await serve((_request, response) => response.writeHead(302).end());
    await assertRefused(
      loopbackFetcher().fetch(`http://media.test:${port}/`, target(), ROOMY),
      'media_access_failed',
      /without saying where/,
    );
  });
});
