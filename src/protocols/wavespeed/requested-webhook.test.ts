import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { requestedWebhook } from './requested-webhook.ts';

const PATH = '/api/v3/a/b';

/** Path and query -> the URL that they name. */
const QUERIES: readonly (readonly [query: string, url: string | undefined])[] = [
  ['', undefined],
  ['?webhook=', undefined],
  ['?webhooks=https://a.example', undefined],
  ['?my_webhook=https://a.example', undefined],
  ['?webhook=https%3A%2F%2Fa.example%2Fhook%3Fx%3D1%26y%3D%2520', 'https://a.example/hook?x=1&y=%20'],
  ['?webhook=https%3A//a.example/hook%3Fx%3D1&other=2', 'https://a.example/hook?x=1'],
  ['?other=2&webhook=https%3A%2F%2Fa.example', 'https://a.example'],
  ['?webhook=https://a.example/hook?x=1&y=%20', 'https://a.example/hook?x=1&y=%20'],
  ['?webhook=HTTP://a.example/?to=b&webhook=c', 'HTTP://a.example/?to=b&webhook=c'],
  ['?other=2&webhook=https://a.example/?x=1&y=2', 'https://a.example/?x=1&y=2'],
  ['?webhook=nonsense&x=1', 'nonsense'],
];

describe('the webhook of a WaveSpeed submit', () => {
  for (const [query, url] of QUERIES) {
    it(`"${query}"`, () => {
      const expected = url === undefined ? undefined : { url, parameter: 'webhook' };
      assert.deepEqual(requestedWebhook(PATH + query, {}), expected);
    });
  }

  it('stands in the body, where the query names none', () => {
    const body = { webhook_url: 'https://body.example' };
    const parameter = 'webhook_url';
    assert.deepEqual(requestedWebhook(PATH, body), { url: 'https://body.example', parameter });
    assert.deepEqual(requestedWebhook(`${PATH}?webhook=`, body), { url: 'https://body.example', parameter });
    assert.equal(requestedWebhook(`${PATH}?webhook=https://a.example`, body)?.parameter, 'webhook');
    for (const none of [null, '']) assert.equal(requestedWebhook(PATH, { webhook_url: none }), undefined);
    assert.throws(() => requestedWebhook(PATH, { webhook_url: 5 }), { code: 'webhook_url_refused' });
  });
});
