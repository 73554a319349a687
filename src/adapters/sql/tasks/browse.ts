import { type Kysely, sql } from 'kysely';
import type { Task } from '#domain/task/task.ts';
import type { TaskBrowse } from '#ports/task-store.ts';
import type { Schema } from '../schema.ts';
import { fittingTasks } from './search.ts';
import { taskFromRow } from './task-row.ts';

/** Reads the account's index by time, from behind the page before as far as the page reaches. */
export async function browse(database: Kysely<Schema>, wanted: TaskBrowse): Promise<readonly Task[]> {
  const { apiKeyId, endUserId, text, after } = wanted;
  const rows = await fittingTasks(database, wanted)
    .selectAll()
    .$if(apiKeyId !== undefined, (query) => query.where('api_key_id', '=', apiKeyId!))
    .$if(endUserId !== undefined, (query) => query.where(END_USER, '=', endUserId!))
    .$if(text !== undefined, (query) =>
      query.where(sql<boolean>`lower(request ->> 'prompt') LIKE ${patternOf(text!)} ESCAPE '\\'`),
    )
    .$if(after !== undefined, (query) =>
      query.where(({ eb, refTuple, selectFrom }) =>
        eb(
          refTuple('created_at', 'sequence'),
          '<',
          selectFrom('task as last')
            .select(['last.created_at', 'last.sequence'])
            .where('last.id', '=', after!)
            .$asTuple('created_at', 'sequence'),
        ),
      ),
    )
    .orderBy('created_at', 'desc')
    .orderBy('sequence', 'desc')
    .limit(wanted.limit)
    .execute();
  return rows.map(taskFromRow);
}

const END_USER = sql<string>`request ->> 'endUserId'`;

const patternOf = (text: string): string => `%${text.toLowerCase().replace(/[\\%_]/g, '\\$&')}%`;
