/**
 * Group commit: the writes that queued up while the disk was busy run together in one transaction and share its sync. Each
 * runs inside a savepoint of its own, so that one that fails leaves nothing behind and fails alone; outcomes are only
 * returned once the commit is on disk.
 */
import type { ControlledTransaction, Kysely } from 'kysely';
import { type OperationName, READS, type Read, WRITES, type Write } from '../sql/operations.ts';
import type { Schema } from '../sql/schema.ts';

export interface QueuedCall {
  readonly name: OperationName;
  readonly rest: readonly unknown[];
}

export type Outcome = { readonly value: unknown } | { readonly error: unknown };

/** Reads first, before the writes that came with them, since they need no sync. Never rejects; outcomes in call order. */
export async function runTogether(
  database: Kysely<Schema>,
  calls: readonly QueuedCall[],
): Promise<readonly Outcome[]> {
  const outcomes: Outcome[] = new Array(calls.length);
  const writes: number[] = [];
  for (const [index, call] of calls.entries()) {
    if (call.name in WRITES) writes.push(index);
    else outcomes[index] = await outcomeOf(() => read(call)(database, ...call.rest));
  }
  if (writes.length === 0) return outcomes;
  const written = await writeTogether(
    database,
    writes.map((index) => calls[index]!),
  );
  for (const [position, index] of writes.entries()) outcomes[index] = written[position]!;
  return outcomes;
}

async function writeTogether(
  database: Kysely<Schema>,
  calls: readonly QueuedCall[],
): Promise<readonly Outcome[]> {
  let transaction: ControlledTransaction<Schema> | undefined;
  try {
    transaction = await database.startTransaction().execute();
    const outcomes: Outcome[] = [];
    for (const call of calls) outcomes.push(await writeAlone(transaction, call));
    await transaction.commit().execute();
    return outcomes;
  } catch (error) {
    // Nothing of the batch counts, whatever its parts said.
    await transaction
      ?.rollback()
      .execute()
      .catch(() => {});
    return calls.map(() => ({ error }));
  }
}

type Guarded = ControlledTransaction<Schema, ['operation']>;

async function writeAlone(transaction: ControlledTransaction<Schema>, call: QueuedCall): Promise<Outcome> {
  const guarded = await transaction.savepoint('operation').execute();
  const outcome = await outcomeOf(() => write(call)(guarded, ...call.rest));
  if ('error' in outcome) await rollBackAlone(guarded, outcome.error);
  await guarded.releaseSavepoint('operation').execute();
  return outcome;
}

async function rollBackAlone(guarded: Guarded, cause: unknown): Promise<void> {
  try {
    await guarded.rollbackToSavepoint('operation').execute();
  } catch {
    // SQLite gave the whole transaction up, as it does when the disk is full: the cause concerns every call in it.
    throw cause;
  }
}

async function outcomeOf(run: () => Promise<unknown>): Promise<Outcome> {
  try {
    return { value: await run() };
  } catch (error) {
    return { error };
  }
}

const read = (call: QueuedCall): Read => READS[call.name as keyof typeof READS] as Read;
const write = (call: QueuedCall): Write => WRITES[call.name as keyof typeof WRITES] as Write;
