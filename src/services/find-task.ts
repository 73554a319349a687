import type { EndpointKey } from '#domain/endpoint-key.ts';
import { AnimaticError } from '#domain/errors.ts';
import type { AccountId, TaskId } from '#domain/ids.ts';
import type { Task } from '#domain/task/task.ts';
import { isFinal } from '#domain/task/task-state.ts';
import type { Ports } from '#ports/ports.ts';

/** @throws AnimaticError `not_found`, also for tasks of other accounts: their existence is not told. */
export async function findTask(
  ports: Pick<Ports, 'tasks'>,
  id: TaskId,
  accountId: AccountId,
  protocol: EndpointKey['protocol'],
): Promise<Task> {
  const task = await ports.tasks.find(id, accountId);
  if (task === undefined || task.endpoint.protocol !== protocol) {
    throw new AnimaticError(
      'not_found',
      `There is no task "${id}" in this account; check the id and the key.`,
    );
  }
  return task;
}

/** How long a silent store is trusted before it is read again. */
const RECHECK_MS = 1000;

/** The task once it is final, or as it stands after `timeoutMs` or when `signal` aborts. */
export async function waitForEnd(
  ports: Pick<Ports, 'tasks' | 'signals' | 'clock'>,
  id: TaskId,
  options: { readonly timeoutMs: number; readonly signal?: AbortSignal },
): Promise<Task> {
  const deadline = ports.clock.now() + options.timeoutMs;
  for (;;) {
    // Begun before the read, so that a change in between is not slept through.
    const change = ports.signals.waitForTask(
      id,
      Math.min(RECHECK_MS, Math.max(0, deadline - ports.clock.now())),
      options.signal,
    );
    const task = await ports.tasks.find(id);
    if (task === undefined) throw new AnimaticError('not_found', `There is no task "${id}".`);
    if (isFinal(task.state) || ports.clock.now() >= deadline || options.signal?.aborted === true) return task;
    await change;
  }
}
