import type { InputPath } from '#domain/errors.ts';
import { toRfc3339 } from '#domain/instant.ts';
import { formatUsd } from '#domain/money.ts';
import type { LogLevel, Task } from '#domain/task/task.ts';
import type { TaskState } from '#domain/task/task-state.ts';
import type { NumberedLogLine } from '#ports/task-store.ts';

/** A task in the project's own words, whichever protocol it came by. Money is exact decimal USD text, times are RFC 3339. */
export interface TaskView {
  readonly id: string;
  readonly protocol: string;
  readonly endpoint: string;
  readonly state: TaskState;
  /** 0..1. */
  readonly progress: number;
  /** In use, also when none was given. */
  readonly seed: number;
  readonly held: string;
  /** Once the task has ended. */
  readonly charged?: string;
  readonly output?: {
    /** On this server. */
    readonly urlPath: string;
    /** A still of the clip. */
    readonly posterUrlPath: string;
    readonly width: number;
    readonly height: number;
    readonly durationSeconds: number;
    readonly byteLength: number;
  };
  readonly error?: { readonly code: string; readonly message: string; readonly path?: InputPath };
  /** For operators alone. */
  readonly cost?: CostView;
  readonly createdAt: string;
  readonly startedAt?: string;
  readonly finishedAt?: string;
  readonly log: readonly {
    readonly number: number;
    readonly at: string;
    readonly level: LogLevel;
    readonly message: string;
  }[];
}

interface CostView {
  readonly engine: string;
  /** What it said that the clip would cost the operator, and what it said in the end that it did. */
  readonly quoted?: string;
  readonly paid?: string;
}

/** With what it costs the operator, and at whom: never for a member's eyes. */
export const toOperatorTaskView = (task: Task, log: readonly NumberedLogLine[]): TaskView => ({
  ...toTaskView(task, log),
  cost: {
    engine: task.engine,
    ...(task.quotedCost === undefined ? {} : { quoted: formatUsd(task.quotedCost) }),
    ...(task.cost === undefined ? {} : { paid: formatUsd(task.cost) }),
  },
});

export function toTaskView(task: Task, log: readonly NumberedLogLine[]): TaskView {
  return {
    id: task.id,
    protocol: task.endpoint.protocol,
    endpoint: task.endpoint.id,
    state: task.state,
    progress: task.progress,
    seed: task.request.seed,
    held: formatUsd(task.held),
    ...(task.charged === undefined ? {} : { charged: formatUsd(task.charged) }),
    ...(task.output === undefined ? {} : { output: outputView(task.output) }),
    ...(task.error === undefined ? {} : { error: errorView(task.error) }),
    createdAt: toRfc3339(task.createdAt),
    ...(task.startedAt === undefined ? {} : { startedAt: toRfc3339(task.startedAt) }),
    ...(task.finishedAt === undefined ? {} : { finishedAt: toRfc3339(task.finishedAt) }),
    log: log.map(({ number, at, level, message }) => ({ number, at: toRfc3339(at), level, message })),
  };
}

const outputView = (output: NonNullable<Task['output']>): NonNullable<TaskView['output']> => ({
  urlPath: `/files/${output.assetId}/${output.fileName}`,
  posterUrlPath: `/files/${output.assetId}/${output.fileName}/poster.webp`,
  width: output.size.width,
  height: output.size.height,
  durationSeconds: output.durationSeconds,
  byteLength: output.byteLength,
});

const errorView = ({ code, message, path }: NonNullable<Task['error']>): NonNullable<TaskView['error']> => ({
  code,
  message,
  ...(path === undefined ? {} : { path }),
});
