import type { ExpressionBuilder } from 'kysely';
import type { TaskId } from '#domain/ids.ts';
import type { Schema } from '../schema.ts';

/** `task_sequence = ...` of the task with this id, for the `where` of a statement on either table of the outbox. */
export const isOfTask = (id: TaskId) => (eb: ExpressionBuilder<Schema, 'webhook'>) =>
  eb('webhook.task_sequence', '=', eb.selectFrom('task').select('task.sequence').where('task.id', '=', id));
