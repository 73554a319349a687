/**
 * Accounts take turns, and a claim costs three index look-ups however many tasks wait: those whose start deadline has
 * passed (`task_start_by`), the account with the oldest turn among those with waiting tasks (`account_turn_waiting`), then
 * that account's first task (`task_waiting`).
 */
import { sql, type Transaction } from 'kysely';
import type { AccountId, WorkerId } from '#domain/ids.ts';
import type { Instant } from '#domain/instant.ts';
import type { Task } from '#domain/task/task.ts';
import type { Schema } from '../schema.ts';
import { changeState } from '../tasks/change-state.ts';
import { taskFromRow } from '../tasks/task-row.ts';
import { expire } from './expire.ts';

export async function claim(
  transaction: Transaction<Schema>,
  workerId: WorkerId,
  at: Instant,
  leaseExpiresAt: Instant,
  { mostPerAccount }: { readonly mostPerAccount?: number } = {},
): Promise<Task | undefined> {
  await expire(transaction, at);
  const accountId = await nextAccount(transaction, mostPerAccount);
  if (accountId === undefined) return undefined;
  const row = await changeState(transaction, 'created', 'processing')
    .set(({ eb, fn, val }) => ({
      attempt: eb('attempt', '+', sql.lit(1n)),
      worker_id: workerId,
      lease_expires_at: leaseExpiresAt,
      started_at: fn.coalesce('started_at', val(at)),
    }))
    .where('sequence', '=', ({ selectFrom }) =>
      selectFrom('task as waiting')
        .select('sequence')
        .where('account_id', '=', accountId)
        .where('state', '=', sql.lit('created'))
        .where('start_after', 'is', null)
        .orderBy('priority')
        .orderBy('sequence')
        .limit(sql.lit(1)),
    )
    .returningAll()
    .executeTakeFirstOrThrow();
  await takeTurn(transaction, accountId);
  return taskFromRow(row);
}

async function nextAccount(
  transaction: Transaction<Schema>,
  mostPerAccount: number | undefined,
): Promise<AccountId | undefined> {
  const turn = await transaction
    .selectFrom('account_turn')
    .select('account_id')
    .where('waiting', '>', sql.lit(0n))
    .$if(mostPerAccount !== undefined, (query) =>
      query.where('account_id', 'not in', busyAccounts(transaction, mostPerAccount!)),
    )
    .orderBy('last_served')
    .orderBy('account_id')
    .limit(sql.lit(1))
    .executeTakeFirst();
  return turn?.account_id;
}

/** Reads what is processing, by `task_leased`: no more rows than there are workers. */
const busyAccounts = (transaction: Transaction<Schema>, mostPerAccount: number) =>
  transaction
    .selectFrom('task')
    .select('account_id')
    .where('state', '=', sql.lit('processing'))
    .groupBy('account_id')
    .having(({ fn }) => fn.countAll(), '>=', mostPerAccount);

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
