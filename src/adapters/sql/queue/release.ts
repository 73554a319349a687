import { sql, type Transaction } from 'kysely';
import type { TaskId } from '#domain/ids.ts';
import type { Instant } from '#domain/instant.ts';
import type { Schema } from '../schema.ts';

/** A trigger counts the tasks among those that wait. */
export async function release(transaction: Transaction<Schema>, at: Instant): Promise<readonly TaskId[]> {
  const released = await transaction
    .updateTable('task')
    .set({ start_after: null })
    .where('state', '=', sql.lit('created'))
    .where('start_after', '<=', sql.val(BigInt(at)))
    .returning('id')
    .execute();
  return released.map(({ id }) => id);
}
