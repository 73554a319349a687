import type { Transaction } from 'kysely';
import type { Heartbeat, Lease } from '#ports/task-queue.ts';
import type { Schema } from '../schema.ts';
import { appendLog } from '../tasks/append-log.ts';
import { isHeldUnder, leaseLost } from './fencing.ts';

export async function heartbeat(
  transaction: Transaction<Schema>,
  lease: Lease,
  { leaseExpiresAt, progress, log }: Heartbeat,
): Promise<{ readonly cancelRequested: boolean }> {
  const row = await transaction
    .updateTable('task')
    .set(({ eb, val }) => ({
      lease_expires_at: leaseExpiresAt,
      progress: eb.case().when('progress', '<', progress).then(val(progress)).else(eb.ref('progress')).end(),
    }))
    .where(isHeldUnder(lease))
    .returning(['sequence', 'cancel_requested_at'])
    .executeTakeFirst();
  if (row === undefined) throw leaseLost(lease);
  await appendLog(transaction, row.sequence, log);
  return { cancelRequested: row.cancel_requested_at !== null };
}
