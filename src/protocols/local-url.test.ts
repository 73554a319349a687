import assert from 'node:assert/strict';
import { it } from 'node:test';
import { localUrl } from './local-url.ts';

const PATH = '/owner/alias/requests/1/status?logs=1';

it('addressing: the same request by path, by host name and through the proxy path is the same path here', () => {
  const expected = `/fal/queue${PATH}`;
  assert.equal(localUrl({ url: expected, headers: { host: 'localhost:8787' } }), expected);
  assert.equal(localUrl({ url: PATH, headers: { host: 'queue.fal.run' } }), expected);
  for (const url of ['/fal/proxy', '/fal/proxy/', '/fal/proxy?x=1']) {
    const headers = { host: 'localhost:8787', 'x-fal-target-url': `https://queue.fal.run${PATH}` };
    assert.equal(localUrl({ url, headers }), expected);
  }
});

it('addressing: each host has its place', () => {
  for (const [host, path, expected] of [
    ['fal.run', '/a/b', '/fal/run/a/b'],
    ['rest.fal.ai', '/tokens/', '/fal/rest/tokens/'],
    ['rest.alpha.fal.ai', '/tokens/', '/fal/rest/tokens/'],
    ['v3.fal.media', '/files/upload', '/fal/cdn/files/upload'],
    ['api.wavespeed.ai', '/api/v3/balance', '/api/v3/balance'],
    ['wavespeed.ai', '/center/default/api/v1/x', '/center/default/api/v1/x'],
    ['clips.example.com', '/healthz', '/healthz'],
  ])
    assert.equal(localUrl({ url: path!, headers: { host } }), expected);
});

it("fal proxy: the header counts on the proxy path alone, and only for fal's hosts", () => {
  const named = (target: string) => ({ host: 'localhost', 'x-fal-target-url': target });
  const elsewhere = { url: '/fal/run/a/b', headers: named('https://queue.fal.run/c/d') };
  assert.equal(localUrl(elsewhere), '/fal/run/a/b');
  for (const target of [
    'https://api.wavespeed.ai/api/v3/balance',
    'https://example.com/',
    'https://queue.fal.run.example.com/a/b',
    'http://queue.fal.run/a/b',
    'file:///etc/passwd',
    '/fal/queue/a/b',
    '',
  ])
    assert.equal(localUrl({ url: '/fal/proxy', headers: named(target) }), '/fal/proxy', target);
});
