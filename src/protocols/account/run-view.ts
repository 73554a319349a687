/** A task as its account looks back on it: what was asked for, and what became of it. */
import type { JsonObject } from '#domain/json.ts';
import type { Task } from '#domain/task/task.ts';
import type { NumberedLogLine } from '#ports/task-store.ts';
import { type TaskView, toTaskView } from '../http/task-view.ts';

export interface RunView extends Omit<TaskView, 'log'> {
  readonly prompt: string;
  /** As it was read, defaults filled in, files that came inside it as URLs of this server: it can be sent again. */
  readonly input: JsonObject;
  readonly apiKeyId: string;
  readonly endUserId?: string;
  readonly engine: string;
  readonly hasWebhook: boolean;
}

export interface RunDetails extends RunView {
  readonly log: TaskView['log'];
  /** How many tasks stand before it in the queue; absent once it runs. */
  readonly queuePosition?: number;
}

export function toRunView(task: Task): RunView {
  const { log: _none, ...view } = toTaskView(task, []);
  const { prompt, endUserId } = task.request;
  return {
    ...view,
    prompt,
    input: task.input,
    apiKeyId: task.apiKeyId,
    ...(endUserId === undefined ? {} : { endUserId }),
    engine: task.engine,
    hasWebhook: task.webhook !== undefined,
  };
}

export const toRunDetails = (
  task: Task,
  log: readonly NumberedLogLine[],
  queuePosition: number | undefined,
): RunDetails => ({
  ...toRunView(task),
  log: toTaskView(task, log).log,
  ...(queuePosition === undefined ? {} : { queuePosition }),
});
