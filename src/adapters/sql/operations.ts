/**
 * Every operation of the store by name. All are functions of a transaction (reads: of anything that can be queried) and plain
 * arguments, so that an adapter may run them wherever its connection lives.
 */
import type { Kysely, Transaction } from 'kysely';
import { createAccount } from './accounts/create-account.ts';
import { createApiKey } from './accounts/create-api-key.ts';
import { createSession } from './accounts/create-session.ts';
import { endSession } from './accounts/end-session.ts';
import { findApiKey } from './accounts/find-api-key.ts';
import { findSession } from './accounts/find-session.ts';
import { listAccounts } from './accounts/list-accounts.ts';
import { listApiKeys } from './accounts/list-api-keys.ts';
import { redeemTicket } from './accounts/redeem-ticket.ts';
import { revokeApiKey } from './accounts/revoke-api-key.ts';
import { expiredFiles, findFileRule, forgetFileRule, setFileRule } from './files/file-rules.ts';
import { balance } from './ledger/balance.ts';
import { grant } from './ledger/grant.ts';
import { listEntries } from './ledger/list-entries.ts';
import { searchMovements } from './ledger/search-movements.ts';
import { verify } from './ledger/verify.ts';
import { claim } from './queue/claim.ts';
import { depth } from './queue/depth.ts';
import { forgetEngineStart, noteEngineStart } from './queue/engine-start.ts';
import { expire } from './queue/expire.ts';
import { finish } from './queue/finish.ts';
import { giveBack } from './queue/give-back.ts';
import { heartbeat } from './queue/heartbeat.ts';
import { listParked } from './queue/list-parked.ts';
import { park } from './queue/park.ts';
import { reap, reapAll } from './queue/reap.ts';
import { release } from './queue/release.ts';
import { saveEngineHandle } from './queue/save-engine-handle.ts';
import { unpark } from './queue/unpark.ts';
import type { Schema } from './schema.ts';
import { browse } from './tasks/browse.ts';
import { deleteEnded } from './tasks/delete-ended.ts';
import { noteFilesRemoved, tasksWithFilesLeft } from './tasks/files-left.ts';
import { find } from './tasks/find.ts';
import { findRepeated } from './tasks/find-repeated.ts';
import { list } from './tasks/list.ts';
import { margins } from './tasks/margins.ts';
import { markDeleted } from './tasks/mark-deleted.ts';
import { queuePosition } from './tasks/queue-position.ts';
import { readLog } from './tasks/read-log.ts';
import { requestCancel } from './tasks/request-cancel.ts';
import { search } from './tasks/search.ts';
import { submit } from './tasks/submit.ts';
import { usage } from './tasks/usage.ts';
import { usageBy } from './tasks/usage-by.ts';
import {
  addUploadPart,
  beginPartUpload,
  endPartUpload,
  expiredPartUploads,
  findPartUpload,
  listUploadParts,
} from './uploads/part-uploads.ts';
import { forgetUpload, noteUpload, uploadsNotedUntil } from './uploads/uploads.ts';
import { claimWebhook } from './webhooks/claim-webhook.ts';
import { findWebhook } from './webhooks/find-webhook.ts';
import { forgetEndedWebhooks } from './webhooks/forget-ended-webhooks.ts';
import { listWebhooks } from './webhooks/list-webhooks.ts';
import { recordWebhookAttempt } from './webhooks/record-webhook-attempt.ts';
import { releaseAllWebhooks } from './webhooks/release-all-webhooks.ts';
import { resendWebhook } from './webhooks/resend-webhook.ts';

export const READS = {
  listAccounts,
  findApiKey,
  findSession,
  listApiKeys,
  balance,
  listEntries,
  searchMovements,
  verify,
  find,
  findRepeated,
  list,
  search,
  browse,
  usage,
  usageBy,
  margins,
  queuePosition,
  readLog,
  depth,
  listParked,
  findWebhook,
  findFileRule,
  expiredFiles,
  findPartUpload,
  listUploadParts,
  expiredPartUploads,
  listWebhooks,
  tasksWithFilesLeft,
  uploadsNotedUntil,
} as const;

export const WRITES = {
  createAccount,
  createApiKey,
  revokeApiKey,
  createSession,
  redeemTicket,
  endSession,
  grant,
  submit,
  requestCancel,
  markDeleted,
  claim,
  heartbeat,
  noteEngineStart,
  forgetEngineStart,
  saveEngineHandle,
  park,
  unpark,
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
  setFileRule,
  forgetFileRule,
  beginPartUpload,
  addUploadPart,
  endPartUpload,
  deleteEnded,
  noteFilesRemoved,
  noteUpload,
  forgetUpload,
  forgetEndedWebhooks,
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
