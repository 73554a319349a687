import { toRfc3339 } from '#domain/instant.ts';
import type { WebhookAttempt } from '#domain/webhook/event.ts';
import type { WebhookReport } from '#services/webhook-events.ts';

/** What became of a task's webhook. Times are RFC 3339. */
export interface WebhookView {
  readonly url: string;
  /** `waiting` until the task has ended. */
  readonly state: 'waiting' | 'pending' | 'delivered' | 'dead';
  /** When it is tried again at the earliest; while an attempt runs, when its sender is given up. */
  readonly dueAt?: string;
  /** Oldest first. One without status and error is under way, or was broken off with its sender. */
  readonly attempts: readonly {
    readonly number: number;
    readonly at: string;
    readonly durationMs?: number;
    /** Of the receiver's answer. */
    readonly status?: number;
    /** Why there was no answer. */
    readonly error?: string;
  }[];
}

export const toWebhookView = ({ webhook, event }: WebhookReport): WebhookView => ({
  url: webhook.url,
  state: event?.state ?? 'waiting',
  ...(event?.dueAt === undefined ? {} : { dueAt: toRfc3339(event.dueAt) }),
  attempts: (event?.attempts ?? []).map(attemptView),
});

const attemptView = ({
  number,
  at,
  durationMs,
  answer,
}: WebhookAttempt): WebhookView['attempts'][number] => ({
  number,
  at: toRfc3339(at),
  ...(durationMs === undefined ? {} : { durationMs }),
  ...answer,
});
