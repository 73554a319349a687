import { sql, type Transaction } from 'kysely';
import type { Instant } from '#domain/instant.ts';
import type { Schema } from '../schema.ts';

export async function forgetEndedWebhooks(
  transaction: Transaction<Schema>,
  queuedUntil: Instant,
  limit: number,
): Promise<number> {
  const ended = await transaction
    .selectFrom('webhook')
    .select('task_sequence')
    .where(sql<boolean>`state <> 'pending'`)
    .where('queued_at', '<=', sql.val(BigInt(queuedUntil)))
    .orderBy('queued_at')
    .limit(limit)
    .execute();
  for (const { task_sequence: sequence } of ended) {
    await transaction.deleteFrom('webhook_attempt').where('task_sequence', '=', sequence).execute();
    await transaction.deleteFrom('webhook').where('task_sequence', '=', sequence).execute();
  }
  return ended.length;
}
