import type { Kysely } from 'kysely';
import type { Account } from '#ports/account-store.ts';
import type { Schema } from '../schema.ts';
import { accountFromRow } from './account-row.ts';

/** Oldest first. */
export async function listAccounts(database: Kysely<Schema>): Promise<readonly Account[]> {
  const rows = await database.selectFrom('account').selectAll().orderBy('created_at').orderBy('id').execute();
  return rows.map(accountFromRow);
}
