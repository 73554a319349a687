import type { LogLine, Task } from '#domain/task/task.ts';
import type { HttpDependencies } from '../http/http-dependencies.ts';
import { type QueueStatus, toQueueStatus } from './queue-status.ts';
import type { QueueUrls } from './queue-urls.ts';

/**
 * The task's status with its place in the queue.
 * @param logs Undefined when the caller did not ask for them.
 */
export async function readQueueStatus(
  deps: Pick<HttpDependencies, 'tasks'>,
  task: Task,
  urls: QueueUrls,
  logs: readonly LogLine[] | undefined,
): Promise<QueueStatus> {
  const ahead = task.state === 'created' ? await deps.tasks.queuePosition(task.id) : undefined;
  return toQueueStatus(task, urls, { queuePosition: ahead ?? 0, logs });
}
