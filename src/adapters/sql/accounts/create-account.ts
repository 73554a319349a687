import type { Transaction } from 'kysely';
import { type MicroDollars, ZERO } from '#domain/money.ts';
import type { Account } from '#ports/account-store.ts';
import { grant } from '../ledger/grant.ts';
import type { Schema } from '../schema.ts';

export async function createAccount(
  transaction: Transaction<Schema>,
  account: Account,
  openingCredit: MicroDollars = ZERO,
): Promise<void> {
  await transaction
    .insertInto('account')
    .values({ id: account.id, name: account.name, created_at: account.createdAt })
    .execute();
  if (openingCredit !== ZERO)
    await grant(transaction, account.id, openingCredit, 'opening credit', account.createdAt);
}
