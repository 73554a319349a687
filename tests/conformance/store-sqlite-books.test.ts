/** Every fault that `verify` is to find, planted behind the store's back, and the guards that keep it from happening. */
import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { after, before, describe, test } from 'node:test';
import { Kysely } from 'kysely';
import { verify } from '#adapters/sql/ledger/verify.ts';
import type { Schema } from '#adapters/sql/schema.ts';
import { nodeSqliteDialect } from '#adapters/sqlite/node-sqlite-dialect.ts';
import { openSqliteStore } from '#adapters/sqlite/sqlite-store.ts';
import { usd } from '#domain/money.ts';
import { at, claimTask, completed, createCustomer, FAILED, submitTask } from './store-fixture.ts';

const WITHOUT_GUARDS = `
  DROP TRIGGER posting_is_permanent; DROP TRIGGER posting_is_kept;
  DROP TRIGGER entry_is_permanent; DROP TRIGGER entry_is_kept; DROP TRIGGER posting_moves_balance;
`;

const ENTRY = (kind: string, state: string) =>
  `(SELECT sequence FROM ledger_entry WHERE kind = '${kind}' AND task_sequence = (SELECT sequence FROM task WHERE state = '${state}'))`;

/** What is done to the books, and what the report must say about it. */
const FAULTS: readonly { readonly name: string; readonly sql: string; readonly says: readonly RegExp[] }[] = [
  {
    name: 'a posting with another amount',
    sql: `UPDATE ledger_posting SET amount = amount + 1 WHERE ledger_account = 'revenue'`,
    says: [
      /Entry \d+ sums to 1 /,
      /balance of revenue says 700000, but its postings sum to 700001/,
      /one settlement/,
    ],
  },
  {
    name: 'a cached balance that drifted',
    sql: `UPDATE ledger_balance SET balance = balance + 5 WHERE ledger_account LIKE 'wallet:%'`,
    says: [/^The balance of wallet:\S+ says 5300005, but its postings sum to 5300000\.$/],
  },
  {
    name: 'a cached balance that is missing',
    sql: `DELETE FROM ledger_balance WHERE ledger_account = 'funding'`,
    says: [/^The balance of funding says 0, but its postings sum to -10000000\.$/],
  },
  {
    name: 'a hold that is missing',
    sql: `DELETE FROM ledger_posting WHERE entry_sequence = ${ENTRY('hold', 'created')};
      DELETE FROM ledger_entry WHERE sequence = ${ENTRY('hold', 'created')}`,
    says: [
      /needs one hold of 2000000, but has 0 /,
      /^held:\S+ contains 2000000, but unfinished tasks hold 4000000/,
    ],
  },
  {
    name: 'a hold of another amount than the task says',
    sql: `UPDATE task SET held = held + 1 WHERE state = 'processing'`,
    says: [/needs one hold of 2000001, but has 1 /, /unfinished tasks hold 4000001/],
  },
  {
    name: 'a settlement that is missing',
    sql: `DELETE FROM ledger_posting WHERE entry_sequence = ${ENTRY('settlement', 'failed')};
      DELETE FROM ledger_entry WHERE sequence = ${ENTRY('settlement', 'failed')}`,
    says: [/is failed and needs one settlement that charges 0 of 2000000, but has 0 /],
  },
  {
    name: 'a settlement of another amount than the task was charged',
    sql: `UPDATE task SET charged = charged - 1 WHERE state = 'completed'`,
    says: [/^Task \S+ is completed and needs one settlement that charges 699999 of 2000000, but has 1 /],
  },
  {
    name: 'a settlement of a task that has not ended',
    sql: `INSERT INTO ledger_entry (kind, account_id, task_sequence, note, at)
      SELECT 'settlement', account_id, sequence, '', 0 FROM task WHERE state = 'created'`,
    says: [/is created and needs no settlement, but has 1 /],
  },
  {
    name: 'a settlement that pays somebody else',
    sql: `UPDATE ledger_posting SET ledger_account = 'wallet:thief' WHERE ledger_account = 'revenue'`,
    says: [/0 to the revenue and 1 postings elsewhere/],
  },
  {
    name: 'an overdrawn wallet',
    sql: `INSERT INTO ledger_entry (kind, account_id, note, at) SELECT 'grant', id, '', 0 FROM account;
      INSERT INTO ledger_posting SELECT max(sequence), 'funding', 9000000 FROM ledger_entry;
      INSERT INTO ledger_posting SELECT max(sequence), 'wallet:' || account_id, -9000000 FROM ledger_entry`,
    says: [/^wallet:\S+ is negative: -3700000 micro-dollars\.$/],
  },
];

describe('the books in SQLite', () => {
  let folder: string;
  let database: DatabaseSync;
  let kysely: Kysely<Schema>;

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'animatic-books-'));
    const filePath = join(folder, 'animatic.db');
    const store = await openSqliteStore({ filePath });
    const customer = await createCustomer(store, '10');
    for (let count = 0; count < 4; count += 1) await submitTask(store, customer, { held: usd('2') });
    await store.queue.finish(await claimTask(store), completed(usd('0.7')), at(1), []);
    await store.queue.finish(await claimTask(store), FAILED, at(1), []);
    await claimTask(store);
    await store.close();
    database = new DatabaseSync(filePath);
    kysely = new Kysely<Schema>({ dialect: nodeSqliteDialect(database) });
  });
  after(async () => {
    await kysely.destroy();
    await rm(folder, { recursive: true });
  });

  const faultsAfter = async (sql: string): Promise<readonly string[]> => {
    database.exec('BEGIN');
    try {
      database.exec(sql);
      return (await verify(kysely)).faults;
    } finally {
      database.exec('ROLLBACK');
    }
  };

  test('they balance before anything is planted', async () => {
    assert.deepEqual((await verify(kysely)).faults, []);
  });

  for (const { name, sql, says } of FAULTS) {
    test(`the report finds ${name}`, async () => {
      const faults = await faultsAfter(`${WITHOUT_GUARDS} ${sql}`);
      for (const sentence of says) {
        assert.ok(
          faults.some((fault) => sentence.test(fault)),
          `${sentence} is not among:\n${faults.join('\n')}`,
        );
      }
    });
  }

  const REFUSED = [
    ['changing a posting', 'UPDATE ledger_posting SET amount = amount', /never changed/],
    ['deleting a posting', 'DELETE FROM ledger_posting', /never deleted/],
    ['changing an entry', "UPDATE ledger_entry SET note = 'x'", /never changed/],
    ['deleting an entry', 'DELETE FROM ledger_entry', /never deleted/],
    [
      'a second hold',
      "INSERT INTO ledger_entry (kind, account_id, task_sequence, note, at) SELECT 'hold', account_id, sequence, '', 0 FROM task",
      /UNIQUE/,
    ],
    [
      'overdrawing a wallet',
      "INSERT INTO ledger_posting SELECT 1, 'held:x', 1; INSERT INTO ledger_posting SELECT 2, 'wallet:x', -1",
      /only_funding_may_be_negative/,
    ],
    ['an unknown ledger account', "INSERT INTO ledger_posting VALUES (1, 'pocket', 1)", /CHECK/],
    ['damaged JSON', "UPDATE task SET input = '{'", /json_valid/],
    [
      'a final task without a charge',
      "UPDATE task SET state = 'failed', error = '{}' WHERE state = 'created'",
      /final_tasks_are_settled/,
    ],
    [
      'a charge for a failure',
      "UPDATE task SET charged = 1 WHERE state = 'failed'",
      /only_completed_is_charged/,
    ],
    [
      'a lease on a waiting task',
      "UPDATE task SET worker_id = 'w' WHERE state = 'created'",
      /lease_belongs_to_processing/,
    ],
  ] as const;
  for (const [name, sql, says] of REFUSED) {
    test(`the database refuses ${name}`, async () => {
      await assert.rejects(faultsAfter(sql), says);
    });
  }
});
