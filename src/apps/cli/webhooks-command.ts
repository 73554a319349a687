import { setTimeout as pause } from 'node:timers/promises';
import type { Command } from 'commander';
import type { JsonObject } from '#domain/json.ts';
import type { ServerClient } from './server-client.ts';
import { addServerOption, type ServerOption, withServer } from './with-server.ts';

/** Longer than any receiver may take to answer. */
const LONGEST_ATTEMPT_MS = 150_000;
const POLL_MS = 200;

export function addWebhooksCommand(program: Command): void {
  const webhooks = program
    .command('webhooks')
    .description('see what became of webhooks, and send them again');
  addServerOption(webhooks.command('list').description("show the attempts at a task's webhook"))
    .argument('<task>', 'id of a task of your own account')
    .action(listAttempts);
  addServerOption(
    webhooks.command('resend').description("send a task's webhook once more and show the answer"),
  )
    .argument('<task>', 'id of a task of your own account that has ended')
    .action(resend);
}

const webhookPath = (taskId: string): string => `/admin/tasks/${encodeURIComponent(taskId)}/webhook`;

async function listAttempts(taskId: string, options: ServerOption): Promise<void> {
  const webhook = await withServer(options, (client) => client.get(webhookPath(taskId)), { work: false });
  process.stdout.write(describeWebhook(webhook));
}

async function resend(taskId: string, options: ServerOption): Promise<void> {
  const webhook = await withServer(options, async (client) => {
    const { attempts } = await client.get(webhookPath(taskId));
    await client.post(`${webhookPath(taskId)}/resend`, {});
    return untilAnswered(client, taskId, (attempts as readonly JsonObject[]).length);
  });
  process.stdout.write(describeWebhook(webhook));
  if (webhook.state !== 'delivered') process.exitCode = 1;
}

/**
 * The webhook once an attempt after the first `before` has an answer, or one under way delivered it: a server that was started
 * for the occasion must not stop before.
 */
async function untilAnswered(client: ServerClient, taskId: string, before: number): Promise<JsonObject> {
  const deadline = AbortSignal.timeout(LONGEST_ATTEMPT_MS);
  for (;;) {
    const webhook = await client.get(webhookPath(taskId));
    const attempts = webhook.attempts as readonly JsonObject[];
    const isAnswered = attempts.slice(before).some(({ durationMs }) => durationMs !== undefined);
    if (isAnswered || webhook.state !== 'pending' || deadline.aborted) return webhook;
    await pause(POLL_MS);
  }
}

function describeWebhook({ url, state, dueAt, attempts }: JsonObject): string {
  const next = dueAt === undefined ? '' : `, next attempt ${dueAt}`;
  return [
    `${url}  ${state}${next}`,
    ...(attempts as readonly JsonObject[]).map((attempt) => `  ${describeAttempt(attempt)}`),
    '',
  ].join('\n');
}

function describeAttempt({ number, at, durationMs, status, error }: JsonObject): string {
  if (durationMs === undefined) return `${number}  ${at}  no answer noted (under way, or the server stopped)`;
  return `${number}  ${at}  ${durationMs} ms  ${status === undefined ? error : `HTTP ${status}`}`;
}
