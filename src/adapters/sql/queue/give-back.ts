import { sql, type Transaction } from 'kysely';
import type { Instant } from '#domain/instant.ts';
import type { LogLine } from '#domain/task/task.ts';
import type { GiveBack, Lease } from '#ports/task-queue.ts';
import type { Schema } from '../schema.ts';
import { appendLog } from '../tasks/append-log.ts';
import { cancelUncharged } from '../tasks/cancel-uncharged.ts';
import { changeState } from '../tasks/change-state.ts';
import { isHeldUnder, leaseLost } from './fencing.ts';

/**
 * The task keeps its place by `sequence`, which is before every task of its account that was not claimed yet. A cancel that
 * was asked for in the meantime is carried out, because nobody else will see it while the task waits.
 */
export async function giveBack(
  transaction: Transaction<Schema>,
  lease: Lease,
  { crashed, keepsHandle = false, startAfter, engine }: GiveBack,
  at: Instant,
  log: readonly LogLine[],
): Promise<void> {
  const row = await changeState(transaction, 'processing', 'created')
    .set(({ eb }) => ({
      crashes: eb('crashes', '+', sql.lit(crashed ? 1n : 0n)),
      ...(keepsHandle ? {} : { engine_handle: null }),
      ...(startAfter === undefined ? {} : { start_after: startAfter }),
      ...(engine === undefined ? {} : { engine }),
      progress: 0,
    }))
    .where(isHeldUnder(lease))
    .returning(['id', 'sequence', 'cancel_requested_at'])
    .executeTakeFirst();
  if (row === undefined) throw leaseLost(lease);
  await appendLog(transaction, row.sequence, log);
  if (row.cancel_requested_at !== null) await cancelUncharged(transaction, 'created', row.id, at);
}
