/** The statements that run all the time find their rows by index, so that they cost the same however much is stored. */
import assert from 'node:assert/strict';
import { DatabaseSync } from 'node:sqlite';
import { after, before, test } from 'node:test';
import { Kysely } from 'kysely';
import { accountId, apiKeyId, assetId, taskId, workerId } from '#domain/ids.ts';
import { instant } from '#domain/instant.ts';
import { microDollars } from '#domain/money.ts';
import { READS, WRITES } from '../sql/operations.ts';
import type { Schema } from '../sql/schema.ts';
import { requirePlace } from '../sql/tasks/submit.ts';
import { migrate } from './migrate.ts';
import { nodeSqliteDialect } from './node-sqlite-dialect.ts';

let database: DatabaseSync;
let kysely: Kysely<Schema>;
let queries: string[] = [];

before(() => {
  database = new DatabaseSync(':memory:', { enableForeignKeyConstraints: false });
  migrate(database);
  kysely = new Kysely<Schema>({
    dialect: nodeSqliteDialect(database),
    log: ({ query }) => {
      queries.push(query.sql);
    },
  });
  database.exec(`
    INSERT INTO account_turn VALUES ('a', 0, 0);
    INSERT INTO task (id, account_id, api_key_id, protocol, endpoint_id, request, input, input_paths, priority, engine,
      state, attempt, crashes, progress, held, created_at)
    SELECT value, 'a', 'k', 'fal', 'x', '{}', '{}', '{}', 0, 'e', 'created', 0, 0, 0, 0, 0
    FROM json_each('["t1", "t2", "t3"]');
    INSERT INTO part_upload VALUES ('u', 'a', 'x', 0);
    INSERT INTO webhook SELECT sequence, 'a', 'pending', 0, 0, 0, 0, NULL FROM task WHERE id = 't2';
  `);
});
after(() => kysely.destroy());

/** `claim` reads the first row of the index of those whose turn it is, and stops; and of what is processing, which is little. */
const SLOW =
  /SCAN (?!.*VALUES CLAUSE|account_turn USING INDEX account_turn_waiting|task USING INDEX task_leased)|TEMP B-TREE/;

/** The steps of every query that `run` makes which read a table or an index from end to end, or sort. */
async function slowSteps(run: () => Promise<unknown>): Promise<readonly string[]> {
  queries = [];
  await run();
  assert.ok(queries.length > 0);
  return queries.flatMap((sql) => {
    const steps = database.prepare(`EXPLAIN QUERY PLAN ${sql}`).all() as { detail: string }[];
    return steps.map(({ detail }) => detail).filter((detail) => SLOW.test(detail));
  });
}

const ID = taskId('t2');
const ACCOUNT = accountId('a');
const WORKER = workerId('w');
const UPLOAD = assetId('u');
const lease = { taskId: taskId('t1'), workerId: WORKER, attempt: 1 };
const AT = instant(10);

const RUNS: Readonly<Record<string, () => Promise<unknown>>> = {
  claim: () => transact((transaction) => WRITES.claim(transaction, WORKER, AT, AT)),
  'claim with busy engines': () =>
    transact((transaction) =>
      WRITES.claim(transaction, WORKER, AT, AT, { mostPerAccount: 9, mostPerEngine: { e: 1 } }),
    ),
  heartbeat: () =>
    transact((transaction) =>
      WRITES.heartbeat(transaction, lease, {
        at: AT,
        leaseExpiresAt: AT,
        progress: 0.5,
        log: [{ at: AT, level: 'info', message: '' }],
      }),
    ),
  reap: () => transact((transaction) => WRITES.reap(transaction, instant(0))),
  expire: () => transact((transaction) => WRITES.expire(transaction, AT)),
  release: () => transact((transaction) => WRITES.release(transaction, AT)),
  finish: () =>
    transact((transaction) =>
      WRITES.finish(
        transaction,
        lease,
        { state: 'failed', error: { code: 'internal', message: '' } },
        AT,
        [],
      ),
    ),
  grant: () => transact((transaction) => WRITES.grant(transaction, ACCOUNT, microDollars(1n), '', AT)),
  claimWebhook: () =>
    transact((transaction) =>
      WRITES.claimWebhook(transaction, { senderId: WORKER, at: AT, leaseExpiresAt: AT, mostPerAccount: 1 }),
    ),
  recordWebhookAttempt: () =>
    transact((transaction) =>
      WRITES.recordWebhookAttempt(
        transaction,
        { taskId: ID, senderId: WORKER, attempt: 1 },
        { durationMs: 1, answer: { status: 200 }, verdict: { state: 'delivered' } },
      ),
    ),
  findWebhook: () => READS.findWebhook(kysely, ID),
  submit: () => transact((transaction) => requirePlace(transaction, { protocol: 'fal', id: 'x' }, 5)),
  addUploadPart: () =>
    transact((transaction) =>
      WRITES.addUploadPart(transaction, UPLOAD, { number: 1, assetId: UPLOAD, etag: 'e', byteLength: 1 }, 10),
    ),
  expiredPartUploads: () => READS.expiredPartUploads(kysely, AT, 10),
  endPartUpload: () => transact((transaction) => WRITES.endPartUpload(transaction, UPLOAD)),
  findFileRule: () => READS.findFileRule(kysely, UPLOAD),
  expiredFiles: () => READS.expiredFiles(kysely, AT, 10),
  deleteEnded: () => transact((transaction) => WRITES.deleteEnded(transaction, AT, AT, 10)),
  tasksWithFilesLeft: () => READS.tasksWithFilesLeft(kysely, 10),
  noteFilesRemoved: () => transact((transaction) => WRITES.noteFilesRemoved(transaction, ID)),
  noteUpload: () => transact((transaction) => WRITES.noteUpload(transaction, UPLOAD, AT)),
  uploadsNotedUntil: () => READS.uploadsNotedUntil(kysely, AT, 10),
  forgetUpload: () => transact((transaction) => WRITES.forgetUpload(transaction, UPLOAD)),
  forgetEndedWebhooks: () => transact((transaction) => WRITES.forgetEndedWebhooks(transaction, AT, 10)),
  find: () => READS.find(kysely, ID),
  list: () => READS.list(kysely, ACCOUNT, 10),
  findRepeated: async () => {
    const repeated = { accountId: ACCOUNT, apiKeyId: apiKeyId('k'), at: AT, duplicateWindowMs: 5 };
    await READS.findRepeated(kysely, { ...repeated, submission: { fingerprint: 'f' } });
    await READS.findRepeated(kysely, { ...repeated, submission: { fingerprint: 'f', idempotencyKey: 'i' } });
  },
  search: () => READS.search(kysely, { accountId: ACCOUNT, from: AT, until: AT, limit: 10, offset: 0 }),
  searchMovements: () =>
    READS.searchMovements(kysely, { accountId: ACCOUNT, order: 'newestFirst', limit: 10, offset: 0 }),
  listEntries: () => READS.listEntries(kysely, ACCOUNT, 10),
  readLog: () => READS.readLog(kysely, ID, 0),
  balance: () => READS.balance(kysely, ACCOUNT),
  findApiKey: () => READS.findApiKey(kysely, ''),
  listParked: () => READS.listParked(kysely, 10),
  parking: () =>
    transact(async (transaction) => {
      const { id, attempt } = (await WRITES.claim(transaction, WORKER, AT, AT))!;
      await WRITES.park(transaction, { taskId: id, workerId: WORKER, attempt }, AT, []);
      await WRITES.unpark(transaction, id, { kind: 'absent' }, AT, []);
    }),
  findSession: () => READS.findSession(kysely, '', AT),
  createSession: () =>
    transact((transaction) =>
      WRITES.createSession(
        transaction,
        { kind: 'page', apiKeyId: apiKeyId('k'), createdAt: AT, expiresAt: AT },
        'a'.repeat(64),
      ),
    ),
  browse: () => READS.browse(kysely, { accountId: ACCOUNT, text: 'x', after: ID, limit: 10 }),
  listWebhooks: () => READS.listWebhooks(kysely, { accountId: ACCOUNT, after: ID, limit: 10 }),
};

const transact = <Result>(run: Parameters<ReturnType<typeof kysely.transaction>['execute']>[0]) =>
  kysely.transaction().execute(run) as Promise<Result>;

for (const [name, run] of Object.entries(RUNS)) {
  test(`${name} neither scans nor sorts`, async () => {
    assert.deepEqual(await slowSteps(run), []);
  });
}
