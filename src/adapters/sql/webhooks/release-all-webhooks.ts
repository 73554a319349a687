import type { Transaction } from 'kysely';
import type { Instant } from '#domain/instant.ts';
import type { Schema } from '../schema.ts';

export async function releaseAllWebhooks(transaction: Transaction<Schema>, at: Instant): Promise<number> {
  const rows = await transaction
    .updateTable('webhook')
    .set({ due_at: at, sender_id: null })
    .where('sender_id', 'is not', null)
    .returning('task_sequence')
    .execute();
  return rows.length;
}
