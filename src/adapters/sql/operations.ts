/**
 * Every operation of the store by name. All are functions of a transaction (reads: of anything that can be queried) and plain
 * arguments, so that an adapter may run them wherever its connection lives.
 */
import type { Kysely, Transaction } from 'kysely';
import { createAccount } from './accounts/create-account.ts';
import { createApiKey } from './accounts/create-api-key.ts';
import { findApiKey } from './accounts/find-api-key.ts';
import { listAccounts } from './accounts/list-accounts.ts';
import { listApiKeys } from './accounts/list-api-keys.ts';
import { revokeApiKey } from './accounts/revoke-api-key.ts';
import { balance } from './ledger/balance.ts';
import { grant } from './ledger/grant.ts';
import { listEntries } from './ledger/list-entries.ts';
import { searchMovements } from './ledger/search-movements.ts';
import { verify } from './ledger/verify.ts';
import { claim } from './queue/claim.ts';
import { expire } from './queue/expire.ts';
import { finish } from './queue/finish.ts';
import { giveBack } from './queue/give-back.ts';
import { heartbeat } from './queue/heartbeat.ts';
import { reap, reapAll } from './queue/reap.ts';
import { release } from './queue/release.ts';
import { saveEngineHandle } from './queue/save-engine-handle.ts';
import type { Schema } from './schema.ts';
import { find } from './tasks/find.ts';
import { findRepeated } from './tasks/find-repeated.ts';
import { list } from './tasks/list.ts';
import { markDeleted } from './tasks/mark-deleted.ts';
import { queuePosition } from './tasks/queue-position.ts';
import { readLog } from './tasks/read-log.ts';
import { requestCancel } from './tasks/request-cancel.ts';
import { search } from './tasks/search.ts';
import { submit } from './tasks/submit.ts';
import { usage } from './tasks/usage.ts';
import { claimWebhook } from './webhooks/claim-webhook.ts';
import { findWebhook } from './webhooks/find-webhook.ts';
import { recordWebhookAttempt } from './webhooks/record-webhook-attempt.ts';
import { releaseAllWebhooks } from './webhooks/release-all-webhooks.ts';
import { resendWebhook } from './webhooks/resend-webhook.ts';

export const READS = {
  listAccounts,
  findApiKey,
  listApiKeys,
  balance,
  listEntries,
  searchMovements,
  verify,
  find,
  findRepeated,
  list,
  search,
  usage,
  queuePosition,
  readLog,
  findWebhook,
} as const;

export const WRITES = {
  createAccount,
  createApiKey,
  revokeApiKey,
  grant,
  submit,
  requestCancel,
  markDeleted,
  claim,
  heartbeat,
  saveEngineHandle,
  finish,
  giveBack,
  reap,
  reapAll,
  expire,
  release,
  claimWebhook,
  recordWebhookAttempt,
  releaseAllWebhooks,
  resendWebhook,
} as const;

type Operations = typeof READS & typeof WRITES;
export type OperationName = keyof Operations;

/** What an operation takes besides its connection. */
export type OperationArguments<Name extends OperationName> =
  Parameters<Operations[Name]> extends [unknown, ...infer Rest] ? Rest : never;

export type OperationResult<Name extends OperationName> = Awaited<ReturnType<Operations[Name]>>;

/** An operation whose arguments were checked where it was called. */
export type Read = (database: Kysely<Schema>, ...rest: readonly unknown[]) => Promise<unknown>;
export type Write = (transaction: Transaction<Schema>, ...rest: readonly unknown[]) => Promise<unknown>;
