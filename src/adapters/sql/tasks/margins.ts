import { type Kysely, sql } from 'kysely';
import type { Instant } from '#domain/instant.ts';
import { microDollars } from '#domain/money.ts';
import type { EngineMargin } from '#ports/task-store.ts';
import type { Schema } from '../schema.ts';

/** Reads the tasks of the period by their time of submission. */
export async function margins(
  database: Kysely<Schema>,
  { from, until }: { readonly from: Instant; readonly until: Instant },
): Promise<readonly EngineMargin[]> {
  const rows = await database
    .selectFrom('task')
    .select(({ fn }) => [
      'engine',
      fn.countAll<bigint>().as('submitted'),
      fn.countAll<bigint>().filterWhere('state', '=', 'completed').as('completed'),
      fn.coalesce(fn.sum<bigint>('charged'), sql<bigint>`0`).as('charged'),
      fn.coalesce(fn.sum<bigint>(COST), sql<bigint>`0`).as('cost'),
      fn
        .countAll<bigint>()
        .filterWhere((eb) => eb.and([eb('state', '=', 'completed'), eb(COST, 'is', null)]))
        .as('of_unknown_cost'),
    ])
    .where('created_at', '>=', BigInt(from))
    .where('created_at', '<', BigInt(until))
    .groupBy('engine')
    .orderBy('engine')
    .execute();
  return rows.map((row) => ({
    engine: row.engine,
    submitted: Number(row.submitted),
    completed: Number(row.completed),
    charged: microDollars(row.charged),
    cost: microDollars(row.cost),
    completedOfUnknownCost: Number(row.of_unknown_cost),
  }));
}

/** What was paid, and what was to be paid for a clip of which nobody said it; a task without a clip costs what was said alone. */
const COST = sql<bigint | null>`CASE WHEN state = 'completed' THEN coalesce(cost, quoted_cost) ELSE cost END`;
