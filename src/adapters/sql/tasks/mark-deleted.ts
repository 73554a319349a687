import type { Transaction } from 'kysely';
import type { AccountId, TaskId } from '#domain/ids.ts';
import type { Instant } from '#domain/instant.ts';
import type { Schema } from '../schema.ts';

/** The first mark counts. */
export async function markDeleted(
  transaction: Transaction<Schema>,
  ids: readonly TaskId[],
  accountId: AccountId,
  at: Instant,
): Promise<readonly TaskId[]> {
  if (ids.length === 0) return [];
  const marked = await transaction
    .updateTable('task')
    .set({ deleted_at: at })
    .where('id', 'in', ids)
    .where('account_id', '=', accountId)
    .where('deleted_at', 'is', null)
    .returning('id')
    .execute();
  return marked.map(({ id }) => id);
}
