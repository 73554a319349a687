import type { EndpointKey } from '../endpoint-key.ts';
import type { InputPath, StoredError } from '../errors.ts';
import type { AccountId, ApiKeyId, AssetId, TaskId } from '../ids.ts';
import type { Instant } from '../instant.ts';
import type { JsonObject, JsonValue } from '../json.ts';
import type { FrameSize } from '../media/frame-size.ts';
import type { MicroDollars } from '../money.ts';
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
  /** Engine bound on submit, by name. */
  readonly engine: string;
  /** The engine's own note of the running job. */
  readonly engineHandle?: JsonValue;
  readonly output?: TaskOutput;
  readonly error?: StoredError;
  readonly createdAt: Instant;
  /** When the first worker took it. */
  readonly startedAt?: Instant;
  readonly finishedAt?: Instant;
  readonly cancelRequestedAt?: Instant;
}

export const LOG_LEVELS = ['debug', 'info', 'warn', 'error'] as const;
export type LogLevel = (typeof LOG_LEVELS)[number];

/** A line of a task's log, written for the user who submitted it. */
export interface LogLine {
  readonly at: Instant;
  readonly level: LogLevel;
  readonly message: string;
}
