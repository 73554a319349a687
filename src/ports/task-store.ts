import type { Protocol } from '#domain/endpoint-key.ts';
import type { AccountId, ApiKeyId, TaskId } from '#domain/ids.ts';
import type { Instant } from '#domain/instant.ts';
import type { MicroDollars } from '#domain/money.ts';
import type { LogLine, Submission, Task } from '#domain/task/task.ts';
import type { TaskState } from '#domain/task/task-state.ts';

/** A log line with its number, ascending from 1 within a task. */
export interface NumberedLogLine extends LogLine {
  readonly number: number;
}

/** Under which a task is accepted; omitted members ask nothing. */
export interface SubmitRules {
  /** How many tasks of the account may wait already. */
  readonly mostWaiting?: number;
  /** How many the account may submit within one minute of the clock. */
  readonly mostPerMinute?: number;
  /** How long the same request of the same API key counts as one that was sent twice. */
  readonly duplicateWindowMs?: number;
}

/** A submit that may have been made before. */
export interface RepeatedSubmit {
  readonly accountId: AccountId;
  readonly apiKeyId: ApiKeyId;
  readonly submission: Submission;
  readonly at: Instant;
  readonly duplicateWindowMs?: number;
}

/** Omitted members leave everything in. */
export interface TaskSearch {
  readonly accountId: AccountId;
  readonly protocol?: Protocol;
  readonly endpointId?: string;
  /** At least one. */
  readonly states?: readonly [TaskState, ...TaskState[]];
  /** The first moment of submission, and the one after the last. */
  readonly from?: Instant;
  readonly until?: Instant;
  readonly limit: number;
  readonly offset: number;
}

export interface TaskPage {
  readonly tasks: readonly Task[];
  /** How many there are on all pages. */
  readonly total: number;
}

/** What an account's tasks of one endpoint, submitted on one day, amount to. */
export interface DailyUsage {
  /** The first moment of the day, in UTC. */
  readonly day: Instant;
  readonly endpointId: string;
  readonly submitted: number;
  readonly completed: number;
  readonly charged: MicroDollars;
  readonly lastSubmittedAt: Instant;
}

export interface TaskStore {
  /**
   * Task, queue entry and hold in one transaction; durable when the promise resolves. A repeated submit (see `findRepeated`)
   * writes nothing, and is answered with the earlier task.
   * @throws AnimaticError `insufficient_credit` (details `balance`, `price` in USD text) when the wallet does not cover
   *   `task.held`; `queue_full`; `rate_limited` (details `limit`, `retryAfterSeconds`); `idempotency_key_reused`. Nothing is
   *   written then.
   */
  submit(task: Task, rules?: SubmitRules): Promise<Task>;
  /**
   * The task that was submitted with the same idempotency key, whatever became of it; without a key, one that the same API key
   * submitted with the same fingerprint less than `duplicateWindowMs` ago and that did not fail.
   * @throws AnimaticError `idempotency_key_reused` when the key's task has another fingerprint.
   */
  findRepeated(submit: RepeatedSubmit): Promise<Task | undefined>;
  /** Any account's task, or only `accountId`'s, which then must not be deleted. */
  find(id: TaskId, accountId?: AccountId): Promise<Task | undefined>;
  /** Newest first, without deleted ones. */
  list(accountId: AccountId, limit: number): Promise<readonly Task[]>;
  /** The same, of the tasks that fit. */
  search(search: TaskSearch): Promise<TaskPage>;
  /** By day and endpoint, oldest day first, deleted tasks included: `from` is the first moment, `until` the one after the last. */
  usage(
    accountId: AccountId,
    period: { readonly from: Instant; readonly until: Instant },
  ): Promise<readonly DailyUsage[]>;
  /** Marks tasks of the account, whatever their state; of the rest nothing is told. Returns the ids of those marked just now. */
  markDeleted(ids: readonly TaskId[], accountId: AccountId, at: Instant): Promise<readonly TaskId[]>;
  /** How many tasks stand before this one in the queue; undefined when it does not wait. */
  queuePosition(id: TaskId): Promise<number | undefined>;
  /** Lines after number `after` (0: all), in order. */
  readLog(id: TaskId, after: number): Promise<readonly NumberedLogLine[]>;
  /**
   * A waiting task is cancelled and its hold released at once; of a running one the wish is noted, and its worker ends it.
   * Idempotent. Returns the task as it then stands, undefined when there is none.
   */
  requestCancel(id: TaskId, accountId: AccountId, at: Instant): Promise<Task | undefined>;
}
