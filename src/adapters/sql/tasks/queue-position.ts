import { type Kysely, sql } from 'kysely';
import type { TaskId } from '#domain/ids.ts';
import type { Schema } from '../schema.ts';

/**
 * Exactly how many claims come before this task's if nothing is added. With `ahead` tasks of its own account before it, the
 * account is served `ahead` times first; every other account is served as often, once more if its turn comes earlier, and
 * never more often than it has tasks.
 */
export async function queuePosition(database: Kysely<Schema>, id: TaskId): Promise<number | undefined> {
  const task = await database
    .selectFrom('task')
    .innerJoin('account_turn as own', 'own.account_id', 'task.account_id')
    .select(['task.account_id', 'task.priority', 'task.sequence', 'own.last_served'])
    .where('task.id', '=', id)
    .where('task.state', '=', sql.lit('created'))
    .executeTakeFirst();
  if (task === undefined) return undefined;
  const { ahead } = await database
    .selectFrom('task')
    .select(({ fn }) => fn.countAll<bigint>().as('ahead'))
    .where('account_id', '=', task.account_id)
    .where('state', '=', sql.lit('created'))
    .where('start_after', 'is', null)
    .where((eb) =>
      eb.or([
        eb('priority', '<', task.priority),
        eb.and([eb('priority', '=', task.priority), eb('sequence', '<', task.sequence)]),
      ]),
    )
    .executeTakeFirstOrThrow();
  const rivals = await database
    .selectFrom('account_turn')
    .select(['account_id', 'waiting', 'last_served'])
    .where('waiting', '>', sql.lit(0n))
    .where('account_id', '<>', task.account_id)
    .execute();
  const before = rivals.map((rival) => {
    const turns = comesBefore(rival, task) ? ahead + 1n : ahead;
    return rival.waiting < turns ? rival.waiting : turns;
  });
  return Number(before.reduce((total, turns) => total + turns, ahead));
}

type Turn = { readonly last_served: bigint; readonly account_id: string };

/** The order of `claim`. */
const comesBefore = (a: Turn, b: Turn): boolean =>
  a.last_served < b.last_served || (a.last_served === b.last_served && a.account_id < b.account_id);
