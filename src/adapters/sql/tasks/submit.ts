import { sql, type Transaction } from 'kysely';
import { holdPostings } from '#domain/billing/entry.ts';
import type { EndpointKey } from '#domain/endpoint-key.ts';
import { AnimaticError } from '#domain/errors.ts';
import { formatUsd } from '#domain/money.ts';
import type { Task } from '#domain/task/task.ts';
import type { SubmitRules } from '#ports/task-store.ts';
import { balance } from '../ledger/balance.ts';
import { writeEntry } from '../ledger/write-entry.ts';
import type { Schema } from '../schema.ts';
import { findRepeated } from './find-repeated.ts';
import { newTaskRow } from './task-row.ts';

/**
 * @throws AnimaticError `insufficient_credit`, `queue_full`, `rate_limited`, `idempotency_key_reused`. @throws RangeError for a task that has already begun.
 */
export async function submit(
  transaction: Transaction<Schema>,
  task: Task,
  { mostWaiting, mostPerMinute, duplicateWindowMs = 0 }: SubmitRules = {},
): Promise<Task> {
  if (task.state !== 'created' || task.attempt !== 0)
    throw new RangeError('Only a new task can be submitted.');
  const { accountId, apiKeyId, submission, createdAt: at } = task;
  const repeated =
    submission &&
    (await findRepeated(transaction, { accountId, apiKeyId, submission, at, duplicateWindowMs }));
  if (repeated !== undefined) return repeated;
  if (mostPerMinute !== undefined) await requireRate(transaction, task, mostPerMinute);
  if (mostWaiting !== undefined) await requirePlace(transaction, task.endpoint, mostWaiting);
  await requireCredit(transaction, task);
  const { sequence } = await transaction
    .insertInto('task')
    .values(newTaskRow(task))
    .returning('sequence')
    .executeTakeFirstOrThrow();
  await writeEntry(transaction, {
    kind: 'hold',
    accountId: task.accountId,
    taskSequence: sequence,
    note: `${task.endpoint.protocol} ${task.endpoint.id}`,
    at: task.createdAt,
    postings: holdPostings(task.accountId, task.held),
  });
  return task;
}

async function requireCredit(transaction: Transaction<Schema>, task: Task): Promise<void> {
  const available = await balance(transaction, task.accountId);
  if (available >= task.held) return;
  const details = { balance: formatUsd(available), price: formatUsd(task.held) };
  throw new AnimaticError(
    'insufficient_credit',
    `The request can cost up to ${details.price} USD, but the account has ${details.balance} USD. Add credit, or ask for less.`,
    { details },
  );
}

const MINUTE_MS = 60_000;

async function requireRate(
  transaction: Transaction<Schema>,
  { accountId, createdAt }: Task,
  mostPerMinute: number,
): Promise<void> {
  const minute = Math.floor(createdAt / MINUTE_MS) * MINUTE_MS;
  const { submitted } = await transaction
    .selectFrom('task')
    .select(({ fn }) => fn.countAll<bigint>().as('submitted'))
    .where('account_id', '=', accountId)
    .where('created_at', '>=', BigInt(minute))
    .where('created_at', '<', BigInt(minute + MINUTE_MS))
    .executeTakeFirstOrThrow();
  if (submitted < mostPerMinute) return;
  const retryAfterSeconds = Math.ceil((minute + MINUTE_MS - createdAt) / 1000);
  throw new AnimaticError(
    'rate_limited',
    `This account may submit ${mostPerMinute} tasks a minute and has. Send the request again in ${retryAfterSeconds} seconds.`,
    { details: { limit: mostPerMinute, retryAfterSeconds } },
  );
}

/** @throws AnimaticError `queue_full`. */
export async function requirePlace(
  transaction: Transaction<Schema>,
  { protocol, id }: EndpointKey,
  mostWaiting: number,
): Promise<void> {
  // One too many is looked for and no further: a queue may be very long.
  const tooMany = await transaction
    .selectFrom('task')
    .select('sequence')
    .where('protocol', '=', protocol)
    .where('endpoint_id', '=', id)
    .where('state', '=', sql.lit('created'))
    .where('start_after', 'is', null)
    .offset(mostWaiting)
    .limit(1)
    .executeTakeFirst();
  if (tooMany === undefined) return;
  throw new AnimaticError(
    'queue_full',
    `More than ${mostWaiting} requests wait for "${id}" already, and this one asked to join no longer queue. Send it again later.`,
    { details: { limit: mostWaiting } },
  );
}
