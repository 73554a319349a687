import type { Transaction } from 'kysely';
import type { Instant } from '#domain/instant.ts';
import { ZERO } from '#domain/money.ts';
import type { LogLine } from '#domain/task/task.ts';
import type { Lease, TaskEnding } from '#ports/task-queue.ts';
import { settle } from '../ledger/settle.ts';
import type { Schema } from '../schema.ts';
import { appendLog } from '../tasks/append-log.ts';
import { changeState } from '../tasks/change-state.ts';
import { isHeldUnder, leaseLost } from './fencing.ts';

export async function finish(
  transaction: Transaction<Schema>,
  lease: Lease,
  ending: TaskEnding,
  at: Instant,
  log: readonly LogLine[],
): Promise<void> {
  const charged = ending.state === 'completed' ? ending.charged : ZERO;
  const ended = await changeState(transaction, 'processing', ending.state)
    .set({ charged, finished_at: at })
    .set(
      ending.state === 'completed'
        ? { output: JSON.stringify(ending.output), progress: 1, cost: ending.cost ?? null }
        : { error: JSON.stringify(ending.error) },
    )
    .where(isHeldUnder(lease))
    .returning(['sequence', 'account_id', 'held', 'state'])
    .executeTakeFirst();
  if (ended === undefined) throw leaseLost(lease);
  await appendLog(transaction, ended.sequence, log);
  await settle(transaction, ended, charged, at);
}
