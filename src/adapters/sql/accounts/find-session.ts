import type { Kysely } from 'kysely';
import type { Instant } from '#domain/instant.ts';
import type { ApiKey, Session } from '#ports/account-store.ts';
import type { Schema } from '../schema.ts';
import { apiKeyFromRow } from './account-row.ts';

export const findSession = (
  database: Kysely<Schema>,
  hash: string,
  at: Instant,
): Promise<ApiKey | undefined> => findKeyOf(database, { hash, kind: 'page', at });

/** The key that an unexpired session of this kind stands for, unless it is revoked. */
export async function findKeyOf(
  database: Kysely<Schema>,
  session: { readonly hash: string; readonly kind: Session['kind']; readonly at: Instant },
): Promise<ApiKey | undefined> {
  const row = await database
    .selectFrom('session')
    .innerJoin('api_key', 'api_key.id', 'session.api_key_id')
    .selectAll('api_key')
    .where('session.hash', '=', session.hash)
    .where('session.kind', '=', session.kind)
    .where('session.expires_at', '>', BigInt(session.at))
    .where('api_key.revoked_at', 'is', null)
    .executeTakeFirst();
  return row && apiKeyFromRow(row);
}
