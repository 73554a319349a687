import type { Transaction } from 'kysely';
import type { StoredError } from '#domain/errors.ts';
import type { TaskId } from '#domain/ids.ts';
import type { Instant } from '#domain/instant.ts';
import type { JsonValue } from '#domain/json.ts';
import { ZERO } from '#domain/money.ts';
import type { LogLine, Task } from '#domain/task/task.ts';
import type { StartVerdict } from '#ports/task-queue.ts';
import { settle } from '../ledger/settle.ts';
import type { Schema } from '../schema.ts';
import { appendLog } from '../tasks/append-log.ts';
import { cancelUncharged } from '../tasks/cancel-uncharged.ts';
import { changeState } from '../tasks/change-state.ts';
import { find } from '../tasks/find.ts';

export async function unpark(
  transaction: Transaction<Schema>,
  id: TaskId,
  verdict: StartVerdict,
  at: Instant,
  log: readonly LogLine[],
): Promise<Task | undefined> {
  const sequence =
    verdict.kind === 'givenUp'
      ? await fail(transaction, id, verdict.error, at)
      : await queueAgain(transaction, id, verdict.kind === 'found' ? verdict.handle : undefined, at);
  if (sequence === undefined) return undefined;
  await appendLog(transaction, sequence, log);
  return find(transaction, id);
}

/** The note of the start stays: it tells what was never found out. */
async function fail(
  transaction: Transaction<Schema>,
  id: TaskId,
  error: StoredError,
  at: Instant,
): Promise<bigint | undefined> {
  const ended = await changeState(transaction, 'processing', 'failed')
    .set({ charged: ZERO, error: JSON.stringify(error), finished_at: at })
    .where('id', '=', id)
    .where('parked_at', 'is not', null)
    .returning(['sequence', 'account_id', 'held', 'state'])
    .executeTakeFirst();
  if (ended !== undefined) await settle(transaction, ended, ZERO, at);
  return ended?.sequence;
}

async function queueAgain(
  transaction: Transaction<Schema>,
  id: TaskId,
  handle: JsonValue | undefined,
  at: Instant,
): Promise<bigint | undefined> {
  const row = await changeState(transaction, 'processing', 'created')
    .set({
      engine_start: null,
      engine_handle: handle === undefined ? null : JSON.stringify(handle),
      progress: 0,
    })
    .where('id', '=', id)
    .where('parked_at', 'is not', null)
    .returning(['sequence', 'cancel_requested_at'])
    .executeTakeFirst();
  if (row === undefined) return undefined;
  if (row.cancel_requested_at !== null) await cancelUncharged(transaction, 'created', id, at);
  return row.sequence;
}
