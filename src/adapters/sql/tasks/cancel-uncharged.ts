import type { Transaction } from 'kysely';
import { ERROR_CODES, type StoredError } from '#domain/errors.ts';
import type { TaskId } from '#domain/ids.ts';
import type { Instant } from '#domain/instant.ts';
import { ZERO } from '#domain/money.ts';
import type { TaskState } from '#domain/task/task-state.ts';
import { settle } from '../ledger/settle.ts';
import type { Schema } from '../schema.ts';
import { changeState } from './change-state.ts';

const CANCELLED: StoredError = { code: 'cancelled', message: ERROR_CODES.cancelled };

/** Ends a task that nobody works on and returns its whole hold. False when it has meanwhile left the state `from`. */
export async function cancelUncharged(
  transaction: Transaction<Schema>,
  from: TaskState,
  id: TaskId,
  at: Instant,
): Promise<boolean> {
  const ended = await changeState(transaction, from, 'cancelled')
    .set({ charged: ZERO, error: JSON.stringify(CANCELLED), finished_at: at })
    .set(({ fn, val }) => ({ cancel_requested_at: fn.coalesce('cancel_requested_at', val(at)) }))
    .where('id', '=', id)
    .returning(['sequence', 'account_id', 'held', 'state'])
    .executeTakeFirst();
  if (ended === undefined) return false;
  await settle(transaction, ended, ZERO, at);
  return true;
}
