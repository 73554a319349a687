import type { Transaction } from 'kysely';
import { grantPostings } from '#domain/billing/entry.ts';
import { AnimaticError } from '#domain/errors.ts';
import type { AccountId } from '#domain/ids.ts';
import type { Instant } from '#domain/instant.ts';
import { formatUsd, type MicroDollars, subtract, ZERO } from '#domain/money.ts';
import type { Schema } from '../schema.ts';
import { balance } from './balance.ts';
import { writeEntry } from './write-entry.ts';

/** @throws AnimaticError `insufficient_credit` when more would be taken back than the wallet has. */
export async function grant(
  transaction: Transaction<Schema>,
  accountId: AccountId,
  amount: MicroDollars,
  note: string,
  at: Instant,
): Promise<void> {
  if (amount < 0n) await requireCredit(transaction, accountId, subtract(ZERO, amount));
  await writeEntry(transaction, {
    kind: 'grant',
    accountId,
    note,
    at,
    postings: grantPostings(accountId, amount),
  });
}

async function requireCredit(
  transaction: Transaction<Schema>,
  accountId: AccountId,
  taken: MicroDollars,
): Promise<void> {
  const available = await balance(transaction, accountId);
  if (available >= taken) return;
  throw new AnimaticError(
    'insufficient_credit',
    `${formatUsd(taken)} USD cannot be taken back, because the account has ${formatUsd(available)} USD. Take back at most that.`,
    { details: { balance: formatUsd(available), price: formatUsd(taken) } },
  );
}
