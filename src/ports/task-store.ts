import type { AccountId, TaskId } from '#domain/ids.ts';
import type { Instant } from '#domain/instant.ts';
import type { LogLine, Task } from '#domain/task/task.ts';

/** A log line with its number, ascending from 1 within a task. */
export interface NumberedLogLine extends LogLine {
  readonly number: number;
}

export interface TaskStore {
  /**
   * Task, queue entry and hold in one transaction; durable when the promise resolves.
   * @throws AnimaticError `insufficient_credit` (details `balance`, `price` in USD text) when the wallet does not cover
   *   `task.held`; nothing is written then.
   */
  submit(task: Task): Promise<void>;
  /** Any account's task, or only `accountId`'s. */
  find(id: TaskId, accountId?: AccountId): Promise<Task | undefined>;
  /** Newest first. */
  list(accountId: AccountId, limit: number): Promise<readonly Task[]>;
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
