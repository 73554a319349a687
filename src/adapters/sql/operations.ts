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
import { verify } from './ledger/verify.ts';
import { claim } from './queue/claim.ts';
import { finish } from './queue/finish.ts';
import { giveBack } from './queue/give-back.ts';
import { heartbeat } from './queue/heartbeat.ts';
import { reap, reapAll } from './queue/reap.ts';
import { saveEngineHandle } from './queue/save-engine-handle.ts';
import type { Schema } from './schema.ts';
import { find } from './tasks/find.ts';
import { list } from './tasks/list.ts';
import { queuePosition } from './tasks/queue-position.ts';
import { readLog } from './tasks/read-log.ts';
import { requestCancel } from './tasks/request-cancel.ts';
import { submit } from './tasks/submit.ts';

export const READS = {
  listAccounts,
  findApiKey,
  listApiKeys,
  balance,
  listEntries,
  verify,
  find,
  list,
  queuePosition,
  readLog,
} as const;

export const WRITES = {
  createAccount,
  createApiKey,
  revokeApiKey,
  grant,
  submit,
  requestCancel,
  claim,
  heartbeat,
  saveEngineHandle,
  finish,
  giveBack,
  reap,
  reapAll,
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
