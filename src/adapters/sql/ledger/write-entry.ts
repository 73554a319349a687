import type { Transaction } from 'kysely';
import type { EntryKind, Posting } from '#domain/billing/entry.ts';
import type { AccountId } from '#domain/ids.ts';
import type { Instant } from '#domain/instant.ts';
import type { Schema } from '../schema.ts';

export interface NewEntry {
  readonly kind: EntryKind;
  readonly accountId: AccountId;
  /** Of holds and settlements; `(taskSequence, kind)` is unique. */
  readonly taskSequence?: bigint;
  readonly note: string;
  readonly at: Instant;
  readonly postings: readonly Posting[];
}

/**
 * The only way into the books. Postings of zero are left out, so that a free task has a hold and a settlement without any.
 * @throws RangeError when the postings do not sum to zero; nothing is written then.
 */
export async function writeEntry(transaction: Transaction<Schema>, entry: NewEntry): Promise<void> {
  const sum = entry.postings.reduce((total, posting) => total + posting.amount, 0n);
  if (sum !== 0n)
    throw new RangeError(`The postings of a ${entry.kind} sum to ${sum} micro-dollars instead of zero.`);
  const { sequence } = await transaction
    .insertInto('ledger_entry')
    .values({
      kind: entry.kind,
      account_id: entry.accountId,
      task_sequence: entry.taskSequence ?? null,
      note: entry.note,
      at: entry.at,
    })
    .returning('sequence')
    .executeTakeFirstOrThrow();
  const moving = entry.postings.filter((posting) => posting.amount !== 0n);
  if (moving.length === 0) return;
  await transaction
    .insertInto('ledger_posting')
    .values(
      moving.map(({ ledgerAccount, amount }) => ({
        entry_sequence: sequence,
        ledger_account: ledgerAccount,
        amount,
      })),
    )
    .execute();
}
