import type { EndpointKey } from '../endpoint-key.ts';
import type { InputPath, StoredError } from '../errors.ts';
import type { FileWish } from '../file/file-rule.ts';
import type { AccountId, ApiKeyId, AssetId, TaskId } from '../ids.ts';
import type { Instant } from '../instant.ts';
import type { JsonObject, JsonValue } from '../json.ts';
import type { FrameSize } from '../media/frame-size.ts';
import type { MicroDollars } from '../money.ts';
import type { TaskWebhook } from '../webhook/event.ts';
import type { Emulation } from './emulation.ts';
import type { EngineStart } from './engine-start.ts';
import type { AcceptedRequest, MediaRole } from './generation-request.ts';
import type { TaskState } from './task-state.ts';

/** The finished clip. */
export interface TaskOutput {
  readonly assetId: AssetId;
  /** Last part of the file's URL, ends in `.mp4`. */
  readonly fileName: string;
  readonly contentType: string;
  readonly byteLength: number;
  readonly size: FrameSize;
  readonly durationSeconds: number;
}

/** Where a request's files stood in the caller's input, by role: `images[1]` came from `['images', 1]`. */
export type InputPaths = Readonly<Partial<Record<MediaRole, readonly InputPath[]>>>;

/** Most urgent first: a `low` task waits until no `normal` one of its account does. */
export const TASK_PRIORITIES = ['normal', 'low'] as const;
export type TaskPriority = (typeof TASK_PRIORITIES)[number];

/** By what a repeated submit is recognised. */
export interface Submission {
  /** Of everything that was asked for: the same text for the same request. */
  readonly fingerprint: string;
  /** What the caller named its request, so that it can be sent again without being done again. */
  readonly idempotencyKey?: string;
}

/** One paid generation, from its acknowledgement to its end. */
export interface Task {
  readonly id: TaskId;
  readonly accountId: AccountId;
  readonly apiKeyId: ApiKeyId;
  readonly endpoint: EndpointKey;
  readonly request: AcceptedRequest;
  /** The caller's input as it was validated, with inline files replaced by their URLs. */
  readonly input: JsonObject;
  readonly inputPaths: InputPaths;
  readonly priority: TaskPriority;
  /** It joins the queue then, and is out of reach of any worker before. */
  readonly startAfter?: Instant;
  /** A task that no worker has taken by then fails, free of charge. */
  readonly startBy?: Instant;
  readonly state: TaskState;
  /** How often a worker has claimed the task; the current value is the fencing token of its lease. */
  readonly attempt: number;
  /** How often the engine itself died on it; interruptions from outside do not count. */
  readonly crashes: number;
  /** Share of the work done, 0..1. */
  readonly progress: number;
  /** What was held on submit: the most the task can cost. */
  readonly held: MicroDollars;
  /** What was charged in the end; absent until the task is final. */
  readonly charged?: MicroDollars;
  /** What its engine said before the start that the clip would cost the operator. */
  readonly quotedCost?: MicroDollars;
  /** What its engine said in the end that the clip did cost. */
  readonly cost?: MicroDollars;
  /** By name: bound on submit, and bound anew when that one starts nothing and another takes its place. */
  readonly engine: string;
  /** The engine's own note of the running job. */
  readonly engineHandle?: JsonValue;
  /** A start that may have been made: the engine was asked, and its answer is not stored (yet). */
  readonly engineStart?: EngineStart;
  /** Since when nobody works on it, because nobody can say what became of its start: a person has to. */
  readonly parkedAt?: Instant;
  readonly output?: TaskOutput;
  readonly error?: StoredError;
  readonly createdAt: Instant;
  /** When the first worker took it. */
  readonly startedAt?: Instant;
  readonly finishedAt?: Instant;
  readonly cancelRequestedAt?: Instant;
  /** Where its end is told. */
  readonly webhook?: TaskWebhook;
  /** The caller wants the clip itself in the answer, in place of its URL. */
  readonly inlineOutput?: true;
  /** The rule that its clip is to have. */
  readonly outputWish?: FileWish;
  /** When its engine dies on it, or loses its job, it fails at once. What the program's own stop interrupts is still made. */
  readonly isTriedOnce?: true;
  /** Absent where nothing asks for repeated submits to be recognised. */
  readonly submission?: Submission;
  readonly emulation?: Emulation;
  /** From then on its account sees it no more; its books stay. */
  readonly deletedAt?: Instant;
}

export const LOG_LEVELS = ['debug', 'info', 'warn', 'error'] as const;
export type LogLevel = (typeof LOG_LEVELS)[number];

/** A line of a task's log, written for the user who submitted it. */
export interface LogLine {
  readonly at: Instant;
  readonly level: LogLevel;
  readonly message: string;
}
