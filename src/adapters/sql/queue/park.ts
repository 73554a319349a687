import { sql, type Transaction } from 'kysely';
import { workerId } from '#domain/ids.ts';
import type { Instant } from '#domain/instant.ts';
import type { LogLine } from '#domain/task/task.ts';
import type { Lease } from '#ports/task-queue.ts';
import type { Schema } from '../schema.ts';
import { appendLog } from '../tasks/append-log.ts';
import { isHeldUnder, leaseLost } from './fencing.ts';

/** Who works on a parked task. No worker has this id, so that no lease is good for the task any more. */
const NOBODY = workerId('nobody');

/** The last moment that an `Instant` can name: later than any lease is looked at. */
const NEVER_MS = 8_640_000_000_000_000n;

export async function park(
  transaction: Transaction<Schema>,
  lease: Lease,
  at: Instant,
  log: readonly LogLine[],
): Promise<void> {
  const row = await transaction
    .updateTable('task')
    .set({ worker_id: NOBODY, lease_expires_at: sql.lit(NEVER_MS), parked_at: at })
    .where(isHeldUnder(lease))
    .returning('sequence')
    .executeTakeFirst();
  if (row === undefined) throw leaseLost(lease);
  await appendLog(transaction, row.sequence, log);
}
