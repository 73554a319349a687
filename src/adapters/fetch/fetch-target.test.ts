import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { openFetchBench } from '#tests/fixtures/fetch-bench.ts';
import { GuardedFetcher } from './guarded-fetcher.ts';

const { assertRefused, target } = openFetchBench();
const ROOMY = { maxBytes: 1_000_000 };

describe('addresses that are refused', { timeout: 20_000 }, () => {
  const guarded = new GuardedFetcher({ allowedRanges: [], resolveHost: async () => ['127.0.0.1'] });

  for (const host of [
    '127.0.0.1',
    '2130706433',
    '0x7f.1',
    '0x7f000001',
    '0177.0.0.1',
    '127.1',
    '127.0.0.1.',
    '0',
    '0.0.0.0',
    '[::1]',
    '[::]',
    '[::ffff:127.0.0.1]',
    '[::ffff:7f00:1]',
    '[::127.0.0.1]',
    '[64:ff9b::7f00:1]',
    '[2002:7f00:1::]',
    '[fe80::1]',
    '[fd00:ec2::254]',
    '169.254.169.254',
    '10.0.0.1',
    '192.168.0.1',
    '100.64.0.1',
    '224.0.0.1',
    '255.255.255.255',
    '１２７.0.0.1',
    '127。0。0。1',
  ]) {
    test(`http://${host}/ without a lookup`, async () => {
      const strict = new GuardedFetcher({
        allowedRanges: [],
        resolveHost: () => assert.fail('looked up an address'),
      });
      await assertRefused(
        strict.fetch(`http://${host}/`, target(), ROOMY),
        'media_address_refused',
        /ANIMATIC_ALLOW_PRIVATE_URLS/,
      );
    });
  }

  for (const host of ['localhost', 'localhost.', 'LOCALHOST']) {
    test(`http://${host}/ as this machine resolves it`, async () => {
      const system = new GuardedFetcher({ allowedRanges: [] });
      await assertRefused(
        system.fetch(`http://${host}/`, target(), ROOMY),
        'media_address_refused',
        /loopback/,
      );
    });
  }

  test('a name whose address is private, without telling the address', async () => {
    await assertRefused(
      guarded.fetch('http://intern.example/', target(), ROOMY),
      'media_address_refused',
      /^((?!127\.0\.0\.1).)*$/,
    );
  });

  test('a name with one public and one private address', async () => {
    const mixed = new GuardedFetcher({
      allowedRanges: [],
      resolveHost: async () => ['93.184.216.34', '10.0.0.1'],
    });
    await assertRefused(
      mixed.fetch('http://mixed.example/', target(), ROOMY),
      'media_address_refused',
      /private/,
    );
  });

  for (const url of [
    'ftp://media.test/a',
    'file:///etc/passwd',
    'data:text/plain,hi',
    'gopher://media.test/',
    'javascript:0',
  ]) {
    test(`${url}: only http and https`, () =>
      assertRefused(guarded.fetch(url, target(), ROOMY), 'media_address_refused', /scheme/));
  }

  for (const url of [
    'http://user@media.test/',
    'http://user:secret@media.test/',
    'http://:secret@media.test/',
  ]) {
    test(`${url}: no credentials, and they are not repeated`, () =>
      assertRefused(guarded.fetch(url, target(), ROOMY), 'media_address_refused', /^((?!secret).)*$/));
  }

  for (const text of ['', 'media.test/a.png', 'http://', 'http://a b/', 'http://[::1']) {
    test(`"${text}" is no URL`, () =>
      assertRefused(guarded.fetch(text, target(), ROOMY), 'media_access_failed', /not a URL/));
  }

  test('a bad range stops at once', () => {
    assert.throws(() => new GuardedFetcher({ allowedRanges: ['intranet'] }), { code: 'bad_setting' });
  });
});
