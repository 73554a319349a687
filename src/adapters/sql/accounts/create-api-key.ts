import type { Transaction } from 'kysely';
import type { ApiKey } from '#ports/account-store.ts';
import type { Schema } from '../schema.ts';

export async function createApiKey(
  transaction: Transaction<Schema>,
  apiKey: ApiKey,
  hash: string,
): Promise<void> {
  await transaction
    .insertInto('api_key')
    .values({
      id: apiKey.id,
      account_id: apiKey.accountId,
      name: apiKey.name,
      role: apiKey.role,
      prefix: apiKey.prefix,
      hash,
      created_at: apiKey.createdAt,
      revoked_at: apiKey.revokedAt ?? null,
    })
    .execute();
}
