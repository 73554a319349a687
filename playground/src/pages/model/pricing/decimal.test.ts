import assert from 'node:assert/strict';
import { it } from 'node:test';
import { decimalTimes } from './decimal.ts';

it('multiplies decimal text without rounding', () => {
  assert.equal(decimalTimes('0.024', 5), '0.12');
  assert.equal(decimalTimes('4.564588', 10), '45.64588');
  assert.equal(decimalTimes('0.1', 3), '0.3');
  assert.equal(decimalTimes('12', 7), '84');
  assert.equal(decimalTimes('0.000001', 1), '0.000001');
});

it('divides by a power of ten to four digits, half up', () => {
  assert.equal(decimalTimes('0.014', 21600, 3), '0.3024');
  assert.equal(decimalTimes('0.0112', 21600, 3), '0.2419');
  assert.equal(decimalTimes('0.0001', 500, 3), '0.0001');
  assert.equal(decimalTimes('0.0001', 499, 3), '0');
});
