/**
 * Accounts take turns, and a claim costs three index look-ups however many tasks wait: those whose start deadline has
 * passed (`task_start_by`), the account with the oldest turn among those with waiting tasks (`account_turn_waiting`), then
 * that account's first task (`task_waiting`). Only tasks of busy engines are read past, in that index.
 */
import { sql, type Transaction } from 'kysely';
import type { AccountId, WorkerId } from '#domain/ids.ts';
import type { Instant } from '#domain/instant.ts';
import type { Task } from '#domain/task/task.ts';
import type { ClaimLimits } from '#ports/task-queue.ts';
import type { Schema } from '../schema.ts';
import { changeState } from '../tasks/change-state.ts';
import { taskFromRow } from '../tasks/task-row.ts';
import { expire } from './expire.ts';

export async function claim(
  transaction: Transaction<Schema>,
  workerId: WorkerId,
  at: Instant,
  leaseExpiresAt: Instant,
  limits: ClaimLimits = {},
): Promise<Task | undefined> {
  await expire(transaction, at);
  const busy = await whoIsBusy(transaction, limits);
  const accountId = await nextAccount(transaction, busy);
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
        .$if(busy.engines.length > 0, (query) => query.where('engine', 'not in', busy.engines))
        .orderBy('priority')
        .orderBy('sequence')
        .limit(sql.lit(1)),
    )
    .returningAll()
    .executeTakeFirstOrThrow();
  await takeTurn(transaction, accountId);
  return taskFromRow(row);
}

async function nextAccount(transaction: Transaction<Schema>, busy: Busy): Promise<AccountId | undefined> {
  const turn = await transaction
    .selectFrom('account_turn')
    .select('account_id')
    .where('waiting', '>', sql.lit(0n))
    .$if(busy.accounts.length > 0, (query) => query.where('account_id', 'not in', busy.accounts))
    .$if(busy.engines.length > 0, (query) =>
      query.where(({ exists }) => exists(tasksForOthers(transaction, busy.engines))),
    )
    .orderBy('last_served')
    .orderBy('account_id')
    .limit(sql.lit(1))
    .executeTakeFirst();
  return turn?.account_id;
}

/** Tasks of the account in question that wait for an engine with room. */
const tasksForOthers = (transaction: Transaction<Schema>, engines: readonly string[]) =>
  transaction
    .selectFrom('task')
    .select('task.sequence')
    .whereRef('task.account_id', '=', sql.ref('account_turn.account_id'))
    .where('task.state', '=', sql.lit('created'))
    .where('task.start_after', 'is', null)
    .where('task.engine', 'not in', engines);

interface Busy {
  readonly accounts: readonly AccountId[];
  readonly engines: readonly string[];
}

/** Reads what is processing, by `task_leased`: no more rows than there are workers and parked tasks, which keep nobody busy. */
async function whoIsBusy(
  transaction: Transaction<Schema>,
  { mostPerAccount = Number.POSITIVE_INFINITY, mostPerEngine = {} }: ClaimLimits,
): Promise<Busy> {
  if (mostPerAccount === Number.POSITIVE_INFINITY && Object.keys(mostPerEngine).length === 0)
    return { accounts: [], engines: [] };
  const rows = await transaction
    .selectFrom('task')
    .select(['account_id', 'engine'])
    .where('state', '=', sql.lit('processing'))
    .where('parked_at', 'is', null)
    .execute();
  const jobsOf = <Name extends string>(names: readonly Name[]) =>
    [...Map.groupBy(names, (name) => name)].map(([name, jobs]) => ({ name, jobs: jobs.length }));
  const accounts = jobsOf(rows.map(({ account_id }) => account_id));
  const engines = jobsOf(rows.map(({ engine }) => engine));
  return {
    accounts: accounts.filter(({ jobs }) => jobs >= mostPerAccount).map(({ name }) => name),
    engines: engines
      .filter(({ name, jobs }) => jobs >= (mostPerEngine[name] ?? Number.POSITIVE_INFINITY))
      .map(({ name }) => name),
  };
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
