import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { HmacSigner } from './hmac-signer.ts';

describe('hmac signer', () => {
  test('agrees with a published vector (RFC 4231, test case 6: a key of 131 bytes 0xaa)', () => {
    const signer = new HmacSigner(new Uint8Array(131).fill(0xaa));
    assert.equal(
      signer.sign('Test Using Larger Than Block-Size Key - Hash Key First'),
      '60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54',
    );
  });

  test('accepts its own signature and nothing else', () => {
    const signer = new HmacSigner(new Uint8Array(32).fill(1));
    const signature = signer.sign('task 7');
    assert.ok(signer.verify('task 7', signature));
    assert.ok(!signer.verify('task 8', signature));
    assert.ok(!new HmacSigner(new Uint8Array(32).fill(2)).verify('task 7', signature));
    for (const forged of [
      '',
      'x',
      signature.slice(1),
      `${signature}0`,
      signature.toUpperCase(),
      `${signature.slice(0, 63)}é`,
    ]) {
      assert.ok(!signer.verify('task 7', forged), forged);
    }
  });

  test('keeps its own copy of the key', () => {
    const key = new Uint8Array(32).fill(3);
    const signer = new HmacSigner(key);
    const signature = signer.sign('text');
    key.fill(0);
    assert.equal(signer.sign('text'), signature);
  });

  test('refuses a short key', () => {
    assert.throws(() => new HmacSigner(new Uint8Array(31)), RangeError);
  });
});
