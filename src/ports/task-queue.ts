/**
 * The queue's promises. The task row is the queue entry. A claim gives a lease: until it expires nobody else gets the task,
 * and every write carries the attempt number as a fencing token, so that a worker that lost its lease can change nothing
 * (it gets `lease_lost`). A task ends once: its final state, its settlement and its output commit together.
 */
import type { StoredError } from '#domain/errors.ts';
import type { TaskId, WorkerId } from '#domain/ids.ts';
import type { Instant } from '#domain/instant.ts';
import type { JsonValue } from '#domain/json.ts';
import type { MicroDollars } from '#domain/money.ts';
import type { LogLine, Task, TaskOutput } from '#domain/task/task.ts';

export interface Lease {
  readonly taskId: TaskId;
  readonly workerId: WorkerId;
  /** Fencing token. */
  readonly attempt: number;
}

export interface Heartbeat {
  readonly at: Instant;
  readonly leaseExpiresAt: Instant;
  /** 0..1; never lowers what the same attempt has stored. A task that queues again starts over at 0. */
  readonly progress: number;
  readonly log: readonly LogLine[];
}

export type TaskEnding =
  | { readonly state: 'completed'; readonly charged: MicroDollars; readonly output: TaskOutput }
  | { readonly state: 'failed'; readonly error: StoredError }
  | { readonly state: 'cancelled'; readonly error: StoredError };

export interface TaskQueue {
  /**
   * The next waiting task, or undefined: accounts take turns (least recently served first), within an account `low` tasks come
   * after all others, and the oldest first. The task's attempt is raised and its state becomes `processing`. A task that was
   * never claimed is not given once its `startBy` has come; it ends as by `expire`. Accounts of which `mostPerAccount` tasks are
   * processing already are passed over.
   */
  claim(
    workerId: WorkerId,
    at: Instant,
    leaseExpiresAt: Instant,
    limits?: { readonly mostPerAccount?: number },
  ): Promise<Task | undefined>;
  /** Extends the lease and stores progress and log. @throws AnimaticError `lease_lost`. */
  heartbeat(lease: Lease, heartbeat: Heartbeat): Promise<{ readonly cancelRequested: boolean }>;
  /** Stores the engine's handle before anything else happens with the job. @throws AnimaticError `lease_lost`. */
  saveEngineHandle(lease: Lease, handle: JsonValue): Promise<void>;
  /**
   * Final state, settlement (the charge for `completed`, nothing otherwise), output and last log lines in one transaction.
   * @throws AnimaticError `lease_lost` when the lease is gone or the task is final already.
   */
  finish(lease: Lease, ending: TaskEnding, at: Instant, log: readonly LogLine[]): Promise<void>;
  /**
   * Back to the queue's front of its account and priority (before all that was never claimed, by age), hold kept, handle
   * dropped; a cancel that was asked for is carried out instead, hold released. `crashed` counts against the task.
   * @throws AnimaticError `lease_lost`.
   */
  giveBack(
    lease: Lease,
    reason: { readonly crashed: boolean },
    at: Instant,
    log: readonly LogLine[],
  ): Promise<void>;
  /**
   * Tasks whose lease expired at or before `at` queue again with their handle, so that the next worker can ask for the job (a
   * cancel that was asked for is carried out instead, hold released). Returns their ids. Safe to run twice and beside workers.
   */
  reap(at: Instant): Promise<readonly TaskId[]>;
  /** The same for every lease: for the only program on a store, when it starts. */
  reapAll(at: Instant): Promise<readonly TaskId[]>;
  /**
   * Waiting tasks that were never claimed fail with `start_timeout` when their `startBy` is at or before `at`, hold released.
   * Returns their ids. Safe to run twice and beside workers.
   */
  expire(at: Instant): Promise<readonly TaskId[]>;
  /**
   * Tasks whose `startAfter` is at or before `at` lose it and join the queue, each in the place that its age gives it; nothing claims
   * or counts them before. Returns their ids. Safe to run twice and beside workers.
   */
  release(at: Instant): Promise<readonly TaskId[]>;
}
