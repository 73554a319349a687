import type { Transaction } from 'kysely';
import type { JsonValue } from '#domain/json.ts';
import type { Lease } from '#ports/task-queue.ts';
import type { Schema } from '../schema.ts';
import { isHeldUnder, leaseLost } from './fencing.ts';

export async function saveEngineHandle(
  transaction: Transaction<Schema>,
  lease: Lease,
  handle: JsonValue,
): Promise<void> {
  const row = await transaction
    .updateTable('task')
    .set({ engine_handle: JSON.stringify(handle), engine_start: null })
    .where(isHeldUnder(lease))
    .returning('id')
    .executeTakeFirst();
  if (row === undefined) throw leaseLost(lease);
}
