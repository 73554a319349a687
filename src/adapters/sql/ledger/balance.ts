import type { Kysely } from 'kysely';
import { wallet } from '#domain/billing/entry.ts';
import type { AccountId } from '#domain/ids.ts';
import { type MicroDollars, microDollars, ZERO } from '#domain/money.ts';
import type { Schema } from '../schema.ts';

export async function balance(database: Kysely<Schema>, accountId: AccountId): Promise<MicroDollars> {
  const row = await database
    .selectFrom('ledger_balance')
    .select('balance')
    .where('ledger_account', '=', wallet(accountId))
    .executeTakeFirst();
  return row === undefined ? ZERO : microDollars(row.balance);
}
