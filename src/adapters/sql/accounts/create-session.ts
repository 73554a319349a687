import type { Transaction } from 'kysely';
import type { Session } from '#ports/account-store.ts';
import type { Schema } from '../schema.ts';

export async function createSession(
  transaction: Transaction<Schema>,
  session: Session,
  hash: string,
): Promise<void> {
  await transaction.deleteFrom('session').where('expires_at', '<=', BigInt(session.createdAt)).execute();
  await transaction
    .insertInto('session')
    .values({
      hash,
      kind: session.kind,
      api_key_id: session.apiKeyId,
      created_at: session.createdAt,
      expires_at: session.expiresAt,
    })
    .execute();
}
