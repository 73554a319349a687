/** The one place where a task's row becomes a task and back. */
import type { Insertable, Selectable } from 'kysely';
import { type Instant, instant } from '#domain/instant.ts';
import { microDollars } from '#domain/money.ts';
import { TASK_PRIORITIES, type Task } from '#domain/task/task.ts';
import type { TaskTable } from '../schema.ts';

const instantFrom = (epochMs: bigint): Instant => instant(Number(epochMs));

export function taskFromRow(row: Selectable<TaskTable>): Task {
  return {
    id: row.id,
    accountId: row.account_id,
    apiKeyId: row.api_key_id,
    endpoint: { protocol: row.protocol, id: row.endpoint_id },
    request: JSON.parse(row.request),
    input: JSON.parse(row.input),
    inputPaths: JSON.parse(row.input_paths),
    priority: TASK_PRIORITIES[Number(row.priority)]!,
    ...(row.start_by !== null && { startBy: instantFrom(row.start_by) }),
    ...(row.start_after !== null && { startAfter: instantFrom(row.start_after) }),
    state: row.state,
    attempt: Number(row.attempt),
    crashes: Number(row.crashes),
    progress: row.progress,
    held: microDollars(row.held),
    ...(row.charged !== null && { charged: microDollars(row.charged) }),
    ...(row.quoted_cost !== null && { quotedCost: microDollars(row.quoted_cost) }),
    ...(row.cost !== null && { cost: microDollars(row.cost) }),
    engine: row.engine,
    ...(row.engine_handle !== null && { engineHandle: JSON.parse(row.engine_handle) }),
    ...(row.engine_start !== null && { engineStart: JSON.parse(row.engine_start) }),
    ...(row.parked_at !== null && { parkedAt: instantFrom(row.parked_at) }),
    ...(row.output !== null && { output: JSON.parse(row.output) }),
    ...(row.error !== null && { error: JSON.parse(row.error) }),
    createdAt: instantFrom(row.created_at),
    ...(row.started_at !== null && { startedAt: instantFrom(row.started_at) }),
    ...(row.finished_at !== null && { finishedAt: instantFrom(row.finished_at) }),
    ...(row.cancel_requested_at !== null && { cancelRequestedAt: instantFrom(row.cancel_requested_at) }),
    ...(row.webhook !== null && { webhook: JSON.parse(row.webhook) }),
    ...(row.inline_output === 1n && { inlineOutput: true }),
    ...(row.output_wish !== null && { outputWish: JSON.parse(row.output_wish) }),
    ...(row.tried_once === 1n && { isTriedOnce: true }),
    ...(row.fingerprint !== null && {
      submission: {
        fingerprint: row.fingerprint,
        ...(row.idempotency_key !== null && { idempotencyKey: row.idempotency_key }),
      },
    }),
    ...(row.emulation !== null && { emulation: JSON.parse(row.emulation) }),
    ...(row.deleted_at !== null && { deletedAt: instantFrom(row.deleted_at) }),
  };
}

/** The row of a task that has just been accepted: it waits, and nothing has happened to it yet. */
export const newTaskRow = (task: Task): Insertable<TaskTable> => ({
  id: task.id,
  account_id: task.accountId,
  api_key_id: task.apiKeyId,
  protocol: task.endpoint.protocol,
  endpoint_id: task.endpoint.id,
  request: JSON.stringify(task.request),
  input: JSON.stringify(task.input),
  input_paths: JSON.stringify(task.inputPaths),
  priority: TASK_PRIORITIES.indexOf(task.priority),
  start_by: task.startBy ?? null,
  start_after: task.startAfter ?? null,
  engine: task.engine,
  state: 'created',
  attempt: 0,
  crashes: 0,
  progress: 0,
  held: task.held,
  created_at: task.createdAt,
  webhook: task.webhook === undefined ? null : JSON.stringify(task.webhook),
  fingerprint: task.submission?.fingerprint ?? null,
  idempotency_key: task.submission?.idempotencyKey ?? null,
  inline_output: task.inlineOutput === true ? 1 : 0,
  output_wish: task.outputWish === undefined ? null : JSON.stringify(task.outputWish),
  tried_once: task.isTriedOnce === true ? 1 : 0,
  emulation: task.emulation === undefined ? null : JSON.stringify(task.emulation),
});
