import { sql, type Transaction, type Updateable } from 'kysely';
import { AnimaticError } from '#domain/errors.ts';
import type { Lease, NotedStart } from '#ports/task-queue.ts';
import type { Schema, TaskTable } from '../schema.ts';
import { isHeldUnder, leaseLost } from './fencing.ts';

export async function noteEngineStart(
  transaction: Transaction<Schema>,
  lease: Lease,
  { engine, start: { correlationId, sentAt }, mostJobs, quotedCost }: NotedStart,
): Promise<void> {
  if (mostJobs !== undefined) await requireRoom(transaction, lease, engine, mostJobs);
  await change(transaction, lease, {
    engine,
    engine_start: JSON.stringify({ correlationId, sentAt }),
    engine_handle: null,
    quoted_cost: quotedCost ?? null,
  });
}

export async function forgetEngineStart(transaction: Transaction<Schema>, lease: Lease): Promise<void> {
  await change(transaction, lease, { engine_start: null });
}

async function requireRoom(
  transaction: Transaction<Schema>,
  lease: Lease,
  engine: string,
  mostJobs: number,
): Promise<void> {
  const { others } = await transaction
    .selectFrom('task')
    .select(({ fn }) => fn.countAll<bigint>().as('others'))
    .where('state', '=', sql.lit('processing'))
    .where('parked_at', 'is', null)
    .where('engine', '=', engine)
    .where('id', '<>', lease.taskId)
    .executeTakeFirstOrThrow();
  if (others < mostJobs) return;
  throw new AnimaticError(
    'engine_busy',
    `The engine "${engine}" has ${mostJobs} tasks in hand, its limit here.`,
    { details: { mostJobs } },
  );
}

async function change(
  transaction: Transaction<Schema>,
  lease: Lease,
  values: Updateable<Pick<TaskTable, 'engine' | 'engine_start' | 'engine_handle' | 'quoted_cost'>>,
): Promise<void> {
  const row = await transaction
    .updateTable('task')
    .set(values)
    .where(isHeldUnder(lease))
    .returning('id')
    .executeTakeFirst();
  if (row === undefined) throw leaseLost(lease);
}
