/** The store's thread: owns the database, and runs together what arrives together. Started by sqlite-store.ts. */
import { parentPort, workerData } from 'node:worker_threads';
import { Kysely } from 'kysely';
import type { Schema } from '../sql/schema.ts';
import { runTogether } from './group-commit.ts';
import { migrate } from './migrate.ts';
import { nodeSqliteDialect } from './node-sqlite-dialect.ts';
import { openDatabase } from './open-database.ts';
import { type Answer, type FromThread, type ToThread, toFailure } from './thread-messages.ts';

const port = parentPort!;
const { filePath } = workerData as { readonly filePath: string };

/** Bounds how long the first caller of a rush waits for the last; a sync is spread thinly enough by then. */
const LARGEST_BATCH = 256;

const post = (message: FromThread): void => port.postMessage(message);

try {
  serve(openKysely());
  post({ kind: 'opened' });
} catch (error) {
  post({ kind: 'refused', failure: toFailure(error) });
}

function openKysely(): Kysely<Schema> {
  const database = openDatabase(filePath);
  try {
    migrate(database);
    return new Kysely<Schema>({ dialect: nodeSqliteDialect(database) });
  } catch (error) {
    database.close();
    throw error;
  }
}

function serve(database: Kysely<Schema>): void {
  const queued: (ToThread & { kind: 'call' })[] = [];
  let closing = false;
  let busy = false;
  port.on('message', (message: ToThread) => {
    if (message.kind === 'close') closing = true;
    else queued.push(message);
    if (busy) return;
    busy = true;
    // Only after everything that has already arrived was received.
    setImmediate(work);
  });

  async function work(): Promise<void> {
    const batch = queued.splice(0, LARGEST_BATCH);
    if (batch.length > 0) post({ kind: 'answers', answers: await answer(batch) });
    busy = queued.length > 0 || closing;
    if (queued.length > 0) setImmediate(work);
    else if (closing) await close();
  }

  async function answer(batch: readonly (ToThread & { kind: 'call' })[]): Promise<readonly Answer[]> {
    const outcomes = await runTogether(
      database,
      batch.map(({ call }) => call),
    );
    return batch.map(({ id }, index) => {
      const outcome = outcomes[index]!;
      return 'error' in outcome ? { id, failure: toFailure(outcome.error) } : { id, value: outcome.value };
    });
  }

  async function close(): Promise<void> {
    await database.destroy();
    port.close();
  }
}
