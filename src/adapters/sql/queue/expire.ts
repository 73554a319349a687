import { sql, type Transaction } from 'kysely';
import { ERROR_CODES, type StoredError } from '#domain/errors.ts';
import type { TaskId } from '#domain/ids.ts';
import type { Instant } from '#domain/instant.ts';
import { ZERO } from '#domain/money.ts';
import { settle } from '../ledger/settle.ts';
import type { Schema } from '../schema.ts';
import { changeState } from '../tasks/change-state.ts';

const START_TIMEOUT: StoredError = {
  code: 'start_timeout',
  message: `${ERROR_CODES.start_timeout} Nothing was charged.`,
};

/** A task that was claimed before has started in time: it may queue again for as long as it takes. */
export async function expire(transaction: Transaction<Schema>, at: Instant): Promise<readonly TaskId[]> {
  const ended = await changeState(transaction, 'created', 'failed')
    .set({ charged: ZERO, error: JSON.stringify(START_TIMEOUT), finished_at: at })
    .where('start_by', '<=', sql.val(BigInt(at)))
    .where('attempt', '=', sql.lit(0n))
    .returning(['id', 'sequence', 'account_id', 'held', 'state'])
    .execute();
  for (const task of ended) await settle(transaction, task, ZERO, at);
  return ended.map(({ id }) => id);
}
