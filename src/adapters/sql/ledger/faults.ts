/**
 * What can be wrong with the books, each as one query that returns the faulty rows only. Nothing here trusts a cached
 * balance, a constraint or a trigger: all of it is added up again from the postings. Amounts are micro-dollars.
 */
import { type Kysely, sql } from 'kysely';
import type { Schema } from '../schema.ts';

type Database = Kysely<Schema>;

export async function unbalancedEntries(database: Database): Promise<readonly string[]> {
  const { rows } = await sql<{ sequence: bigint; sum: bigint }>`
    SELECT entry_sequence AS sequence, sum(amount) AS sum
    FROM ledger_posting GROUP BY entry_sequence HAVING sum(amount) <> 0
  `.execute(database);
  return rows.map(({ sequence, sum }) => `Entry ${sequence} sums to ${sum} instead of 0.`);
}

export async function balanceFaults(database: Database): Promise<readonly string[]> {
  const { rows } = await sql<{ ledger_account: string; cached: bigint; added: bigint }>`
    SELECT * FROM (
      SELECT ledger_account, coalesce(cached.balance, 0) AS cached, coalesce(posted.sum, 0) AS added
      FROM ledger_balance AS cached
      FULL JOIN (SELECT ledger_account, sum(amount) AS sum FROM ledger_posting GROUP BY ledger_account) AS posted
        USING (ledger_account)
    ) AS compared WHERE cached <> added
  `.execute(database);
  return rows.map(
    (row) => `The balance of ${row.ledger_account} says ${row.cached}, but its postings sum to ${row.added}.`,
  );
}

interface Movement {
  readonly id: string;
  readonly state: string;
  readonly held: bigint;
  readonly charged: bigint | null;
  readonly entries: bigint;
  readonly to_wallet: bigint;
  readonly to_held: bigint;
  readonly to_revenue: bigint;
  readonly astray: bigint;
}

/** Every task with what its entries of one kind moved where. */
const movements = (kind: 'hold' | 'settlement') => sql`
  SELECT
    task.id, task.state, task.held, task.charged,
    count(DISTINCT entry.sequence) AS entries,
    coalesce(sum(posting.amount) FILTER (WHERE posting.ledger_account = 'wallet:' || task.account_id), 0) AS to_wallet,
    coalesce(sum(posting.amount) FILTER (WHERE posting.ledger_account = 'held:' || task.account_id), 0) AS to_held,
    coalesce(sum(posting.amount) FILTER (WHERE posting.ledger_account = 'revenue'), 0) AS to_revenue,
    count(posting.amount) FILTER (
      WHERE posting.ledger_account NOT IN ('wallet:' || task.account_id, 'held:' || task.account_id, 'revenue')
    ) AS astray
  FROM task
  LEFT JOIN ledger_entry AS entry
    ON entry.task_sequence = task.sequence AND entry.kind = ${sql.lit(kind)} AND entry.account_id = task.account_id
  LEFT JOIN ledger_posting AS posting ON posting.entry_sequence = entry.sequence
  GROUP BY task.sequence
`;

/** Each task has one hold: what it can cost, from the wallet. */
export async function holdFaults(database: Database): Promise<readonly string[]> {
  const { rows } = await sql<Movement>`
    SELECT * FROM (${movements('hold')}) AS movement
    WHERE entries <> 1 OR to_wallet <> -held OR to_held <> held OR to_revenue <> 0 OR astray <> 0
  `.execute(database);
  return rows.map((row) => `Task ${row.id} needs one hold of ${row.held}, but has ${describe(row)}.`);
}

/** Each final task has one settlement: the charge to the revenue, the rest back; the others have none. */
export async function settlementFaults(database: Database): Promise<readonly string[]> {
  const { rows } = await sql<Movement>`
    SELECT * FROM (${movements('settlement')}) AS movement
    WHERE (charged IS NULL AND entries <> 0)
      OR (charged IS NULL AND state IN ('completed', 'failed', 'cancelled'))
      OR (charged IS NOT NULL AND (
        entries <> 1 OR to_wallet <> held - charged OR to_held <> -held OR to_revenue <> charged OR astray <> 0
      ))
  `.execute(database);
  return rows.map((row) => {
    const needed =
      row.charged === null ? 'no settlement' : `one settlement that charges ${row.charged} of ${row.held}`;
    return `Task ${row.id} is ${row.state} and needs ${needed}, but has ${describe(row)}.`;
  });
}

const describe = (row: Movement): string =>
  `${row.entries} that together move ${row.to_wallet} to the wallet, ${row.to_held} to what is held, ` +
  `${row.to_revenue} to the revenue and ${row.astray} postings elsewhere`;

/** What is held for an account equals the holds of its unfinished tasks. */
export async function heldFaults(database: Database): Promise<readonly string[]> {
  const { rows } = await sql<{ ledger_account: string; posted: bigint; waiting: bigint }>`
    SELECT * FROM (
      SELECT ledger_account, coalesce(posted.sum, 0) AS posted, coalesce(unfinished.sum, 0) AS waiting
      FROM (
        SELECT ledger_account, sum(amount) AS sum FROM ledger_posting
        WHERE ledger_account LIKE 'held:%' GROUP BY ledger_account
      ) AS posted
      FULL JOIN (
        SELECT 'held:' || account_id AS ledger_account, sum(held) AS sum FROM task
        WHERE state IN ('created', 'processing') GROUP BY account_id
      ) AS unfinished USING (ledger_account)
    ) AS compared WHERE posted <> waiting
  `.execute(database);
  return rows.map(
    (row) => `${row.ledger_account} contains ${row.posted}, but unfinished tasks hold ${row.waiting}.`,
  );
}
