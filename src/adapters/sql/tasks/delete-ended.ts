import { sql, type Transaction } from 'kysely';
import type { Instant } from '#domain/instant.ts';
import type { Schema } from '../schema.ts';

/** Rows stay, marked: the books name them. */
export async function deleteEnded(
  transaction: Transaction<Schema>,
  endedUntil: Instant,
  at: Instant,
  limit: number,
): Promise<number> {
  const ended = await transaction
    .selectFrom('task')
    .select('sequence')
    .where('finished_at', '<=', sql.val(BigInt(endedUntil)))
    .where('finished_at', 'is not', null)
    .where('deleted_at', 'is', null)
    .orderBy('finished_at')
    .limit(limit)
    .execute();
  for (const { sequence } of ended)
    await transaction
      .updateTable('task')
      .set({ deleted_at: at })
      .where('sequence', '=', sequence)
      .executeTakeFirst();
  return ended.length;
}
