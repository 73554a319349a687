import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, test } from 'node:test';
import { Kysely } from 'kysely';
import type { Schema } from '../sql/schema.ts';
import { type QueuedCall, runTogether } from './group-commit.ts';
import { migrate } from './migrate.ts';
import { nodeSqliteDialect } from './node-sqlite-dialect.ts';
import { openDatabase } from './open-database.ts';

let folder: string;
let database: DatabaseSync;
let kysely: Kysely<Schema>;
let statements: string[];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'animatic-group-'));
  database = openDatabase(join(folder, 'animatic.db'));
  migrate(database);
  kysely = new Kysely<Schema>({ dialect: nodeSqliteDialect(database) });
  statements = [];
  const execute = database.exec.bind(database);
  database.exec = (sql) => {
    statements.push(sql);
    execute(sql);
  };
});
afterEach(async () => {
  await kysely.destroy();
  rmSync(folder, { recursive: true });
});

const createAccount = (id: string, name = 'A'): QueuedCall => ({
  name: 'createAccount',
  rest: [{ id, name, createdAt: 1 }],
});

const accountIds = async () =>
  (await kysely.selectFrom('account').select('id').execute()).map(({ id }) => id);

test('calls share one commit, and one that fails leaves the others alone', async () => {
  const outcomes = await runTogether(kysely, [createAccount('a'), createAccount('a'), createAccount('b')]);
  assert.deepEqual(outcomes[0], { value: undefined });
  assert.match(String((outcomes[1] as { error: Error }).error), /UNIQUE/);
  assert.deepEqual(outcomes[2], { value: undefined });
  assert.deepEqual(await accountIds(), ['a', 'b']);
  assert.equal(statements.filter((sql) => sql === 'COMMIT').length, 1);
});

test('reads and writes are answered in the order of the calls', async () => {
  await runTogether(kysely, [createAccount('a')]);
  const listAccounts: QueuedCall = { name: 'listAccounts', rest: [] };
  const outcomes = await runTogether(kysely, [createAccount('b'), listAccounts, createAccount('b')]);
  assert.deepEqual(outcomes[1], { value: [{ id: 'a', name: 'A', createdAt: 1 }] });
  assert.deepEqual(outcomes[0], { value: undefined });
  assert.ok('error' in outcomes[2]!);
});

test('reads alone begin no transaction', async () => {
  await runTogether(kysely, [{ name: 'listAccounts', rest: [] }]);
  assert.deepEqual(statements, []);
});

test('when the commit fails nothing is acknowledged and the next batch starts afresh', async () => {
  const execute = database.exec.bind(database);
  database.exec = (sql) => {
    if (sql === 'COMMIT') throw new Error('disk I/O error');
    execute(sql);
  };
  const outcomes = await runTogether(kysely, [createAccount('a'), createAccount('b')]);
  for (const outcome of outcomes)
    assert.match(String((outcome as { error: Error }).error), /disk I\/O error/);
  assert.deepEqual(await accountIds(), []);
  database.exec = execute;
  assert.deepEqual(await runTogether(kysely, [createAccount('a')]), [{ value: undefined }]);
  assert.deepEqual(await accountIds(), ['a']);
});

test('a full disk is reported to whom it concerns and to nobody else', async () => {
  database.exec('PRAGMA max_page_count = 60');
  const outcomes = await runTogether(kysely, [
    createAccount('small'),
    createAccount('huge', 'x'.repeat(1_000_000)),
    createAccount('after'),
  ]);
  const acknowledged = ['small', 'huge', 'after'].filter((_, index) => !('error' in outcomes[index]!));
  assert.match(String((outcomes[1] as { error: Error }).error), /full/);
  assert.deepEqual((await accountIds()).toSorted(), acknowledged.toSorted());
  assert.deepEqual(await runTogether(kysely, [createAccount('later')]), [{ value: undefined }]);
});
