import { AnimaticError } from '#domain/errors.ts';
import type { TaskId } from '#domain/ids.ts';
import type { Task } from '#domain/task/task.ts';
import type { Ports } from '#ports/ports.ts';
import type { Principal } from './api-keys.ts';
import { letGoOfJob } from './stop-unowned-job.ts';

/**
 * Asks for a task to end. One that waits ends at once, with its hold released, and with it the job that an earlier attempt may have
 * left running; one that runs is stopped by its worker.
 * @throws AnimaticError `not_found`, `already_finished`.
 */
export async function cancelTask(
  ports: Pick<Ports, 'clock' | 'engines' | 'log' | 'signals' | 'tasks'>,
  principal: Principal,
  id: TaskId,
): Promise<Task> {
  const task = await ports.tasks.requestCancel(id, principal.accountId, ports.clock.now());
  if (task === undefined) throw new AnimaticError('not_found', `There is no task "${id}" in this account.`);
  if (task.state === 'completed' || task.state === 'failed') {
    throw new AnimaticError(
      'already_finished',
      `Task ${id} has ${task.state} already; nothing is left to cancel.`,
    );
  }
  ports.signals.announceTask(id);
  ports.signals.announceWebhook();
  if (task.state === 'cancelled') await letGoOfJob(ports, task);
  return task;
}
