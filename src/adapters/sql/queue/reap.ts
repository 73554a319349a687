import { sql, type Transaction } from 'kysely';
import type { TaskId } from '#domain/ids.ts';
import type { Instant } from '#domain/instant.ts';
import type { Schema } from '../schema.ts';
import { cancelUncharged } from '../tasks/cancel-uncharged.ts';
import { changeState } from '../tasks/change-state.ts';

/**
 * Engine handles are kept: the job may still run at its engine, and the next worker asks for it instead of buying it again.
 */
export async function reap(transaction: Transaction<Schema>, at: Instant): Promise<readonly TaskId[]> {
  return requeue(transaction, at, (update) => update.where('lease_expires_at', '<=', sql.val(BigInt(at))));
}

export async function reapAll(transaction: Transaction<Schema>, at: Instant): Promise<readonly TaskId[]> {
  return requeue(transaction, at, (update) => update);
}

type Update = ReturnType<typeof changeState>;

async function requeue(
  transaction: Transaction<Schema>,
  at: Instant,
  narrow: (update: Update) => Update,
): Promise<readonly TaskId[]> {
  const rows = await narrow(changeState(transaction, 'processing', 'created').where('parked_at', 'is', null))
    .set({ progress: 0 })
    .returning(['id', 'cancel_requested_at'])
    .execute();
  for (const row of rows) {
    if (row.cancel_requested_at !== null) await cancelUncharged(transaction, 'created', row.id, at);
  }
  return rows.map((row) => row.id);
}
