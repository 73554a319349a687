import assert from 'node:assert/strict';
import { it } from 'node:test';
import fc from 'fast-check';
import { accountId } from '../ids.ts';
import { microDollars } from '../money.ts';
import { grantPostings, holdPostings, settlementPostings } from './entry.ts';

const account = accountId('a');
const sum = (postings: readonly { readonly amount: bigint }[]) =>
  postings.reduce((total, posting) => total + posting.amount, 0n);

it('every kind of entry sums to zero', () => {
  fc.assert(
    fc.property(fc.bigInt(0n, 10n ** 12n), fc.bigInt(0n, 10n ** 12n), (a, b) => {
      const [charged, hold] = a < b ? [a, b] : [b, a];
      const settlement = settlementPostings(account, microDollars(hold), microDollars(charged));
      const entries = [
        grantPostings(account, microDollars(a)),
        holdPostings(account, microDollars(a)),
        settlement,
      ];
      return entries.every((postings) => sum(postings) === 0n);
    }),
  );
});

it('a settlement never charges more than was held', () => {
  assert.throws(() => settlementPostings(account, microDollars(5n), microDollars(6n)), RangeError);
  assert.throws(() => settlementPostings(account, microDollars(5n), microDollars(-1n)), RangeError);
});

it('a release returns the whole hold to the wallet', () => {
  assert.deepEqual(settlementPostings(account, microDollars(5n), microDollars(0n)), [
    { ledgerAccount: 'held:a', amount: -5n },
    { ledgerAccount: 'wallet:a', amount: 5n },
  ]);
});
