/**
 * A task as fal's queue reports it. Only three words exist: failure and cancel are `COMPLETED` with an `error`, and the result
 * then answers with the error's own status.
 */
import { toRfc3339 } from '#domain/instant.ts';
import type { LogLine, Task } from '#domain/task/task.ts';
import { isFinal } from '#domain/task/task-state.ts';
import { FAL_FAILURES } from './fal-error.ts';
import type { QueueUrls } from './queue-urls.ts';

export interface FalLogLine {
  readonly message: string;
  readonly timestamp: string;
  readonly level: 'DEBUG' | 'INFO' | 'WARN' | 'ERROR';
  readonly source: 'USER';
}

/** `logs` is always there once a request is under way: null when not asked for. Python's client fails without the key. */
export type QueueStatus = QueueUrls & { readonly request_id: string } & (
    | { readonly status: 'IN_QUEUE'; readonly queue_position: number }
    | { readonly status: 'IN_PROGRESS'; readonly logs: readonly FalLogLine[] | null }
    | {
        readonly status: 'COMPLETED';
        readonly logs: readonly FalLogLine[] | null;
        /** Seconds. */
        readonly metrics: { readonly inference_time: number | null };
        readonly error?: string;
        readonly error_type?: string;
      }
  );

/** @param logs Undefined when the caller did not ask for them. */
export function toQueueStatus(
  task: Task,
  urls: QueueUrls,
  { queuePosition, logs }: { readonly queuePosition: number; readonly logs: readonly LogLine[] | undefined },
): QueueStatus {
  const common = { request_id: task.id, ...urls };
  if (task.state === 'created') return { status: 'IN_QUEUE', ...common, queue_position: queuePosition };
  const lines = logs === undefined ? null : logs.map(toFalLogLine);
  if (!isFinal(task.state)) return { status: 'IN_PROGRESS', ...common, logs: lines };
  return {
    status: 'COMPLETED',
    ...common,
    logs: lines,
    metrics: { inference_time: inferenceSeconds(task) },
    ...(task.error === undefined
      ? {}
      : { error: task.error.message, error_type: FAL_FAILURES[task.error.code].errorType }),
  };
}

/** 202 until the request is completed. */
export const statusCodeOf = (status: QueueStatus): number => (status.status === 'COMPLETED' ? 200 : 202);

const toFalLogLine = (line: LogLine): FalLogLine => ({
  message: line.message,
  timestamp: toRfc3339(line.at),
  level: line.level.toUpperCase() as FalLogLine['level'],
  source: 'USER',
});

/** From the first claim to the end; null for a task that never ran. */
const inferenceSeconds = (task: Task): number | null =>
  task.startedAt === undefined || task.finishedAt === undefined
    ? null
    : (task.finishedAt - task.startedAt) / 1000;
