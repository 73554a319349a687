import type { Protocol } from '#domain/endpoint-key.ts';
import type { TaskId } from '#domain/ids.ts';
import type { Task } from '#domain/task/task.ts';
import { isFinal } from '#domain/task/task-state.ts';
import type { Ports } from '#ports/ports.ts';
import type { Principal } from './api-keys.ts';
import { removeFiles } from './remove-files.ts';
import { letGoOfJob } from './stop-unowned-job.ts';

/**
 * Takes tasks of the caller's account away for good: their files are removed, unfinished ones are cancelled, and nobody but
 * the books knows them any more. Ids that name nothing of the account count for nothing. May be repeated after a failure.
 * @returns How many were deleted just now.
 */
export async function deleteTasks(
  ports: Pick<Ports, 'assets' | 'clock' | 'engines' | 'log' | 'signals' | 'tasks'>,
  { accountId }: Principal,
  protocol: Protocol,
  ids: readonly TaskId[],
): Promise<number> {
  const own: Task[] = [];
  for (const id of new Set(ids)) {
    // Found by id alone: a deletion that broke off after its mark is carried on.
    const task = await ports.tasks.find(id);
    if (task?.accountId === accountId && task.endpoint.protocol === protocol) own.push(task);
  }
  for (const { id, state } of own) {
    if (isFinal(state)) continue;
    const task = await ports.tasks.requestCancel(id, accountId, ports.clock.now());
    ports.signals.announceTask(id);
    ports.signals.announceWebhook();
    if (task?.state === 'cancelled') await letGoOfJob(ports, task);
  }
  const marked = await ports.tasks.markDeleted(
    own.map(({ id }) => id),
    accountId,
    ports.clock.now(),
  );
  for (const { id } of own) {
    const task = await ports.tasks.find(id);
    // A running one still reads its pictures; its worker stops soon, and removes what it made.
    if (task !== undefined && isFinal(task.state)) await removeFiles(ports, task);
  }
  return marked.length;
}
