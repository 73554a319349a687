/** How the playground's build is served: its document, its files, and what stays with the protocols. */
import assert from 'node:assert/strict';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, describe, test } from 'node:test';
import { brotliCompressSync, brotliDecompressSync } from 'node:zlib';
import { TestServer } from '#tests/fixtures/test-server.ts';

const DOCUMENT = '<!doctype html><title>Playground</title>';
const SCRIPT = 'console.log("hello");'.repeat(50);
const HTML = { headers: { accept: 'text/html,application/xhtml+xml' } };

describe('the playground’s page', { timeout: 30_000 }, () => {
  let folder: string;
  let server: TestServer;
  before(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'animatic-page-'));
    await mkdir(path.join(folder, 'dist/assets'), { recursive: true });
    await writeFile(path.join(folder, 'secret.txt'), 'secret');
    await writeFile(path.join(folder, 'dist/index.html'), DOCUMENT);
    await writeFile(path.join(folder, 'dist/theme.js'), 'theme');
    await writeFile(path.join(folder, 'dist/assets/index-abc123.js'), SCRIPT);
    await writeFile(path.join(folder, 'dist/assets/index-abc123.js.br'), brotliCompressSync(SCRIPT));
    server = await TestServer.start({ playgroundFolder: path.join(folder, 'dist') });
  });
  after(async () => {
    await server.close();
    await rm(folder, { recursive: true });
  });

  test('every address that a person opens is the one document, with a strict policy', async () => {
    for (const address of ['/', '/runs?state=failed', '/models/fal/bytedance/seedance-2.0/image-to-video']) {
      const { status, headers, body } = await server.anonymous.get(address, HTML);
      assert.deepEqual([status, body], [200, DOCUMENT], address);
      assert.equal(headers.get('content-type'), 'text/html; charset=utf-8');
      assert.equal(headers.get('cache-control'), 'no-cache');
      assert.equal(headers.get('x-content-type-options'), 'nosniff');
      const policy = headers.get('content-security-policy')!;
      for (const rule of ["default-src 'none'", "script-src 'self'", "frame-ancestors 'none'"])
        assert.ok(policy.split('; ').includes(rule), policy);
      assert.ok(!policy.includes('unsafe'));
    }
  });

  test('the root is the page for whoever asks, also for its headers alone', async () => {
    assert.equal((await server.anonymous.get('/')).body, DOCUMENT);
    assert.equal((await server.anonymous.call('HEAD', '/')).status, 200);
  });

  test('a part of a file is sent to players that seek', async () => {
    const { status, body } = await server.anonymous.get('/theme.js', { headers: { range: 'bytes=1-2' } });
    assert.deepEqual([status, body], [206, 'he']);
  });

  test('a file with a hash in its name is kept for ever, and sent compressed to those who read that', async () => {
    const url = `${server.url}/assets/index-abc123.js`;
    const plain = await fetch(url, { headers: { 'accept-encoding': 'identity' } });
    assert.equal(await plain.text(), SCRIPT);
    assert.equal(plain.headers.get('cache-control'), 'public, max-age=31536000, immutable');
    assert.match(plain.headers.get('content-type')!, /javascript/);
    const packed = await server.http.inject({
      url: '/assets/index-abc123.js',
      headers: { 'accept-encoding': 'br' },
    });
    assert.equal(packed.headers['content-encoding'], 'br');
    assert.match(String(packed.headers['content-type']), /javascript/);
    assert.match(String(packed.headers.vary), /accept-encoding/i);
    assert.equal(brotliDecompressSync(packed.rawPayload).toString(), SCRIPT);
  });

  test('of other files is asked whether they have changed', async () => {
    const first = await fetch(`${server.url}/theme.js`);
    assert.equal(first.headers.get('cache-control'), 'no-cache');
    const headers = { 'if-none-match': first.headers.get('etag')! };
    assert.equal((await server.http.inject({ url: '/theme.js', headers })).statusCode, 304);
  });

  test('what a program asks for and is not there is an error, also below the protocols’ paths', async () => {
    for (const [address, options] of [
      ['/assets/gone.js', {}],
      ['/nothing', {}],
      ['/api/v3/nothing', HTML],
      ['/admin/nothing', HTML],
      ['/files/nothing/x.mp4', HTML],
    ] as const) {
      const { status, headers } = await server.customer.client.get(address, options);
      assert.equal(status, 404, address);
      assert.match(headers.get('content-type')!, /json/);
    }
    assert.equal((await server.anonymous.post('/', {}, HTML)).status, 404);
  });

  test('no address leads out of the build', async () => {
    for (const address of ['/..%2fsecret.txt', '/%2e%2e/secret.txt', '/assets/..%2f..%2fsecret.txt', '/%']) {
      const { body } = await server.http.inject({ url: address, headers: HTML.headers });
      assert.ok(!body.includes('secret'), address);
    }
  });

  test('where nothing is built, the page says how to build it', async () => {
    await using bare = await TestServer.start({ playgroundFolder: path.join(folder, 'empty') });
    const { status, headers, body } = await bare.anonymous.get('/', HTML);
    assert.equal(status, 200);
    assert.match(headers.get('content-type')!, /^text\/html/);
    assert.match(body, /npm run playground/);
  });
});
