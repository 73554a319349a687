/** A task as WaveSpeed's clients see it: the `data` of submit and result. */
import type { StoredError } from '#domain/errors.ts';
import { toRfc3339 } from '#domain/instant.ts';
import type { Task, TaskOutput } from '#domain/task/task.ts';
import type { TaskState } from '#domain/task/task-state.ts';
import { WAVESPEED_FAILURES } from './wavespeed-error.ts';

/** `data.code` of a sync reply that stopped waiting; clients recognise the case by it. */
const SYNC_TIMEOUT_CODE = 5004;

export interface Prediction {
  readonly id: string;
  readonly model: string;
  readonly status: 'created' | 'processing' | 'completed' | 'failed';
  /** Absolute URLs that end in `.mp4`, without a query: clients tell a video by the end of its URL. */
  readonly outputs: readonly string[];
  readonly urls: { readonly get: string };
  /** Verdicts on the outputs. Empty: this server makes none, and `false` would claim one. */
  readonly has_nsfw_contents: readonly boolean[];
  readonly created_at: string;
  /** Empty when there is none. */
  readonly error: string;
  /** Prediction-level error code; 0 when there is none. */
  readonly code: number;
  /** Milliseconds. */
  readonly timings: { readonly inference: number };
  readonly executionTime: number;
  /** The seed in use, also when a random one was asked for. An addition of this project. */
  readonly seed: number;
}

/**
 * A cancelled task is shown as `failed`, with a text that says so: WaveSpeed knows `cancelled`, but JS before 0.3, Go, the desktop
 * app and ComfyUI poll on for ever at any ending but `completed` and `failed`.
 */
export const PREDICTION_STATUS: Readonly<Record<TaskState, Prediction['status']>> = {
  created: 'created',
  processing: 'processing',
  completed: 'completed',
  failed: 'failed',
  cancelled: 'failed',
};

/** @param origin Where clients see this server, without a slash at the end. */
export function toPrediction(task: Task, origin: string): Prediction {
  const inferenceMs = inferenceTimeMs(task);
  return {
    id: task.id,
    model: task.endpoint.id,
    status: PREDICTION_STATUS[task.state],
    outputs: task.output === undefined ? [] : [outputUrl(task.output, origin)],
    urls: { get: resultUrl(task, origin) },
    has_nsfw_contents: [],
    created_at: toRfc3339(task.createdAt),
    error: task.error?.message ?? '',
    code: codeOf(task.error),
    timings: { inference: inferenceMs },
    executionTime: inferenceMs,
    seed: task.request.seed,
  };
}

/**
 * The answer to a sync submit whose task takes longer than the request may wait. Clients look for code and text, and their users
 * for id and URL in the text.
 */
export function toSyncTimeout(task: Task, origin: string, waitedMs: number): Prediction {
  const url = resultUrl(task, origin);
  return {
    ...toPrediction(task, origin),
    status: 'processing',
    code: SYNC_TIMEOUT_CODE,
    error:
      `Sync mode timed out after ${waitedMs / 1000} seconds; the task goes on (task_id: ${task.id}). ` +
      `Query the result later at: ${url}`,
  };
}

const resultUrl = (task: Task, origin: string): string => `${origin}/api/v3/predictions/${task.id}/result`;

const outputUrl = (output: TaskOutput, origin: string): string =>
  `${origin}/files/${output.assetId}/${output.fileName}`;

const codeOf = (error: StoredError | undefined): number =>
  error === undefined ? 0 : WAVESPEED_FAILURES[error.code].predictionCode;

/** From the first claim to the end; 0 until then. */
const inferenceTimeMs = (task: Task): number =>
  task.startedAt === undefined || task.finishedAt === undefined ? 0 : task.finishedAt - task.startedAt;
