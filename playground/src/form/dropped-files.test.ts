import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { isAccepted, isAddress } from './dropped-files.ts';

const ACCEPT = 'image/jpeg,image/png';
const file = (name: string, type = '') => new File(['x'], name, { type });

describe('what may be dropped', () => {
  it('is told by the type, and by the ending where the system knows no type', () => {
    assert.ok(isAccepted(file('a.bin', 'image/png'), ACCEPT));
    assert.ok(isAccepted(file('a.JPG'), ACCEPT));
    assert.equal(isAccepted(file('a.webp', 'image/webp'), ACCEPT), false);
    assert.equal(isAccepted(file('a'), ACCEPT), false);
    assert.ok(isAccepted(file('anything'), undefined));
  });

  it('is an address of the web or one that holds the file itself', () => {
    assert.ok(isAddress('https://example.com/a.jpg'));
    assert.ok(isAddress(' data:image/png;base64,AAAA '));
    for (const text of ['example.com/a.jpg', 'file:///a.jpg', 'javascript:alert(1)', 'https://a b', ''])
      assert.equal(isAddress(text), false, text);
  });
});
