import type { Transaction } from 'kysely';
import type { Account } from '#ports/account-store.ts';
import type { Schema } from '../schema.ts';

export async function createAccount(transaction: Transaction<Schema>, account: Account): Promise<void> {
  await transaction
    .insertInto('account')
    .values({ id: account.id, name: account.name, created_at: account.createdAt })
    .execute();
}
