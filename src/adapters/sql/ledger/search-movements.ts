import type { Kysely } from 'kysely';
import { wallet } from '#domain/billing/entry.ts';
import { instant } from '#domain/instant.ts';
import { microDollars } from '#domain/money.ts';
import type { MovementPage, MovementSearch, WalletMovement } from '#ports/ledger.ts';
import type { Schema } from '../schema.ts';

/** Reads the account's entries in the order of the page; entries are numbered in the order of their time. */
export async function searchMovements(
  database: Kysely<Schema>,
  search: MovementSearch,
): Promise<MovementPage> {
  const fitting = fittingMovements(database, search);
  const rows = await selectMovement(fitting)
    .orderBy('entry.sequence', search.order === 'newestFirst' ? 'desc' : 'asc')
    .limit(search.limit)
    .offset(search.offset)
    .execute();
  const { total } = await fitting
    .select(({ fn }) => fn.countAll<bigint>().as('total'))
    .executeTakeFirstOrThrow();
  return { movements: rows.map(movementFromRow), total: Number(total) };
}

function fittingMovements(database: Kysely<Schema>, search: MovementSearch) {
  const { kind, taskIds, endpointId, apiKeyId, from, until } = search;
  return database
    .selectFrom('ledger_entry as entry')
    .innerJoin('ledger_posting as posting', (join) =>
      join
        .onRef('posting.entry_sequence', '=', 'entry.sequence')
        .on('posting.ledger_account', '=', wallet(search.accountId)),
    )
    .leftJoin('task', 'task.sequence', 'entry.task_sequence')
    .leftJoin('api_key', 'api_key.id', 'task.api_key_id')
    .where('entry.account_id', '=', search.accountId)
    .$if(kind !== undefined, (query) => query.where('entry.kind', '=', kind!))
    .$if(taskIds !== undefined, (query) => query.where('task.id', 'in', taskIds!))
    .$if(endpointId !== undefined, (query) => query.where('task.endpoint_id', '=', endpointId!))
    .$if(apiKeyId !== undefined, (query) => query.where('task.api_key_id', '=', apiKeyId!))
    .$if(from !== undefined, (query) => query.where('entry.at', '>=', BigInt(from!)))
    .$if(until !== undefined, (query) => query.where('entry.at', '<', BigInt(until!)));
}

const selectMovement = (query: ReturnType<typeof fittingMovements>) =>
  query.select([
    'entry.sequence',
    'entry.kind',
    'entry.at',
    'posting.amount',
    'task.id as task_id',
    'task.endpoint_id',
    'task.state',
    'task.held',
    'task.charged',
    'task.api_key_id',
    'api_key.name as api_key_name',
  ]);

type MovementRow = Awaited<ReturnType<ReturnType<typeof selectMovement>['execute']>>[number];

const movementFromRow = (row: MovementRow): WalletMovement => ({
  sequence: Number(row.sequence),
  kind: row.kind,
  amount: microDollars(row.amount),
  at: instant(Number(row.at)),
  ...(row.task_id !== null && {
    task: {
      id: row.task_id,
      endpointId: row.endpoint_id!,
      state: row.state!,
      held: microDollars(row.held!),
      ...(row.charged !== null && { charged: microDollars(row.charged) }),
      apiKeyId: row.api_key_id!,
      apiKeyName: row.api_key_name!,
    },
  }),
});
