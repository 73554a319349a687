import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { microDollarsOf, sumOf, usdOf } from './usage-sums.ts';

describe('sums of usage', () => {
  it('are exact where numbers would not be', () => {
    const row = (charged: string) => ({ charged, submitted: 2, completed: 1 });
    assert.deepEqual(sumOf([row('0.10'), row('0.20'), row('0.000001')]), {
      charged: '0.300001',
      submitted: 6,
      completed: 3,
    });
    assert.equal(sumOf([]).charged, '0.00');
    assert.equal(sumOf([row('9007199254740993.5'), row('0.25')]).charged, '9007199254740993.75');
  });

  it('read and write what was taken, too', () => {
    assert.equal(microDollarsOf('-0.5'), -500_000n);
    assert.equal(usdOf(-500_000n), '-0.50');
    for (const text of ['0.00', '12.345678', '-3.10', '250.00'])
      assert.equal(usdOf(microDollarsOf(text)), text);
  });
});
