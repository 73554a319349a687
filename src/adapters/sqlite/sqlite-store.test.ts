/** What is SQLite's own: the file, its lock, its versions. The store's promises are tested in tests/conformance. */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { after, type TestContext, test } from 'node:test';
import { accountId } from '#domain/ids.ts';
import { instant } from '#domain/instant.ts';
import type { Store } from '#ports/store.ts';
import { openSqliteStore } from './sqlite-store.ts';

const folder = mkdtempSync(join(tmpdir(), 'animatic-sqlite-'));
after(() => rmSync(folder, { recursive: true }));

const newPath = (name: string): string => join(folder, `${name}.db`);

/** A store that is closed when its test ends, however it ends. */
async function openFor(test: TestContext, filePath: string): Promise<Store> {
  const store = await openSqliteStore({ filePath });
  test.after(() => store.close());
  return store;
}

/** Opens a store in a program of its own; returns the code and message it was refused with, or `opened`. */
function openElsewhere(filePath: string): string {
  const script = `
    import { openSqliteStore } from ${JSON.stringify(new URL('./sqlite-store.ts', import.meta.url).href)};
    await openSqliteStore({ filePath: ${JSON.stringify(filePath)} }).then(
      (store) => { console.log('opened'); return store.close(); },
      (error) => console.log(error.code, error.message),
    );`;
  return spawnSync(process.execPath, ['--input-type=module', '--eval', script], {
    encoding: 'utf8',
  }).stdout.trim();
}

test('a new database is readable by its owner only', async (context) => {
  await openFor(context, newPath('private'));
  for (const suffix of ['', '-wal']) assert.equal(statSync(newPath('private') + suffix).mode & 0o777, 0o600);
});

test('closing leaves one file behind', async () => {
  const filePath = newPath('closed');
  await (await openSqliteStore({ filePath })).close();
  assert.deepEqual(
    readdirSync(folder).filter((name) => name.startsWith('closed')),
    ['closed.db'],
  );
});

test('a second store on the same file is refused, in this program and in another, until the first is closed', async (context) => {
  const filePath = newPath('shared');
  const store = await openFor(context, filePath);
  await assert.rejects(openSqliteStore({ filePath }), { name: 'AnimaticError', code: 'data_folder_in_use' });
  // The refused attempt must not have dropped the lock of the first.
  assert.match(openElsewhere(filePath), /^data_folder_in_use Another program has .*shared\.db open\./);
  const account = { id: accountId('a'), name: 'A', createdAt: instant(1) };
  await store.accounts.createAccount(account);
  await store.close();
  const again = await openFor(context, filePath);
  assert.deepEqual(await again.accounts.listAccounts(), [account]);
  await again.close();
  assert.equal(openElsewhere(filePath), 'opened');
});

test('a database of a newer version is refused and left as it is', async () => {
  const filePath = newPath('newer');
  await (await openSqliteStore({ filePath })).close();
  const raw = new DatabaseSync(filePath);
  raw.exec("INSERT INTO migration (number, file_name) VALUES (999999, '999999-from-the-future.sql')");
  raw.close();
  await assert.rejects(openSqliteStore({ filePath }), {
    code: 'bad_setting',
    message: /newer version.*schema 999999/,
  });
});

test('a file that is something else is refused and left as it is', async () => {
  const text = newPath('text');
  writeFileSync(text, 'Dear diary, '.repeat(500));
  await assert.rejects(openSqliteStore({ filePath: text }), {
    code: 'bad_setting',
    message: /not a database of Animatic/,
  });
  assert.equal(statSync(text).size, 6000);

  const foreign = newPath('foreign');
  const raw = new DatabaseSync(foreign);
  raw.exec('CREATE TABLE recipe (name TEXT)');
  raw.close();
  await assert.rejects(openSqliteStore({ filePath: foreign }), {
    code: 'bad_setting',
    message: /not a database of Animatic/,
  });
});

test('a folder that is not there is named', async () => {
  const filePath = join(folder, 'missing', 'animatic.db');
  await assert.rejects(openSqliteStore({ filePath }), {
    code: 'bad_setting',
    message: /missing\/animatic\.db cannot be created/,
  });
});

test('an unexpected error keeps its message and the stack of the thread', async (context) => {
  const store = await openFor(context, newPath('defect'));
  const account = { id: accountId('a'), name: 'A', createdAt: instant(1) };
  await store.accounts.createAccount(account);
  await assert.rejects(store.accounts.createAccount(account), (error: Error) => {
    assert.match(error.message, /UNIQUE constraint failed: account\.id/);
    assert.match(error.stack!, /node-sqlite-dialect\.ts/);
    return true;
  });
});
