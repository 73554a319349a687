import type { EntryKind, LedgerAccount, Posting } from '#domain/billing/entry.ts';
import type { AccountId, ApiKeyId, TaskId } from '#domain/ids.ts';
import type { Instant } from '#domain/instant.ts';
import type { MicroDollars } from '#domain/money.ts';
import type { TaskState } from '#domain/task/task-state.ts';

export interface LedgerEntry {
  /** Ascending in the order of commits. */
  readonly sequence: number;
  readonly kind: EntryKind;
  readonly taskId?: TaskId;
  readonly note: string;
  readonly at: Instant;
  readonly postings: readonly Posting[];
}

/** Omitted members leave everything in. */
export interface MovementSearch {
  readonly accountId: AccountId;
  readonly kind?: EntryKind;
  /** At least one. */
  readonly taskIds?: readonly [TaskId, ...TaskId[]];
  readonly endpointId?: string;
  readonly apiKeyId?: ApiKeyId;
  /** The first moment, and the one after the last. */
  readonly from?: Instant;
  readonly until?: Instant;
  readonly order: 'newestFirst' | 'oldestFirst';
  readonly limit: number;
  readonly offset: number;
}

/** What an entry added to a wallet or, negative, took from it. */
export interface WalletMovement {
  /** Of the entry. */
  readonly sequence: number;
  readonly kind: EntryKind;
  readonly amount: MicroDollars;
  readonly at: Instant;
  /** Of holds and settlements: the task as it stands now, and the key that submitted it. */
  readonly task?: {
    readonly id: TaskId;
    readonly endpointId: string;
    readonly state: TaskState;
    readonly held: MicroDollars;
    readonly charged?: MicroDollars;
    readonly apiKeyId: ApiKeyId;
    readonly apiKeyName: string;
  };
}

export interface MovementPage {
  readonly movements: readonly WalletMovement[];
  /** How many there are on all pages. */
  readonly total: number;
}

/** The outcome of re-adding every posting; the books balance when `faults` is empty. */
export interface LedgerReport {
  readonly entryCount: number;
  readonly taskCount: number;
  readonly balances: ReadonlyMap<LedgerAccount, MicroDollars>;
  /** Sentences naming what does not add up. */
  readonly faults: readonly string[];
}

/**
 * The books outside a task's life; holds and settlements are written by the task store and queue in the same transaction as
 * the change of state they belong to.
 */
export interface Ledger {
  /** Books credit given (or, negative, taken back). */
  grant(accountId: AccountId, amount: MicroDollars, note: string, at: Instant): Promise<void>;
  /** What the account can spend now: zero for an account without entries. */
  balance(accountId: AccountId): Promise<MicroDollars>;
  /** Entries that touch the account, newest first. */
  listEntries(accountId: AccountId, limit: number): Promise<readonly LedgerEntry[]>;
  /** Movements of the account's wallet. Entries that move nothing in it, such as the settlement of a full charge, are none. */
  searchMovements(search: MovementSearch): Promise<MovementPage>;
  /**
   * Recomputes everything from the postings: each entry sums to zero, cached balances agree, each task has exactly one hold
   * of its held amount, each final task exactly one settlement of its charged amount, no wallet is negative and what is
   * held equals the holds of unfinished tasks.
   */
  verify(): Promise<LedgerReport>;
}
