import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { test } from 'node:test';
import { dumpSchema, SCHEMA_FILE } from './dump-schema.ts';
import { migrate } from './migrate.ts';

test('the checked-in schema is what the migrations make', () => {
  assert.equal(
    readFileSync(SCHEMA_FILE, 'utf8'),
    dumpSchema(),
    'Run `node src/adapters/sqlite/dump-schema.ts` and review the difference.',
  );
});

test('migrations are numbered from 1 without a gap', () => {
  const numbers = readdirSync(new URL('./migrations/', import.meta.url)).sort();
  assert.deepEqual(
    numbers.map((fileName) => /^(\d{6})-[a-z-]+\.sql$/.exec(fileName)?.[1]),
    numbers.map((_, index) => String(index + 1).padStart(6, '0')),
  );
});

test('a second start applies nothing again', () => {
  const database = new DatabaseSync(':memory:');
  migrate(database);
  const applied = database.prepare('SELECT * FROM migration').all();
  assert.ok(applied.length > 0);
  migrate(database);
  assert.deepEqual(database.prepare('SELECT * FROM migration').all(), applied);
  database.close();
});

test('a migration that fails leaves the database as it was', () => {
  const database = new DatabaseSync(':memory:');
  database.exec('CREATE TABLE task_log (in_the_way TEXT)');
  assert.throws(() => migrate(database), /task_log already exists/);
  assert.deepEqual(
    database
      .prepare('SELECT name FROM sqlite_schema')
      .all()
      .map(({ name }) => name),
    ['task_log'],
  );
  database.close();
});
