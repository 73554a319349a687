import type { Kysely } from 'kysely';
import type { ApiKey } from '#ports/account-store.ts';
import type { Schema } from '../schema.ts';
import { apiKeyFromRow } from './account-row.ts';

export async function findApiKey(database: Kysely<Schema>, hash: string): Promise<ApiKey | undefined> {
  const row = await database
    .selectFrom('api_key')
    .selectAll()
    .where('hash', '=', hash)
    .where('revoked_at', 'is', null)
    .executeTakeFirst();
  return row && apiKeyFromRow(row);
}
