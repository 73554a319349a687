import type { Kysely, Selectable } from 'kysely';
import type { Posting } from '#domain/billing/entry.ts';
import type { AccountId, TaskId } from '#domain/ids.ts';
import { instant } from '#domain/instant.ts';
import { microDollars } from '#domain/money.ts';
import type { LedgerEntry } from '#ports/ledger.ts';
import type { LedgerEntryTable, Schema } from '../schema.ts';

export async function listEntries(
  database: Kysely<Schema>,
  accountId: AccountId,
  limit: number,
): Promise<readonly LedgerEntry[]> {
  const entries = await database
    .selectFrom('ledger_entry')
    .leftJoin('task', 'task.sequence', 'ledger_entry.task_sequence')
    .selectAll('ledger_entry')
    .select('task.id as task_id')
    .where('ledger_entry.account_id', '=', accountId)
    .orderBy('ledger_entry.sequence', 'desc')
    .limit(limit)
    .execute();
  const oldest = entries.at(-1);
  if (oldest === undefined) return [];
  const postings = await database
    .selectFrom('ledger_posting')
    .innerJoin('ledger_entry', 'ledger_entry.sequence', 'ledger_posting.entry_sequence')
    .select(['entry_sequence', 'ledger_account', 'amount'])
    .where('account_id', '=', accountId)
    .where('sequence', '>=', oldest.sequence)
    .execute();
  const byEntry = Map.groupBy(postings, (posting) => posting.entry_sequence);
  return entries.map((entry) =>
    entryFromRow(
      entry,
      (byEntry.get(entry.sequence) ?? []).map(({ ledger_account, amount }) => ({
        ledgerAccount: ledger_account,
        amount: microDollars(amount),
      })),
    ),
  );
}

const entryFromRow = (
  row: Selectable<LedgerEntryTable> & { task_id: TaskId | null },
  postings: readonly Posting[],
): LedgerEntry => ({
  sequence: Number(row.sequence),
  kind: row.kind,
  ...(row.task_id !== null && { taskId: row.task_id }),
  note: row.note,
  at: instant(Number(row.at)),
  postings,
});
