import { type Kysely, sql } from 'kysely';
import type { AccountId } from '#domain/ids.ts';
import { type Instant, instant } from '#domain/instant.ts';
import { microDollars } from '#domain/money.ts';
import type { DailyUsage } from '#ports/task-store.ts';
import type { Schema } from '../schema.ts';

const DAY_MS = 86_400_000;

export async function usage(
  database: Kysely<Schema>,
  accountId: AccountId,
  { from, until }: { readonly from: Instant; readonly until: Instant },
): Promise<readonly DailyUsage[]> {
  // Whole numbers divide without a remainder in every SQL database in question.
  const day = sql<bigint>`created_at / ${sql.lit(DAY_MS)}`;
  const rows = await database
    .selectFrom('task')
    .select(({ fn }) => [
      day.as('day'),
      'endpoint_id',
      fn.countAll<bigint>().as('submitted'),
      fn.countAll<bigint>().filterWhere('state', '=', 'completed').as('completed'),
      fn.coalesce(fn.sum<bigint>('charged'), sql<bigint>`0`).as('charged'),
      fn.max('created_at').as('last_submitted_at'),
    ])
    .where('account_id', '=', accountId)
    .where('created_at', '>=', BigInt(from))
    .where('created_at', '<', BigInt(until))
    .groupBy([day, 'endpoint_id'])
    .orderBy(day)
    .orderBy('endpoint_id')
    .execute();
  return rows.map((row) => ({
    day: instant(Number(row.day) * DAY_MS),
    endpointId: row.endpoint_id,
    submitted: Number(row.submitted),
    completed: Number(row.completed),
    charged: microDollars(row.charged),
    lastSubmittedAt: instant(Number(row.last_submitted_at)),
  }));
}
