import assert from 'node:assert/strict';
import { readdir, readFile } from 'node:fs/promises';
import type { RequestListener } from 'node:http';
import { createServer as createTcpServer } from 'node:net';
import path from 'node:path';
import { describe, test } from 'node:test';
import { gzipSync } from 'node:zlib';
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

describe('limits', { timeout: 20_000 }, () => {
  const small = { maxBytes: 1000 };
  const endless = gzipSync(Buffer.alloc(5_000_000));

  test('a declared length above the limit ends the fetch before the body', async () => {
    const port = await serve((_request, response) => {
      response.writeHead(200, { 'content-length': '1001' }).flushHeaders();
    });
    await assertRefused(
      loopbackFetcher().fetch(`http://media.test:${port}/`, target(), small),
      'media_too_large',
      /1,000 bytes/,
    );
  });

  test('an undeclared length is counted while it streams', async () => {
    const port = await serve((_request, response) => {
      response.writeHead(200);
      const send = () => {
        if (response.write(Buffer.alloc(400))) setImmediate(send);
        else response.once('drain', send);
      };
      send();
    });
    await assertRefused(
      loopbackFetcher().fetch(`http://media.test:${port}/`, target(), small),
      'media_too_large',
    );
  });

  test('what comes out of a decompression counts', async () => {
    const port = await serve((_request, response) =>
      response.writeHead(200, { 'content-encoding': 'gzip' }).end(endless),
    );
    assert.ok(endless.length < 10_000);
    await assertRefused(
      loopbackFetcher().fetch(`http://media.test:${port}/`, target(), { maxBytes: 10_000 }),
      'media_too_large',
    );
  });

  test('exactly the limit is allowed', async () => {
    const port = await serve((_request, response) => response.end(Buffer.alloc(1000)));
    assert.equal(
      (await loopbackFetcher().fetch(`http://media.test:${port}/`, target(), small)).byteLength,
      1000,
    );
  });

  test('an error status, its long answer unread', async () => {
    const port = await serve((_request, response) => response.writeHead(404).end(Buffer.alloc(2_000_000)));
    await assertRefused(
      loopbackFetcher().fetch(`http://media.test:${port}/`, target(), ROOMY),
      'media_access_failed',
      /HTTP 404/,
    );
  });

  test('a body that breaks off', async () => {
    const port = await serve((_request, response) => {
      response.writeHead(200, { 'content-length': '500' });
      response.write(Buffer.alloc(100), () => response.destroy());
    });
    await assertRefused(
      loopbackFetcher().fetch(`http://media.test:${port}/`, target(), ROOMY),
      'media_access_failed',
      /broke/,
    );
  });

  test('a compressed body that breaks off', async () => {
    const port = await serve((_request, response) =>
      response.writeHead(200, { 'content-encoding': 'gzip' }).end(gzipSync(PICTURE).subarray(0, 60)),
    );
    await assertRefused(
      loopbackFetcher().fetch(`http://media.test:${port}/`, target(), ROOMY),
      'media_access_failed',
      /broke off/,
    );
  });

  for (const coding of ['zstd', 'gzip, gzip, gzip', 'constructor']) {
    test(`content coding "${coding}"`, async () => {
      const port = await serve((_request, response) =>
        response.writeHead(200, { 'content-encoding': coding }).end(PICTURE),
      );
      await assertRefused(
        loopbackFetcher().fetch(`http://media.test:${port}/`, target(), ROOMY),
        'media_access_failed',
        /unknown way/,
      );
    });
  }

  test('a name that does not exist', () =>
    assertRefused(
      loopbackFetcher().fetch('http://nowhere.example/', target(), ROOMY),
      'media_access_failed',
      /does not exist/,
    ));

  test('a port that nobody listens on', async () => {
    const server = createTcpServer();
    const port = await listen(server);
    await new Promise((resolve) => server.close(resolve));
    await assertRefused(
      loopbackFetcher().fetch(`http://media.test:${port}/`, target(), ROOMY),
      'media_access_failed',
      /accept connections/,
    );
  });

  test('an existing file is neither overwritten nor removed', async () => {
    const port = await serve(servePicture);
    await loopbackFetcher().fetch(`http://media.test:${port}/`, target(), ROOMY);
    await assert.rejects(loopbackFetcher().fetch(`http://media.test:${port}/`, target(), ROOMY), {
      code: 'EEXIST',
    });
    assert.deepEqual(await readFile(target()), PICTURE);
  });
});

describe('time', { timeout: 20_000 }, () => {
  const silent = () => listen(createTcpServer(() => {}));

  test('a server that sends no headers', async () => {
    const port = await silent();
    const impatient = loopbackFetcher({ timeouts: { headersMs: 50 } });
    await assertRefused(
      impatient.fetch(`http://media.test:${port}/`, target(), ROOMY),
      'media_access_failed',
      /answer in time/,
    );
  });

  test('a server that stops in the middle of the body', async () => {
    const port = await serve((_request, response) => {
      response.write(Buffer.alloc(100));
    });
    const impatient = loopbackFetcher({ timeouts: { bodyIdleMs: 50 } });
    await assertRefused(
      impatient.fetch(`http://media.test:${port}/`, target(), ROOMY),
      'media_access_failed',
      /stopped sending/,
    );
  });

  test('a server that trickles is stopped by the total', async () => {
    const timers = new Set<NodeJS.Timeout>();
    const port = await serve((_request, response) => {
      timers.add(setInterval(() => response.write('x'), 5));
    });
    onEnd(() => timers.forEach(clearInterval));
    const impatient = loopbackFetcher({ timeouts: { totalMs: 80 } });
    await assertRefused(
      impatient.fetch(`http://media.test:${port}/`, target(), ROOMY),
      'media_access_failed',
      /longer than 0.08 seconds/,
    );
  });

  test('a lookup that never ends is stopped by the total', async () => {
    const stuck = loopbackFetcher({ timeouts: { totalMs: 30 }, resolveHost: () => new Promise(() => {}) });
    const keepAlive = setInterval(() => {}, 1000);
    onEnd(() => clearInterval(keepAlive));
    await assertRefused(
      stuck.fetch('http://media.test/', target(), ROOMY),
      'media_access_failed',
      /longer than/,
    );
  });

  test("the caller's abort rejects with its own reason and removes what was written", async () => {
    const controller = new AbortController();
    const reason = new Error('task cancelled');
    const port = await serve((_request, response) => {
      response.write(Buffer.alloc(100));
      controller.abort(reason);
    });
    const fetching = loopbackFetcher().fetch(`http://media.test:${port}/`, target(), {
      ...ROOMY,
      signal: controller.signal,
    });
    await assert.rejects(fetching, reason);
    assert.deepEqual(await readdir(path.dirname(target())), []);
    await assert.rejects(
      loopbackFetcher().fetch(`http://media.test:${port}/`, target(), {
        ...ROOMY,
        signal: controller.signal,
      }),
      reason,
    );
  });
});
