/** What became of a task's webhook, and sending it again, for the account that owns the task. */
import { AnimaticError } from '#domain/errors.ts';
import type { AccountId, TaskId } from '#domain/ids.ts';
import type { Task } from '#domain/task/task.ts';
import { isFinal } from '#domain/task/task-state.ts';
import type { TaskWebhook, WebhookEvent } from '#domain/webhook/event.ts';
import type { Ports } from '#ports/ports.ts';

export interface WebhookReport {
  readonly webhook: TaskWebhook;
  /** Absent until the task has ended. */
  readonly event?: WebhookEvent;
}

/** @throws AnimaticError `not_found`, also for a task without a webhook. */
export async function reportWebhook(
  ports: Pick<Ports, 'tasks' | 'webhooks'>,
  id: TaskId,
  accountId: AccountId,
): Promise<WebhookReport> {
  const { webhook } = await findTaskWithWebhook(ports, id, accountId);
  const event = await ports.webhooks.find(id);
  return { webhook, ...(event === undefined ? {} : { event }) };
}

/** Sends the event once more, whether it was delivered or given up. @throws AnimaticError `not_found`, `still_running`. */
export async function resendWebhook(
  ports: Pick<Ports, 'clock' | 'signals' | 'tasks' | 'webhooks'>,
  id: TaskId,
  accountId: AccountId,
): Promise<WebhookReport> {
  const { state } = await findTaskWithWebhook(ports, id, accountId);
  if (!isFinal(state)) {
    throw new AnimaticError(
      'still_running',
      `Task ${id} is ${state}; its webhook is sent by itself when it has ended.`,
    );
  }
  await ports.webhooks.resend(id, ports.clock.now());
  ports.signals.announceWebhook();
  return reportWebhook(ports, id, accountId);
}

async function findTaskWithWebhook(
  ports: Pick<Ports, 'tasks'>,
  id: TaskId,
  accountId: AccountId,
): Promise<Task & { readonly webhook: TaskWebhook }> {
  const task = await ports.tasks.find(id, accountId);
  if (task === undefined) throw new AnimaticError('not_found', `There is no task "${id}" in this account.`);
  if (task.webhook === undefined) {
    throw new AnimaticError(
      'not_found',
      `Task ${id} was submitted without a webhook; name one in the request, as ?webhook=<url> or ?fal_webhook=<url>.`,
    );
  }
  return { ...task, webhook: task.webhook };
}
