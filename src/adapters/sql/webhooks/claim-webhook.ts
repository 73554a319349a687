import { type Kysely, sql, type Transaction } from 'kysely';
import type { TaskId } from '#domain/ids.ts';
import { instant } from '#domain/instant.ts';
import type { DueWebhook, WebhookClaim } from '#ports/webhook-outbox.ts';
import type { Schema } from '../schema.ts';

/**
 * The lease is the event's new due time: nobody sees it before that, and nothing has to be cleaned up after a sender that died.
 * Walks past the due events of accounts that have enough under way, in the order of the index: 50,000 of them take about 20 ms.
 */
export async function claimWebhook(
  transaction: Transaction<Schema>,
  { senderId, at, leaseExpiresAt, mostPerAccount }: WebhookClaim,
): Promise<DueWebhook | undefined> {
  const row = await transaction
    .updateTable('webhook')
    .set(({ eb }) => ({
      attempt: eb('attempt', '+', sql.lit(1n)),
      due_at: leaseExpiresAt,
      sender_id: senderId,
    }))
    .where('task_sequence', '=', ({ selectFrom }) =>
      selectFrom('webhook as due')
        .select('due.task_sequence')
        .where('due.state', '=', sql.lit('pending'))
        .where('due.due_at', '<=', BigInt(at))
        .where(
          (eb) =>
            eb
              .selectFrom('webhook as being_sent')
              .select(({ fn }) => fn.countAll<bigint>().as('count'))
              .whereRef('being_sent.account_id', '=', 'due.account_id')
              .where('being_sent.sender_id', 'is not', null)
              .where('being_sent.due_at', '>', BigInt(at)),
          '<',
          BigInt(mostPerAccount),
        )
        .orderBy('due.due_at')
        .orderBy('due.task_sequence')
        .limit(sql.lit(1)),
    )
    .returning(['task_sequence', 'attempt', 'earlier_attempts', 'queued_at'])
    .executeTakeFirst();
  if (row === undefined) return undefined;
  await transaction
    .insertInto('webhook_attempt')
    .values({ task_sequence: row.task_sequence, number: row.attempt, at })
    .execute();
  return {
    lease: { taskId: await taskIdOf(transaction, row.task_sequence), senderId, attempt: Number(row.attempt) },
    attemptSinceQueued: Number(row.attempt - row.earlier_attempts),
    queuedAt: instant(Number(row.queued_at)),
  };
}

async function taskIdOf(database: Kysely<Schema>, sequence: bigint): Promise<TaskId> {
  const { id } = await database
    .selectFrom('task')
    .select('id')
    .where('sequence', '=', sequence)
    .executeTakeFirstOrThrow();
  return id;
}
