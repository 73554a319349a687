import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { formatUsd, microDollars, multiplyRoundHalfUp, toUsdNumber, usd } from './money.ts';

describe('money', () => {
  it('reads and writes decimal USD exactly', () => {
    assert.equal(usd('0.0112'), 11200n);
    assert.equal(usd('-3.5'), -3500000n);
    assert.equal(formatUsd(usd('12')), '12.00');
    assert.equal(formatUsd(usd('-0.000001')), '-0.000001');
    assert.equal(toUsdNumber(usd('2.4192')), 2.4192);
  });

  it('refuses what is not an exact amount', () => {
    for (const text of ['', '1.2345678', '1e3', '$1', ' 1', '.5', '1,5', 'NaN'])
      assert.throws(() => usd(text), RangeError);
  });

  it('survives writing and reading', () => {
    fc.assert(
      fc.property(
        fc.bigInt(-(10n ** 15n), 10n ** 15n),
        (amount) => usd(formatUsd(microDollars(amount))) === amount,
      ),
    );
  });

  it('rounds half up to a micro-dollar', () => {
    assert.equal(multiplyRoundHalfUp(microDollars(1n), 1n, 2n), 1n);
    assert.equal(multiplyRoundHalfUp(microDollars(1n), 49n, 100n), 0n);
    assert.equal(multiplyRoundHalfUp(microDollars(3n), 5n, 10n), 2n);
    assert.throws(() => multiplyRoundHalfUp(microDollars(-1n), 1n, 2n), RangeError);
  });
});
