import type { Kysely } from 'kysely';
import type { TaskPage, TaskSearch } from '#ports/task-store.ts';
import type { Schema } from '../schema.ts';
import { taskFromRow } from './task-row.ts';

/** Reads the account's index by time, from `until` down to `from`, as far as the page reaches; the total reads all of that span. */
export async function search(database: Kysely<Schema>, wanted: TaskSearch): Promise<TaskPage> {
  const fitting = fittingTasks(database, wanted);
  const rows = await fitting
    .selectAll()
    .orderBy('created_at', 'desc')
    .orderBy('sequence', 'desc')
    .limit(wanted.limit)
    .offset(wanted.offset)
    .execute();
  const { total } = await fitting
    .select(({ fn }) => fn.countAll<bigint>().as('total'))
    .executeTakeFirstOrThrow();
  return { tasks: rows.map(taskFromRow), total: Number(total) };
}

export function fittingTasks(database: Kysely<Schema>, wanted: Omit<TaskSearch, 'limit' | 'offset'>) {
  const { protocol, endpointId, states, from, until } = wanted;
  return database
    .selectFrom('task')
    .where('account_id', '=', wanted.accountId)
    .where('deleted_at', 'is', null)
    .$if(protocol !== undefined, (query) => query.where('protocol', '=', protocol!))
    .$if(endpointId !== undefined, (query) => query.where('endpoint_id', '=', endpointId!))
    .$if(states !== undefined, (query) => query.where('state', 'in', states!))
    .$if(from !== undefined, (query) => query.where('created_at', '>=', BigInt(from!)))
    .$if(until !== undefined, (query) => query.where('created_at', '<', BigInt(until!)));
}
