import type { Transaction } from 'kysely';
import type { ApiKeyId } from '#domain/ids.ts';
import type { Instant } from '#domain/instant.ts';
import type { Schema } from '../schema.ts';

export async function revokeApiKey(
  transaction: Transaction<Schema>,
  id: ApiKeyId,
  at: Instant,
): Promise<boolean> {
  const row = await transaction
    .updateTable('api_key')
    .set(({ fn, val }) => ({ revoked_at: fn.coalesce('revoked_at', val(at)) }))
    .where('id', '=', id)
    .returning('id')
    .executeTakeFirst();
  return row !== undefined;
}
