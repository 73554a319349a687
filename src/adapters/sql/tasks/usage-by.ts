import { type Kysely, type RawBuilder, sql } from 'kysely';
import type { AccountId } from '#domain/ids.ts';
import { type Instant, instant } from '#domain/instant.ts';
import { microDollars } from '#domain/money.ts';
import type { GroupedUsage, UsageDimension } from '#ports/task-store.ts';
import type { Schema } from '../schema.ts';

const DAY_MS = 86_400_000;

const GROUPS: Readonly<Record<UsageDimension, RawBuilder<string>>> = {
  endpoint: sql<string>`protocol || '/' || endpoint_id`,
  apiKey: sql<string>`api_key_id`,
  endUser: sql<string>`coalesce(request ->> 'endUserId', '')`,
};

export async function usageBy(
  database: Kysely<Schema>,
  dimension: UsageDimension,
  accountId: AccountId,
  { from, until }: { readonly from: Instant; readonly until: Instant },
): Promise<readonly GroupedUsage[]> {
  // Whole numbers divide without a remainder in every SQL database in question.
  const day = sql<bigint>`created_at / ${sql.lit(DAY_MS)}`;
  const group = GROUPS[dimension];
  const rows = await database
    .selectFrom('task')
    .select(({ fn }) => [
      day.as('day'),
      group.as('group'),
      fn.countAll<bigint>().as('submitted'),
      fn.countAll<bigint>().filterWhere('state', '=', 'completed').as('completed'),
      fn.coalesce(fn.sum<bigint>('charged'), sql<bigint>`0`).as('charged'),
    ])
    .where('account_id', '=', accountId)
    .where('created_at', '>=', BigInt(from))
    .where('created_at', '<', BigInt(until))
    .groupBy([day, group])
    .orderBy(day)
    .orderBy(group)
    .execute();
  return rows.map((row) => ({
    day: instant(Number(row.day) * DAY_MS),
    group: row.group,
    submitted: Number(row.submitted),
    completed: Number(row.completed),
    charged: microDollars(row.charged),
  }));
}
