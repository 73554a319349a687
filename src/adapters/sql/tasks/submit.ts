import type { Transaction } from 'kysely';
import { holdPostings } from '#domain/billing/entry.ts';
import { AnimaticError } from '#domain/errors.ts';
import { formatUsd } from '#domain/money.ts';
import type { Task } from '#domain/task/task.ts';
import { balance } from '../ledger/balance.ts';
import { writeEntry } from '../ledger/write-entry.ts';
import type { Schema } from '../schema.ts';
import { newTaskRow } from './task-row.ts';

/**
 * @throws AnimaticError `insufficient_credit`. @throws RangeError for a task that has already begun.
 */
export async function submit(transaction: Transaction<Schema>, task: Task): Promise<void> {
  if (task.state !== 'created' || task.attempt !== 0)
    throw new RangeError('Only a new task can be submitted.');
  await requireCredit(transaction, task);
  await transaction.insertInto('task').values(newTaskRow(task)).execute();
  await writeEntry(transaction, {
    kind: 'hold',
    accountId: task.accountId,
    taskId: task.id,
    note: `${task.endpoint.protocol} ${task.endpoint.id}`,
    at: task.createdAt,
    postings: holdPostings(task.accountId, task.held),
  });
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
