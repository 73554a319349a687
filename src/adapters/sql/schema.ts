/**
 * The tables as Kysely sees them. Amounts are micro-dollars, instants milliseconds since 1970 UTC, JSON is text. Integers
 * come back as bigint, because amounts need all 64 bits; the `*-row.ts` files beside turn rows into domain values.
 */
import type { ColumnType, Generated } from 'kysely';
import type { EntryKind, LedgerAccount } from '#domain/billing/entry.ts';
import type { Protocol } from '#domain/endpoint-key.ts';
import type { AccountId, ApiKeyId, AssetId, TaskId, WorkerId } from '#domain/ids.ts';
import type { LogLevel } from '#domain/task/task.ts';
import type { TaskState } from '#domain/task/task-state.ts';
import type { WebhookState } from '#domain/webhook/event.ts';
import type { Role, Session } from '#ports/account-store.ts';

type Integer = ColumnType<bigint, bigint | number, bigint | number>;
type NullableInteger = ColumnType<bigint | null, bigint | number | null | undefined, bigint | number | null>;
type NullableText = ColumnType<string | null, string | null | undefined, string | null>;

export interface AccountTable {
  id: AccountId;
  name: string;
  created_at: Integer;
}

export interface ApiKeyTable {
  sequence: Generated<bigint>;
  id: ApiKeyId;
  account_id: AccountId;
  name: string;
  role: Role;
  prefix: string;
  hash: string;
  created_at: Integer;
  revoked_at: NullableInteger;
}

export interface SessionTable {
  hash: string;
  kind: Session['kind'];
  api_key_id: ApiKeyId;
  created_at: Integer;
  expires_at: Integer;
}

export interface TaskTable {
  /**
   * Order of submission, which is the order of the queue. Other tables name a task by it: beside its random id, rows that are
   * written together lie together, which halves what a commit writes (16.6 instead of 37.7 KiB per task's life).
   */
  sequence: Generated<bigint>;
  id: TaskId;
  account_id: AccountId;
  api_key_id: ApiKeyId;
  protocol: Protocol;
  endpoint_id: string;
  request: string;
  input: string;
  input_paths: string;
  /** Place of the priority in `TASK_PRIORITIES`: 0 comes first. */
  priority: Integer;
  start_by: NullableInteger;
  /** Of a delayed task: it joins the queue when this is taken away. */
  start_after: NullableInteger;
  engine: string;
  state: TaskState;
  attempt: Integer;
  crashes: Integer;
  progress: number;
  held: Integer;
  charged: NullableInteger;
  quoted_cost: NullableInteger;
  cost: NullableInteger;
  engine_handle: NullableText;
  /** JSON of an `EngineStart`. */
  engine_start: NullableText;
  /** Of a task that waits for a person: its worker is then nobody (`PARKED`), and its lease never expires. */
  parked_at: NullableInteger;
  output: NullableText;
  error: NullableText;
  worker_id: ColumnType<WorkerId | null, WorkerId | null | undefined, WorkerId | null>;
  lease_expires_at: NullableInteger;
  created_at: Integer;
  started_at: NullableInteger;
  finished_at: NullableInteger;
  cancel_requested_at: NullableInteger;
  webhook: NullableText;
  inline_output: Integer;
  emulation: NullableText;
  deleted_at: NullableInteger;
  idempotency_key: NullableText;
  fingerprint: NullableText;
  output_wish: NullableText;
  tried_once: Integer;
  files_removed: ColumnType<bigint, bigint | number | undefined, bigint | number>;
}

export interface TaskLogTable {
  task_sequence: bigint;
  number: Integer;
  at: Integer;
  level: LogLevel;
  message: string;
}

/** Whose turn it is. Triggers on `task` make the rows and keep `waiting`. */
export interface AccountTurnTable {
  account_id: AccountId;
  waiting: Integer;
  last_served: Integer;
}

export interface LedgerEntryTable {
  sequence: Generated<bigint>;
  kind: EntryKind;
  account_id: AccountId;
  task_sequence: ColumnType<bigint | null, bigint | null | undefined, never>;
  note: string;
  at: Integer;
}

export interface LedgerPostingTable {
  entry_sequence: Integer;
  ledger_account: LedgerAccount;
  amount: Integer;
}

/** Kept by a trigger on `ledger_posting`; no code writes it. */
export interface LedgerBalanceTable {
  ledger_account: LedgerAccount;
  balance: ColumnType<bigint, never, never>;
}

/** The outbox. A trigger on `task` makes the rows. */
export interface WebhookTable {
  task_sequence: bigint;
  account_id: AccountId;
  state: WebhookState;
  attempt: Integer;
  /** Those before the event was last to be sent again. */
  earlier_attempts: Integer;
  queued_at: Integer;
  /** When a pending event may be claimed: while it is being sent, when its lease expires. */
  due_at: NullableInteger;
  sender_id: ColumnType<WorkerId | null, never, WorkerId | null>;
}

export interface WebhookAttemptTable {
  task_sequence: bigint;
  number: Integer;
  at: Integer;
  duration_ms: NullableInteger;
  status: NullableInteger;
  error: NullableText;
}

export interface FileRuleTable {
  asset_id: AssetId;
  owner_id: AccountId;
  expires_at: NullableInteger;
  access: NullableText;
}

export interface UploadTable {
  asset_id: AssetId;
  uploaded_at: Integer;
}

export interface PartUploadTable {
  id: AssetId;
  account_id: AccountId;
  file_name: string;
  expires_at: Integer;
}

export interface UploadPartTable {
  upload_id: AssetId;
  number: Integer;
  asset_id: AssetId;
  etag: string;
  byte_length: Integer;
}

export interface Schema {
  account: AccountTable;
  api_key: ApiKeyTable;
  session: SessionTable;
  task: TaskTable;
  task_log: TaskLogTable;
  file_rule: FileRuleTable;
  upload: UploadTable;
  part_upload: PartUploadTable;
  upload_part: UploadPartTable;
  account_turn: AccountTurnTable;
  ledger_entry: LedgerEntryTable;
  ledger_posting: LedgerPostingTable;
  ledger_balance: LedgerBalanceTable;
  webhook: WebhookTable;
  webhook_attempt: WebhookAttemptTable;
}
