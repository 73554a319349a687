/**
 * The queue's promises. The task row is the queue entry. A claim gives a lease: until it expires nobody else gets the task,
 * and every write carries the attempt number as a fencing token, so that a worker that lost its lease can change nothing
 * (it gets `lease_lost`). A task ends once: its final state, its settlement and its output commit together.
 */
import type { StoredError } from '#domain/errors.ts';
import type { AccountId, TaskId, WorkerId } from '#domain/ids.ts';
import type { Instant } from '#domain/instant.ts';
import type { JsonValue } from '#domain/json.ts';
import type { MicroDollars } from '#domain/money.ts';
import type { EngineStart } from '#domain/task/engine-start.ts';
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

/** Omitted members limit nothing. */
export interface ClaimLimits {
  readonly mostPerAccount?: number;
  /** By name; engines that are not named take any number. */
  readonly mostPerEngine?: Readonly<Record<string, number>>;
}

export interface NotedStart {
  readonly engine: string;
  readonly start: EngineStart;
  /** How many tasks that engine may have in hand, this one included; any number when omitted. */
  readonly mostJobs?: number;
  /** What it says that the clip will cost; forgotten when omitted. */
  readonly quotedCost?: MicroDollars;
}

export interface GiveBack {
  readonly crashed: boolean;
  readonly keepsHandle?: boolean;
  readonly startAfter?: Instant;
  readonly engine?: string;
}

export type TaskEnding =
  | {
      readonly state: 'completed';
      readonly charged: MicroDollars;
      readonly output: TaskOutput;
      /** What the operator paid, where the engine says. */
      readonly cost?: MicroDollars;
    }
  | { readonly state: 'failed'; readonly error: StoredError }
  | { readonly state: 'cancelled'; readonly error: StoredError };

/** What a person has found out about a start that nobody could say anything of. */
export type StartVerdict =
  /** The job runs, or has ended: the next worker asks for it. */
  | { readonly kind: 'found'; readonly handle: JsonValue }
  /** Nothing was started: the next worker starts it. */
  | { readonly kind: 'absent' }
  /** Nobody will find out: the task fails. */
  | { readonly kind: 'givenUp'; readonly error: StoredError };

/** How much there is to do, at one moment. */
export interface QueueDepth {
  /** Tasks that a worker could take. */
  readonly waiting: number;
  /** Tasks that join the queue at a moment of their own. */
  readonly delayed: number;
  readonly processing: number;
  /** Tasks that nobody works on before a person has said what became of their start. */
  readonly parked: number;
  /** When the longest waiting of them was submitted. */
  readonly oldestWaitingSince?: Instant;
  /** Of accounts with something waiting or processing, busiest first. */
  readonly accounts: readonly {
    readonly accountId: AccountId;
    readonly waiting: number;
    readonly processing: number;
  }[];
  /** Events of the outbox that are still to be delivered. */
  readonly pendingWebhooks: number;
}

export interface TaskQueue {
  /**
   * The next waiting task, or undefined: accounts take turns (least recently served first), within an account `low` tasks come
   * after all others, and the oldest first. The task's attempt is raised and its state becomes `processing`. A task that was
   * never claimed is not given once its `startBy` has come; it ends as by `expire`. Accounts of which `mostPerAccount` tasks are
   * processing already are passed over, and so are tasks bound to an engine that has as many of them as `mostPerEngine` says.
   */
  claim(
    workerId: WorkerId,
    at: Instant,
    leaseExpiresAt: Instant,
    limits?: ClaimLimits,
  ): Promise<Task | undefined>;
  /** Extends the lease and stores progress and log. @throws AnimaticError `lease_lost`. */
  heartbeat(lease: Lease, heartbeat: Heartbeat): Promise<{ readonly cancelRequested: boolean }>;
  /**
   * Stores that a job is about to be sent, and binds the task to the engine that it is sent to. The note stays, whoever holds the task,
   * until the handle is saved or the start forgotten: a start may have been made.
   * @throws AnimaticError `lease_lost`; `engine_busy` (details `mostJobs`) when the engine has its number of tasks without this one, and
   *   nothing is noted.
   */
  noteEngineStart(lease: Lease, noted: NotedStart): Promise<void>;
  /** It is certain that the noted start started nothing. @throws AnimaticError `lease_lost`. */
  forgetEngineStart(lease: Lease): Promise<void>;
  /**
   * Stores the engine's handle before anything else happens with the job, in place of the noted start.
   * @throws AnimaticError `lease_lost`.
   */
  saveEngineHandle(lease: Lease, handle: JsonValue): Promise<void>;
  /**
   * Final state, settlement (the charge for `completed`, nothing otherwise), output and last log lines in one transaction.
   * @throws AnimaticError `lease_lost` when the lease is gone or the task is final already.
   */
  finish(lease: Lease, ending: TaskEnding, at: Instant, log: readonly LogLine[]): Promise<void>;
  /**
   * Back to the queue's front of its account and priority (before all that was never claimed, by age), hold kept, handle
   * dropped unless `keepsHandle`; a cancel that was asked for is carried out instead, hold released. `crashed` counts against the task.
   * With `startAfter` it joins the queue only then; with `engine` it is bound to that one.
   * @throws AnimaticError `lease_lost`.
   */
  giveBack(lease: Lease, reason: GiveBack, at: Instant, log: readonly LogLine[]): Promise<void>;
  /**
   * Takes the task out of every worker's reach, its hold and all that is noted of its job kept: it stays `processing`, and a cancel that
   * is asked for waits. Only `unpark` ends that. @throws AnimaticError `lease_lost`.
   */
  park(lease: Lease, at: Instant, log: readonly LogLine[]): Promise<void>;
  /** Parked tasks, those first that were parked longest ago. */
  listParked(limit: number): Promise<readonly Task[]>;
  /**
   * Ends a task's parking: it fails with its hold released, or queues again as by `giveBack` (a cancel that was asked for is carried out
   * instead). Returns the task as it then stands, undefined when none of that id is parked.
   */
  unpark(id: TaskId, verdict: StartVerdict, at: Instant, log: readonly LogLine[]): Promise<Task | undefined>;
  /**
   * Tasks whose lease expired at or before `at` queue again with their handle, so that the next worker can ask for the job (a
   * cancel that was asked for is carried out instead, hold released). Returns their ids. Safe to run twice and beside workers.
   */
  reap(at: Instant): Promise<readonly TaskId[]>;
  /** The same for every lease: for the only program on a store, when it starts. Parked tasks stay as they are. */
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
  /** For operators; reads every unfinished task. */
  depth(): Promise<QueueDepth>;
}
