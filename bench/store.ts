/**
 * The embedded store against what the disk allows. A hot transaction is a task's life as the store sees it: submit, claim,
 * finish, each durable before its promise resolves. It is compared with writing the very bytes that SQLite logged for it, with
 * as many syncs, and with the plainest use of SQLite: one row, one commit, no thread. The contestants take turns in every
 * round and the ratio is taken per round, so it holds on a busy machine where the milliseconds drift.
 *
 *     node bench/store.ts
 */
import { closeSync, fsyncSync, mkdtempSync, openSync, readFileSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { openSqliteStore } from '#adapters/sqlite/sqlite-store.ts';
import { usd } from '#domain/money.ts';
import type { Task } from '#domain/task/task.ts';
import type { Store } from '#ports/store.ts';
import {
  at,
  type Customer,
  claimTask,
  completed,
  createCustomer,
  logLine,
  submitTask,
} from '#tests/conformance/store-fixture.ts';

const ROUNDS = 7;
const CUSTOMERS = 8;
const PAGE_BYTES = 4096;

const folder = mkdtempSync(join(tmpdir(), 'animatic-bench-'));
let files = 0;

function newFilePath(): string {
  files += 1;
  return join(folder, `${files}.db`);
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[values.length >> 1]!;
}

async function millisecondsOf(run: () => unknown): Promise<number> {
  const start = performance.now();
  await run();
  return performance.now() - start;
}

/** Runs `work` `count` times, by `callers` at once. */
async function share(
  callers: number,
  count: number,
  work: (index: number) => Promise<unknown>,
): Promise<void> {
  let next = 0;
  const call = async () => {
    while (next < count) await work(next++);
  };
  await Promise.all(Array.from({ length: callers }, call));
}

const openWithCustomers = async (filePath: string): Promise<[Store, readonly Customer[]]> => {
  const store = await openSqliteStore({ filePath });
  const customers: Customer[] = [];
  while (customers.length < CUSTOMERS) customers.push(await createCustomer(store, '1000000'));
  return [store, customers];
};

async function runHotTransaction(store: Store, customer: Customer): Promise<void> {
  await submitTask(store, customer);
  const lease = await claimTask(store);
  await store.queue.finish(lease, completed(usd('1')), at(30), [logLine('The clip is done.')]);
}

interface Footprint {
  readonly bytes: number;
  readonly syncs: number;
}

/** What the write-ahead log holds: its bytes and its commits, https://www.sqlite.org/fileformat.html#the_write_ahead_log. */
function readWriteAheadLog(filePath: string): Footprint {
  const log = readFileSync(`${filePath}-wal`);
  let syncs = 0;
  for (let frame = 32; frame < log.length; frame += 24 + PAGE_BYTES)
    if (log.readUInt32BE(frame + 4) > 0) syncs += 1;
  return { bytes: log.length, syncs };
}

/** Bytes and syncs per hot transaction once there are thousands, from too few of them to fill the log once. */
async function measureFootprint(callers: number): Promise<Footprint> {
  const filePath = newFilePath();
  const [filling, customers] = await openWithCustomers(filePath);
  await share(64, 4000, (index) => runHotTransaction(filling, customers[index % CUSTOMERS]!));
  // The log is emptied when the database is closed.
  await filling.close();
  const store = await openSqliteStore({ filePath });
  const count = Math.max(50, 4 * callers);
  await runHotTransaction(store, customers[0]!);
  const before = readWriteAheadLog(filePath);
  await share(callers, count, (index) => runHotTransaction(store, customers[index % CUSTOMERS]!));
  const after = readWriteAheadLog(filePath);
  await store.close();
  return { bytes: (after.bytes - before.bytes) / count, syncs: (after.syncs - before.syncs) / count };
}

/** A bare loop of writes and syncs, over a file as long as the log becomes. */
function writeAndSync({ bytes, syncs }: Footprint, count: number): void {
  const file = openSync(newFilePath(), 'w');
  const chunk = new Uint8Array(Math.round(bytes / syncs));
  const total = Math.round(syncs * count);
  for (let written = 0; written < total; written += 1) {
    writeSync(file, chunk, 0, chunk.length, (written * chunk.length) % (16 << 20));
    fsyncSync(file);
  }
  closeSync(file);
}

function openPlain(): () => void {
  const database = new DatabaseSync(newFilePath());
  database.exec('PRAGMA locking_mode = EXCLUSIVE; PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL');
  database.exec('CREATE TABLE line (number INTEGER PRIMARY KEY, text TEXT NOT NULL) STRICT');
  const insert = database.prepare('INSERT INTO line (text) VALUES (?)');
  return () => insert.run('A row of a few words.');
}

async function compareHotTransactions(callers: number, count: number): Promise<void> {
  const footprint = await measureFootprint(callers);
  const [store, customers] = await openWithCustomers(newFilePath());
  const insertRow = openPlain();
  const rounds = [];
  for (let round = 0; round <= ROUNDS; round += 1) {
    const hot = await millisecondsOf(() =>
      share(callers, count, (index) => runHotTransaction(store, customers[index % CUSTOMERS]!)),
    );
    const limit = await millisecondsOf(() => writeAndSync(footprint, count));
    const plain = await millisecondsOf(() => share(1, count, async () => insertRow()));
    rounds.push({ hot: hot / count, limit: limit / count, plain: plain / count });
  }
  await store.close();
  const counted = rounds.slice(1);
  const rate = 1000 / median(counted.map(({ hot }) => hot));
  const row = median(counted.map(({ plain }) => plain));
  console.log(
    `${String(callers).padStart(3)} callers: ${rate.toFixed(0)} hot transactions/s, each ${(1000 / rate).toFixed(2)} ms, ` +
      `${(footprint.bytes / 1024).toFixed(0)} KiB and ${footprint.syncs.toFixed(2)} syncs`,
  );
  console.log(
    `             ${median(counted.map(({ hot, limit }) => hot / limit)).toFixed(2)} x the time of writing and syncing those bytes, ` +
      `${median(counted.map(({ hot, plain }) => hot / plain)).toFixed(2)} x that of committing one row (${row.toFixed(2)} ms)`,
  );
}

/** A store where `waiting` tasks of one account wait, and the newest of them. */
async function openWithQueue(waiting: number): Promise<[Store, Task]> {
  const [store, customers] = await openWithCustomers(newFilePath());
  const ms = await millisecondsOf(() =>
    share(256, waiting, () => submitTask(store, customers[0]!, { held: usd('0.01') })),
  );
  console.log(`${waiting} tasks queued by 256 callers at ${((waiting / ms) * 1000).toFixed(0)}/s`);
  const [newest] = await store.tasks.list(customers[0]!.id, 1);
  return [store, newest!];
}

/** The same operations on a short and on a long queue of one account. */
async function compareQueues(shortLength: number, longLength: number): Promise<void> {
  const [short] = await openWithQueue(shortLength);
  const [long, newest] = await openWithQueue(longLength);
  const claims = [];
  const places = [];
  for (let round = 0; round < shortLength; round += 1) {
    const shortMs = await millisecondsOf(() => claimTask(short));
    const longMs = await millisecondsOf(() => claimTask(long));
    claims.push({ longMs, ratio: longMs / shortMs });
    places.push(await millisecondsOf(() => long.tasks.queuePosition(newest.id)));
  }
  const verifyMs = await millisecondsOf(() => long.ledger.verify());
  await Promise.all([short.close(), long.close()]);
  console.log(
    `${longLength} waiting: claim ${median(claims.map(({ longMs }) => longMs)).toFixed(2)} ms, ` +
      `${median(claims.map(({ ratio }) => ratio)).toFixed(2)} x that with ${shortLength}; ` +
      `place of the last ${median(places).toFixed(2)} ms; books verified in ${verifyMs.toFixed(0)} ms`,
  );
}

try {
  await compareHotTransactions(1, 200);
  await compareHotTransactions(64, 1500);
  await compareQueues(200, 100_000);
} finally {
  rmSync(folder, { recursive: true });
}
