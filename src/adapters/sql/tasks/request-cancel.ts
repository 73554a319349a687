import type { Transaction } from 'kysely';
import type { AccountId, TaskId } from '#domain/ids.ts';
import type { Instant } from '#domain/instant.ts';
import type { Task } from '#domain/task/task.ts';
import type { Schema } from '../schema.ts';
import { cancelUncharged } from './cancel-uncharged.ts';
import { find } from './find.ts';

export async function requestCancel(
  transaction: Transaction<Schema>,
  id: TaskId,
  accountId: AccountId,
  at: Instant,
): Promise<Task | undefined> {
  const task = await find(transaction, id, accountId);
  if (task === undefined) return undefined;
  if (task.state === 'created') await cancelUncharged(transaction, 'created', id, at);
  else if (task.state === 'processing') await noteWish(transaction, id, at);
  return find(transaction, id, accountId);
}

/** The first wish counts. */
async function noteWish(transaction: Transaction<Schema>, id: TaskId, at: Instant): Promise<void> {
  await transaction
    .updateTable('task')
    .set({ cancel_requested_at: at })
    .where('id', '=', id)
    .where('state', '=', 'processing')
    .where('cancel_requested_at', 'is', null)
    .execute();
}
