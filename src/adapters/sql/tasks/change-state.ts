import { sql, type Transaction, type UpdateQueryBuilder, type UpdateResult } from 'kysely';
import { mayBecome, type TaskState } from '#domain/task/task-state.ts';
import type { Schema } from '../schema.ts';

type TaskUpdate = UpdateQueryBuilder<Schema, 'task', 'task', UpdateResult>;

/**
 * The start of every statement that changes a task's state: `update task ... where state = <from>`. It touches no row that
 * has meanwhile left `from`, so that of two rivals one finds nothing to change. A task that stops processing loses its lease, and is parked no more.
 * @throws RangeError when the domain knows no such transition.
 */
export function changeState(transaction: Transaction<Schema>, from: TaskState, to: TaskState): TaskUpdate {
  if (!mayBecome(from, to)) throw new RangeError(`A task never goes from ${from} to ${to}.`);
  // The state is written into the statement, not bound, so that the partial indexes over it are used.
  const update = transaction.updateTable('task').where('state', '=', sql.lit(from)).set({ state: to });
  return to === 'processing'
    ? update
    : update.set({ worker_id: null, lease_expires_at: null, parked_at: null });
}
