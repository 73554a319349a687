import type { Kysely } from 'kysely';
import { instant } from '#domain/instant.ts';
import type { QueueDepth } from '#ports/task-queue.ts';
import type { Schema } from '../schema.ts';

export async function depth(database: Kysely<Schema>): Promise<QueueDepth> {
  const rows = await database
    .selectFrom('task')
    .select(({ fn }) => [
      'account_id',
      fn
        .countAll<bigint>()
        .filterWhere((eb) => eb.and([eb('state', '=', 'created'), eb('start_after', 'is', null)]))
        .as('waiting'),
      fn.countAll<bigint>().filterWhere('start_after', 'is not', null).as('delayed'),
      fn
        .countAll<bigint>()
        .filterWhere((eb) => eb.and([eb('state', '=', 'processing'), eb('parked_at', 'is', null)]))
        .as('processing'),
      fn.countAll<bigint>().filterWhere('parked_at', 'is not', null).as('parked'),
      fn
        .min<bigint | null>('created_at')
        .filterWhere((eb) => eb.and([eb('state', '=', 'created'), eb('start_after', 'is', null)]))
        .as('oldest'),
    ])
    .where((eb) => eb.or([eb('state', '=', 'created'), eb('state', '=', 'processing')]))
    .groupBy('account_id')
    .execute();
  const { pending } = await database
    .selectFrom('webhook')
    .select(({ fn }) => fn.countAll<bigint>().as('pending'))
    .where('state', '=', 'pending')
    .executeTakeFirstOrThrow();
  const accounts = rows.map((row) => ({
    accountId: row.account_id,
    waiting: Number(row.waiting),
    delayed: Number(row.delayed),
    processing: Number(row.processing),
    parked: Number(row.parked),
  }));
  const sumOf = (name: 'waiting' | 'delayed' | 'processing' | 'parked') =>
    accounts.reduce((sum, account) => sum + account[name], 0);
  const waitingSince = rows.flatMap(({ oldest }) => (oldest === null ? [] : [Number(oldest)]));
  return {
    waiting: sumOf('waiting'),
    delayed: sumOf('delayed'),
    processing: sumOf('processing'),
    parked: sumOf('parked'),
    ...(waitingSince.length === 0 ? {} : { oldestWaitingSince: instant(Math.min(...waitingSince)) }),
    accounts: accounts
      .filter(({ waiting, processing }) => waiting + processing > 0)
      .map(({ accountId, waiting, processing }) => ({ accountId, waiting, processing }))
      .sort((a, b) => b.waiting + b.processing - (a.waiting + a.processing)),
    pendingWebhooks: Number(pending),
  };
}
