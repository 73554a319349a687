import type { Transaction } from 'kysely';
import type { Instant } from '#domain/instant.ts';
import type { ApiKey } from '#ports/account-store.ts';
import type { Schema } from '../schema.ts';
import { endSession } from './end-session.ts';
import { findKeyOf } from './find-session.ts';

export async function redeemTicket(
  transaction: Transaction<Schema>,
  hash: string,
  at: Instant,
): Promise<ApiKey | undefined> {
  const apiKey = await findKeyOf(transaction, { hash, kind: 'ticket', at });
  if (apiKey !== undefined) await endSession(transaction, hash);
  return apiKey;
}
