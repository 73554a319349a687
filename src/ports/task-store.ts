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
  /** How many tasks may wait for the same endpoint already, whosoever they are. */
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

/** Which tasks are looked through, page by page; omitted members leave everything in. */
export interface TaskBrowse extends Omit<TaskSearch, 'offset'> {
  readonly apiKeyId?: ApiKeyId;
  readonly endUserId?: string;
  /** Stands in the prompt, in capitals or not. */
  readonly text?: string;
  /** The last task of the page before: only older ones follow. */
  readonly after?: TaskId;
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

/** By what usage is told apart, beside the day. */
export const USAGE_DIMENSIONS = ['endpoint', 'apiKey', 'endUser'] as const;
export type UsageDimension = (typeof USAGE_DIMENSIONS)[number];

/** What an account's tasks of one group, submitted on one day, amount to. */
export interface GroupedUsage {
  /** The first moment of the day, in UTC. */
  readonly day: Instant;
  /** `<protocol>/<endpoint id>`, the key's id, or the end user's name; empty where no end user was named. */
  readonly group: string;
  readonly submitted: number;
  readonly completed: number;
  readonly charged: MicroDollars;
}

/** What an engine's tasks, submitted within a period by any account, brought in and cost. */
export interface EngineMargin {
  readonly engine: string;
  readonly submitted: number;
  readonly completed: number;
  readonly charged: MicroDollars;
  /** What engines said in the end; for clips of which they said nothing then, what they had said before. */
  readonly cost: MicroDollars;
  /** Completed tasks that count as nothing in `cost`, because nobody said anything. */
  readonly completedOfUnknownCost: number;
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
  /**
   * The tasks that fit, newest first, without deleted ones. Its cost does not grow with what lies before the page, and nothing is
   * missed or told twice when tasks are added between pages.
   */
  browse(browse: TaskBrowse): Promise<readonly Task[]>;
  /** By day and endpoint, oldest day first, deleted tasks included: `from` is the first moment, `until` the one after the last. */
  usage(
    accountId: AccountId,
    period: { readonly from: Instant; readonly until: Instant },
  ): Promise<readonly DailyUsage[]>;
  /** By day and group, oldest day first, deleted tasks included. */
  usageBy(
    dimension: UsageDimension,
    accountId: AccountId,
    period: { readonly from: Instant; readonly until: Instant },
  ): Promise<readonly GroupedUsage[]>;
  /** By engine, deleted tasks included. */
  margins(period: { readonly from: Instant; readonly until: Instant }): Promise<readonly EngineMargin[]>;
  /** Marks tasks of the account, whatever their state; of the rest nothing is told. Returns the ids of those marked just now. */
  markDeleted(ids: readonly TaskId[], accountId: AccountId, at: Instant): Promise<readonly TaskId[]>;
  /**
   * Marks tasks of any account that ended at or before `endedUntil`, those first that ended longest ago. Returns how many were marked
   * just now, `limit` at most.
   */
  deleteEnded(endedUntil: Instant, at: Instant, limit: number): Promise<number>;
  /** Deleted tasks that have ended and of whose files it is not noted that they are gone, those first that were deleted longest ago. */
  withFilesLeft(limit: number): Promise<readonly Task[]>;
  /** Notes that no file of the task's own is left. Idempotent. */
  noteFilesRemoved(id: TaskId): Promise<void>;
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
