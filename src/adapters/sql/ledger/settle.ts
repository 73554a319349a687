import type { Transaction } from 'kysely';
import { settlementPostings } from '#domain/billing/entry.ts';
import type { AccountId } from '#domain/ids.ts';
import type { Instant } from '#domain/instant.ts';
import { type MicroDollars, microDollars } from '#domain/money.ts';
import type { TaskState } from '#domain/task/task-state.ts';
import type { Schema } from '../schema.ts';
import { writeEntry } from './write-entry.ts';

/** A task's row as the statement that ended it returned it. */
export interface EndedTask {
  readonly sequence: bigint;
  readonly account_id: AccountId;
  readonly held: bigint;
  readonly state: TaskState;
}

/** Books the end of a task's hold; belongs in the transaction that made the task final. */
export async function settle(
  transaction: Transaction<Schema>,
  task: EndedTask,
  charged: MicroDollars,
  at: Instant,
): Promise<void> {
  await writeEntry(transaction, {
    kind: 'settlement',
    accountId: task.account_id,
    taskSequence: task.sequence,
    note: task.state,
    at,
    postings: settlementPostings(task.account_id, microDollars(task.held), charged),
  });
}
