import type { Kysely } from 'kysely';
import { instant } from '#domain/instant.ts';
import type { TaskWebhook } from '#domain/webhook/event.ts';
import type { ListedWebhook, WebhookListing } from '#ports/webhook-outbox.ts';
import type { Schema } from '../schema.ts';
import { attemptFromRow } from './find-webhook.ts';

export async function listWebhooks(
  database: Kysely<Schema>,
  { accountId, state, after, limit }: WebhookListing,
): Promise<readonly ListedWebhook[]> {
  const rows = await database
    .selectFrom('webhook')
    .innerJoin('task', 'task.sequence', 'webhook.task_sequence')
    .select([
      'webhook.task_sequence',
      'webhook.state',
      'webhook.due_at',
      'webhook.queued_at',
      'task.id',
      'task.protocol',
      'task.endpoint_id',
      'task.webhook as named',
    ])
    .where('webhook.account_id', '=', accountId)
    .where('task.deleted_at', 'is', null)
    .$if(state !== undefined, (query) => query.where('webhook.state', '=', state!))
    .$if(after !== undefined, (query) =>
      query.where('webhook.task_sequence', '<', ({ selectFrom }) =>
        selectFrom('task as last').select('last.sequence').where('last.id', '=', after!),
      ),
    )
    .orderBy('webhook.task_sequence', 'desc')
    .limit(limit)
    .execute();
  if (rows.length === 0) return [];
  const attempts = await database
    .selectFrom('webhook_attempt')
    .selectAll()
    .where(
      'task_sequence',
      'in',
      rows.map(({ task_sequence }) => task_sequence),
    )
    .orderBy('number')
    .execute();
  const byEvent = Map.groupBy(attempts, ({ task_sequence }) => task_sequence);
  return rows.map((row) => ({
    event: {
      taskId: row.id,
      state: row.state,
      ...(row.due_at !== null && { dueAt: instant(Number(row.due_at)) }),
      attempts: (byEvent.get(row.task_sequence) ?? []).map(attemptFromRow),
    },
    endpoint: { protocol: row.protocol, id: row.endpoint_id },
    url: (JSON.parse(row.named!) as TaskWebhook).url,
    queuedAt: instant(Number(row.queued_at)),
  }));
}
