import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { AnimaticError } from '#domain/errors.ts';
import { AddressPolicy } from './address-policy.ts';

/** Address -> the kind it is refused as. */
const REFUSED: Readonly<Record<string, string>> = {
  '127.0.0.1': 'loopback',
  '127.255.255.254': 'loopback',
  '0.0.0.0': 'unspecified',
  '0.1.2.3': 'unspecified',
  '10.0.0.1': 'private',
  '172.16.0.1': 'private',
  '172.31.255.255': 'private',
  '192.168.1.1': 'private',
  '169.254.169.254': 'link-local',
  '100.64.0.1': 'carrier-grade NAT',
  '100.127.255.255': 'carrier-grade NAT',
  '192.0.2.1': 'reserved',
  '198.18.0.1': 'reserved',
  '203.0.113.9': 'reserved',
  '224.0.0.1': 'multicast',
  '240.0.0.1': 'reserved',
  '255.255.255.255': 'reserved',
  '::': 'unspecified',
  '::1': 'loopback',
  'fe80::1': 'link-local',
  'fe80::1%eth0': 'link-local',
  'fc00::1': 'private',
  'fd12:3456::1': 'private',
  'fec0::1': 'reserved',
  'ff02::1': 'multicast',
  '2001:db8::1': 'reserved',
  '::ffff:127.0.0.1': 'loopback',
  '::ffff:a00:1': 'private',
  '::ffff:0:127.0.0.1': 'reserved',
  '::127.0.0.1': 'reserved',
  '64:ff9b::a9fe:a9fe': 'link-local',
  '64:ff9b:1::a00:1': 'reserved',
  '2002:7f00:1::': 'reserved',
  '2002:808:808::': 'reserved',
  '2001:0:4136:e378:8000:63bf:3fff:fdd2': 'reserved',
  '4000::1': 'reserved',
  'not an address': 'malformed',
};

const PUBLIC = [
  '8.8.8.8',
  '1.1.1.1',
  '172.32.0.1',
  '100.128.0.1',
  '2606:4700:4700::1111',
  '2a00:1450::1',
  '::ffff:8.8.8.8',
  '64:ff9b::808:808',
];

describe('address policy', () => {
  const policy = new AddressPolicy([]);

  for (const [address, kind] of Object.entries(REFUSED)) {
    test(`refuses ${address} as ${kind}`, () => assert.equal(policy.refusalOf(address), kind));
  }

  for (const address of PUBLIC) {
    test(`allows ${address}`, () => assert.equal(policy.refusalOf(address), undefined));
  }

  test('opens exactly the ranges that the operator names', () => {
    const opened = new AddressPolicy(['127.0.0.0/8', '10.1.0.0/16', 'fd00::/8', '::1/128']);
    for (const address of [
      '127.0.0.1',
      '10.1.2.3',
      'fd12::1',
      '::1',
      '::ffff:10.1.2.3',
      '64:ff9b::a01:203',
      '8.8.8.8',
    ]) {
      assert.equal(opened.refusalOf(address), undefined, address);
    }
    for (const address of [
      '10.2.0.1',
      '192.168.0.1',
      'fc00::1',
      '::ffff:10.2.0.1',
      '::',
      '169.254.169.254',
    ]) {
      assert.notEqual(opened.refusalOf(address), undefined, address);
    }
  });

  test('a range of embedded addresses can be opened by its IPv6 form', () => {
    assert.equal(new AddressPolicy(['2002:7f00:1::/48']).refusalOf('2002:7f00:1::5'), undefined);
    assert.equal(new AddressPolicy(['::ffff:10.0.0.0/104']).refusalOf('::ffff:10.1.2.3'), undefined);
  });

  for (const bad of [
    '',
    'localhost',
    '10.0.0.0',
    '10.0.0.0/33',
    '10.1/8',
    '0x7f.0.0.0/8',
    'fd00::/129',
    '10.0.0.0/8,fd00::/8',
    '*',
  ]) {
    test(`"${bad}" is a bad setting`, () => {
      assert.throws(
        () => new AddressPolicy([bad]),
        (error) =>
          error instanceof AnimaticError &&
          error.code === 'bad_setting' &&
          error.message.includes(`"${bad}"`),
      );
    });
  }
});
