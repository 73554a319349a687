/**
 * Fencing: a worker's write counts only while the task is processing in the very attempt its lease names. A lease that has
 * expired stays good until the task is queued again, because until then nobody else has it.
 */
import type { ExpressionBuilder } from 'kysely';
import { AnimaticError } from '#domain/errors.ts';
import type { Lease } from '#ports/task-queue.ts';
import type { Schema } from '../schema.ts';

/** The `where` clause of every statement a worker's report leads to. */
export const isHeldUnder = (lease: Lease) => (eb: ExpressionBuilder<Schema, 'task'>) =>
  eb.and([
    eb('id', '=', lease.taskId),
    eb('state', '=', 'processing'),
    eb('attempt', '=', BigInt(lease.attempt)),
    eb('worker_id', '=', lease.workerId),
  ]);

export const leaseLost = (lease: Lease): AnimaticError =>
  new AnimaticError(
    'lease_lost',
    `Worker ${lease.workerId} no longer owns attempt ${lease.attempt} of task ${lease.taskId}: it was queued again or has ended. Drop the job.`,
  );
