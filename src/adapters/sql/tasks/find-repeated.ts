import type { Kysely } from 'kysely';
import { AnimaticError } from '#domain/errors.ts';
import type { Task } from '#domain/task/task.ts';
import type { RepeatedSubmit } from '#ports/task-store.ts';
import type { Schema } from '../schema.ts';
import { taskFromRow } from './task-row.ts';

/** @throws AnimaticError `idempotency_key_reused`. */
export async function findRepeated(
  database: Kysely<Schema>,
  submit: RepeatedSubmit,
): Promise<Task | undefined> {
  const { idempotencyKey } = submit.submission;
  return idempotencyKey === undefined
    ? findSame(database, submit)
    : findByKey(database, submit, idempotencyKey);
}

async function findByKey(
  database: Kysely<Schema>,
  { accountId, submission }: RepeatedSubmit,
  key: string,
): Promise<Task | undefined> {
  const row = await database
    .selectFrom('task')
    .selectAll()
    .where('account_id', '=', accountId)
    .where('idempotency_key', '=', key)
    .executeTakeFirst();
  if (row === undefined) return undefined;
  if (row.fingerprint === submission.fingerprint) return taskFromRow(row);
  throw new AnimaticError(
    'idempotency_key_reused',
    `The Idempotency-Key "${key}" belongs to task ${row.id}, which was submitted with another input. Use a new key for a new request.`,
    { details: { taskId: row.id } },
  );
}

/** The latest that was not given up: whoever sends a failed request again wants it tried again. */
async function findSame(
  database: Kysely<Schema>,
  { apiKeyId, submission, at, duplicateWindowMs = 0 }: RepeatedSubmit,
): Promise<Task | undefined> {
  if (duplicateWindowMs === 0) return undefined;
  const row = await database
    .selectFrom('task')
    .selectAll()
    .where('api_key_id', '=', apiKeyId)
    .where('fingerprint', '=', submission.fingerprint)
    .where('created_at', '>', BigInt(at - duplicateWindowMs))
    .where('state', 'in', ['created', 'processing', 'completed'])
    .where('deleted_at', 'is', null)
    .orderBy('created_at', 'desc')
    .limit(1)
    .executeTakeFirst();
  return row && taskFromRow(row);
}
