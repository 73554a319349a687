/**
 * Double-entry bookkeeping. A ledger transaction is a set of postings that sum to zero; an account's balance is the sum of
 * its postings and is never written by hand.
 */
import type { AccountId } from '../ids.ts';
import { type MicroDollars, microDollars, subtract } from '../money.ts';

/**
 * `wallet:<account>` what a customer can spend, `held:<account>` what waits on running tasks, `revenue` what was earned,
 * `funding` the other side of granted credit (its balance is minus all credit ever granted).
 */
export type LedgerAccount = `wallet:${string}` | `held:${string}` | 'revenue' | 'funding';

export const wallet = (account: AccountId): LedgerAccount => `wallet:${account}`;
export const held = (account: AccountId): LedgerAccount => `held:${account}`;

export interface Posting {
  readonly ledgerAccount: LedgerAccount;
  /** Positive adds to the account, negative takes from it. */
  readonly amount: MicroDollars;
}

/** A task has at most one `hold` and one `settlement`; `(task, kind)` is unique in every store. */
export const ENTRY_KINDS = ['grant', 'hold', 'settlement'] as const;
export type EntryKind = (typeof ENTRY_KINDS)[number];

const negate = (amount: MicroDollars): MicroDollars => microDollars(-amount);

/** Credit given to an account (or, negative, taken back). */
export const grantPostings = (account: AccountId, amount: MicroDollars): readonly Posting[] => [
  { ledgerAccount: 'funding', amount: negate(amount) },
  { ledgerAccount: wallet(account), amount },
];

/** Money set aside on submit. */
export const holdPostings = (account: AccountId, amount: MicroDollars): readonly Posting[] => [
  { ledgerAccount: wallet(account), amount: negate(amount) },
  { ledgerAccount: held(account), amount },
];

/**
 * The end of a hold: `charged` is earned, the rest goes back. Failure and cancel charge nothing.
 * @throws RangeError when more would be charged than was held.
 */
export function settlementPostings(
  account: AccountId,
  holdAmount: MicroDollars,
  charged: MicroDollars,
): readonly Posting[] {
  if (charged < 0n || charged > holdAmount) {
    throw new RangeError(`A charge of ${charged} does not fit a hold of ${holdAmount} micro-dollars.`);
  }
  const postings: Posting[] = [
    { ledgerAccount: held(account), amount: negate(holdAmount) },
    { ledgerAccount: wallet(account), amount: subtract(holdAmount, charged) },
    { ledgerAccount: 'revenue', amount: charged },
  ];
  return postings.filter((posting) => posting.amount !== 0n);
}
