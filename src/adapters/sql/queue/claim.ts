/**
 * Accounts take turns, and a claim costs two index look-ups however many tasks wait: the account with the oldest turn among
 * those with waiting tasks (`account_turn_waiting`), then that account's first task (`task_waiting`).
 */
import { sql, type Transaction } from 'kysely';
import type { AccountId, WorkerId } from '#domain/ids.ts';
import type { Instant } from '#domain/instant.ts';
import type { Task } from '#domain/task/task.ts';
import type { Schema } from '../schema.ts';
import { changeState } from '../tasks/change-state.ts';
import { taskFromRow } from '../tasks/task-row.ts';

export async function claim(
  transaction: Transaction<Schema>,
  workerId: WorkerId,
  at: Instant,
  leaseExpiresAt: Instant,
): Promise<Task | undefined> {
  const accountId = await nextAccount(transaction);
  if (accountId === undefined) return undefined;
  const row = await changeState(transaction, 'created', 'processing')
    .set(({ eb, fn, val }) => ({
      attempt: eb('attempt', '+', sql.lit(1n)),
      worker_id: workerId,
      lease_expires_at: leaseExpiresAt,
      started_at: fn.coalesce('started_at', val(at)),
    }))
    .where('id', '=', ({ selectFrom }) =>
      selectFrom('task as waiting')
        .select('id')
        .where('account_id', '=', accountId)
        .where('state', '=', sql.lit('created'))
        .orderBy('sequence')
        .limit(sql.lit(1)),
    )
    .returningAll()
    .executeTakeFirstOrThrow();
  await takeTurn(transaction, accountId);
  return taskFromRow(row);
}

async function nextAccount(transaction: Transaction<Schema>): Promise<AccountId | undefined> {
  const turn = await transaction
    .selectFrom('account_turn')
    .select('account_id')
    .where('waiting', '>', sql.lit(0n))
    .orderBy('last_served')
    .orderBy('account_id')
    .limit(sql.lit(1))
    .executeTakeFirst();
  return turn?.account_id;
}

async function takeTurn(transaction: Transaction<Schema>, accountId: AccountId): Promise<void> {
  await transaction
    .updateTable('account_turn')
    .set(({ selectFrom }) => ({
      last_served: selectFrom('account_turn as served').select(({ eb, fn }) =>
        eb(fn.max('served.last_served'), '+', sql.lit(1n)).as('next'),
      ),
    }))
    .where('account_id', '=', accountId)
    .execute();
}
