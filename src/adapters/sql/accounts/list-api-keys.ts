import type { Kysely } from 'kysely';
import type { AccountId } from '#domain/ids.ts';
import type { ApiKey } from '#ports/account-store.ts';
import type { Schema } from '../schema.ts';
import { apiKeyFromRow } from './account-row.ts';

export async function listApiKeys(
  database: Kysely<Schema>,
  accountId?: AccountId,
): Promise<readonly ApiKey[]> {
  let query = database.selectFrom('api_key').selectAll().orderBy('created_at').orderBy('sequence');
  if (accountId !== undefined) query = query.where('account_id', '=', accountId);
  const rows = await query.execute();
  return rows.map(apiKeyFromRow);
}
