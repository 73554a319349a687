/**
 * Sends what is in the outbox, many at a time, until `shutdown` aborts. Delivery is at least once: an attempt whose answer could
 * not be noted is made again. Several loops may run on one store; the outbox's leases keep them apart.
 */
import type { Protocol } from '#domain/endpoint-key.ts';
import type { WorkerId } from '#domain/ids.ts';
import { addMs, type Instant } from '#domain/instant.ts';
import type { Task } from '#domain/task/task.ts';
import { nextAttemptAt, timeoutOf, type WebhookSchedule } from '#domain/webhook/backoff.ts';
import { judgeAnswer, type TaskWebhook, type WebhookAnswer } from '#domain/webhook/event.ts';
import type { Ports } from '#ports/ports.ts';
import type { DueWebhook, WebhookVerdict } from '#ports/webhook-outbox.ts';

/** How a protocol tells its callers that a task has ended. */
export interface WebhookDialect {
  readonly schedule: WebhookSchedule;
  /** The message about a final task, signed for this moment. Its body is the same at every attempt. */
  compose(task: Task, webhook: TaskWebhook, at: Instant): WebhookMessage;
}

export interface WebhookMessage {
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array;
}

export type WebhookDialects = Readonly<Record<Protocol, WebhookDialect>>;

export interface DeliverWebhooks {
  readonly dialects: WebhookDialects;
  readonly senderId: WorkerId;
  /** How long the loop sleeps when nothing wakes it: a retry comes at most so much late. */
  readonly idleMs: number;
  readonly shutdown: AbortSignal;
}

type DeliverPorts = Pick<Ports, 'clock' | 'ids' | 'log' | 'signals' | 'tasks' | 'webhooks' | 'webhookSender'>;

const MOST_AT_ONCE = 32;
/** So that eight accounts with hanging receivers are needed to hold up the others. */
const MOST_PER_ACCOUNT = 4;
/** Longer than any attempt may take. */
export const WEBHOOK_LEASE_MS = 150_000;

export async function deliverWebhooks(ports: DeliverPorts, options: DeliverWebhooks): Promise<void> {
  const { idleMs, shutdown } = options;
  const sending = new Set<Promise<void>>();
  while (!shutdown.aborted) {
    const waiting = new AbortController();
    // Begun before the claim, so that an event that comes in between is not slept through.
    const news = ports.signals.waitForWebhook(idleMs, AbortSignal.any([shutdown, waiting.signal]));
    const due = sending.size < MOST_AT_ONCE ? await claim(ports, options) : undefined;
    if (due === undefined) await Promise.race([news, ...sending]);
    else {
      const attempt = deliver(ports, due, options).finally(() => sending.delete(attempt));
      sending.add(attempt);
    }
    waiting.abort();
  }
  await Promise.all(sending);
}

/** At the start of the only program on a store: every lease in it belongs to a sender that is gone. */
export async function recoverWebhooks(ports: Pick<Ports, 'clock' | 'log' | 'webhooks'>): Promise<void> {
  const count = await ports.webhooks.releaseAll(ports.clock.now());
  if (count > 0) ports.log.info({ count }, 'Webhooks that the previous run was sending are sent again.');
}

/** Undefined also when the store fails: the next round tries again. */
async function claim(ports: DeliverPorts, { senderId }: DeliverWebhooks): Promise<DueWebhook | undefined> {
  const at = ports.clock.now();
  const leaseExpiresAt = addMs(at, WEBHOOK_LEASE_MS);
  try {
    return await ports.webhooks.claim({ senderId, at, leaseExpiresAt, mostPerAccount: MOST_PER_ACCOUNT });
  } catch (error) {
    ports.log.error({ senderId, error }, 'The webhook outbox could not be read; the next round tries again.');
    return undefined;
  }
}

/** One attempt. Never rejects: what cannot be noted is tried again when the lease expires. */
async function deliver(ports: DeliverPorts, due: DueWebhook, options: DeliverWebhooks): Promise<void> {
  const { lease } = due;
  try {
    const task = await ports.tasks.find(lease.taskId);
    if (task === undefined)
      throw new Error(`Task ${lease.taskId} has a webhook's event, but does not exist.`);
    const dialect = options.dialects[task.endpoint.protocol];
    const begunAt = ports.clock.now();
    const answer = await attempt(ports, task, { due, dialect, begunAt, shutdown: options.shutdown });
    const now = ports.clock.now();
    const chance = Number.parseInt(ports.ids.hex(4), 16) / 2 ** 32;
    const verdict = verdictOn(answer, { ...due, schedule: dialect.schedule, now, chance, ...options });
    // The clock may have been set back meanwhile.
    const durationMs = Math.max(0, now - begunAt);
    await ports.webhooks.record(lease, { durationMs, answer, verdict });
    if (verdict.state === 'dead')
      ports.log.warn({ taskId: task.id, attempts: lease.attempt, answer }, 'A webhook was given up.');
    ports.signals.announceTask(task.id);
  } catch (error) {
    ports.log.warn({ ...lease, error }, 'An attempt at a webhook could not be noted; it is made again.');
  }
}

/** What the log of attempts says of one that the task asked to be lost. */
const LOST_ON_PURPOSE = 'lost on its way, as "webhook-loss" asked for';

/** Sends the message once. A defect of ours counts as a failed attempt, so that it cannot circle for ever. */
async function attempt(
  ports: DeliverPorts,
  task: Task,
  context: {
    readonly due: DueWebhook;
    readonly dialect: WebhookDialect;
    readonly begunAt: Instant;
    readonly shutdown: AbortSignal;
  },
): Promise<WebhookAnswer> {
  const { due, dialect, begunAt, shutdown } = context;
  if (due.lease.attempt <= (task.emulation?.webhookLoss ?? 0)) return { error: LOST_ON_PURPOSE };
  try {
    if (task.webhook === undefined) throw new Error(`Task ${task.id} names no webhook.`);
    const message = dialect.compose(task, task.webhook, begunAt);
    const timeoutMs = timeoutOf(dialect.schedule, due.attemptSinceQueued);
    return await ports.webhookSender.send({ url: task.webhook.url, timeoutMs, ...message }, shutdown);
  } catch (error) {
    ports.log.error({ taskId: task.id, error }, 'A webhook could not be composed.');
    return { error: 'Something failed inside the server; its log has the cause.' };
  }
}

function verdictOn(
  answer: WebhookAnswer,
  context: DueWebhook & {
    readonly schedule: WebhookSchedule;
    readonly now: Instant;
    readonly chance: number;
    readonly shutdown: AbortSignal;
  },
): WebhookVerdict {
  const { schedule, attemptSinceQueued, queuedAt, now, chance, shutdown } = context;
  const judgement = judgeAnswer(answer);
  if (judgement === 'acknowledged') return { state: 'delivered' };
  if (judgement === 'final') return { state: 'dead' };
  // Broken off by ourselves: the next program tries at once.
  if (shutdown.aborted) return { state: 'pending', dueAt: now };
  const dueAt = nextAttemptAt(schedule, { attempt: attemptSinceQueued, queuedAt, now, chance });
  return dueAt === undefined ? { state: 'dead' } : { state: 'pending', dueAt };
}
