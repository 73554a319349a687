/**
 * A webhook tells one address that a task has ended. The event enters the outbox with the task's final state and leaves it
 * when the receiver has acknowledged it, or after the last attempt.
 */
import type { TaskId } from '../ids.ts';
import type { Instant } from '../instant.ts';

/** Named when the task was submitted. */
export interface TaskWebhook {
  readonly url: string;
  /** Where the caller saw this server, without a slash at the end: the URLs in the message begin with it. */
  readonly origin: string;
}

/** `delivered` and `dead` (given up) stay until the event is sent again by hand. */
export const WEBHOOK_STATES = ['pending', 'delivered', 'dead'] as const;
export type WebhookState = (typeof WEBHOOK_STATES)[number];

/** What became of a request to a receiver: its HTTP status, or why there is none. */
export type WebhookAnswer = { readonly status: number } | { readonly error: string };

export interface WebhookAttempt {
  /** Ascending from 1 within a task. */
  readonly number: number;
  readonly at: Instant;
  readonly durationMs?: number;
  /** Absent while the attempt runs, and for one whose sender died before it could note the answer. */
  readonly answer?: WebhookAnswer;
}

export interface WebhookEvent {
  readonly taskId: TaskId;
  readonly state: WebhookState;
  /** When it is tried next at the earliest; while an attempt runs, when its sender is given up. Absent unless `pending`. */
  readonly dueAt?: Instant;
  /** Oldest first. */
  readonly attempts: readonly WebhookAttempt[];
}

/** Any 2xx acknowledges. A redirect is never followed and ends the delivery: it would be the same the next time. */
export function judgeAnswer(answer: WebhookAnswer): 'acknowledged' | 'final' | 'retry' {
  if (!('status' in answer)) return 'retry';
  if (answer.status >= 200 && answer.status < 300) return 'acknowledged';
  return answer.status >= 300 && answer.status < 400 ? 'final' : 'retry';
}
