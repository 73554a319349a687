/**
 * The outbox's promises. An event enters it in the transaction that ends its task, whichever way it ends, if the task names a
 * webhook; so none is lost and none invented. A claim gives a lease: until it expires nobody else gets the event, and the
 * attempt number fences what is noted, so that two senders never work on one event at once. Events outlive the program;
 * an attempt whose sender died is made again, which makes delivery at least once.
 */
import type { TaskId, WorkerId } from '#domain/ids.ts';
import type { Instant } from '#domain/instant.ts';
import type { WebhookAnswer, WebhookEvent } from '#domain/webhook/event.ts';

export interface WebhookLease {
  readonly taskId: TaskId;
  readonly senderId: WorkerId;
  /** Number of the attempt in the event's log, and its fencing token. */
  readonly attempt: number;
}

export interface DueWebhook {
  readonly lease: WebhookLease;
  /** 1 for the first since `queuedAt`. */
  readonly attemptSinceQueued: number;
  /** When the task ended, or when the event was last to be sent again. */
  readonly queuedAt: Instant;
}

export interface WebhookClaim {
  readonly senderId: WorkerId;
  readonly at: Instant;
  readonly leaseExpiresAt: Instant;
  /** An account with so many attempts under way gets no further one: its slow receiver holds nobody else up. */
  readonly mostPerAccount: number;
}

/** What follows from an attempt. */
export type WebhookVerdict =
  | { readonly state: 'delivered' }
  | { readonly state: 'dead' }
  | { readonly state: 'pending'; readonly dueAt: Instant };

export interface WebhookAttemptReport {
  readonly durationMs: number;
  readonly answer: WebhookAnswer;
  readonly verdict: WebhookVerdict;
}

export interface WebhookOutbox {
  /** The event that is due longest at `at`, or undefined. The attempt stands in the event's log from then on. */
  claim(claim: WebhookClaim): Promise<DueWebhook | undefined>;
  /** Notes the answer and ends the lease. @throws AnimaticError `lease_lost` when somebody else has the event since. */
  record(lease: WebhookLease, report: WebhookAttemptReport): Promise<void>;
  /** Ends every lease, for the only program on a store when it starts. Returns how many there were. */
  releaseAll(at: Instant): Promise<number>;
  /** Undefined for a task without a webhook, and for one that has not ended. */
  find(taskId: TaskId): Promise<WebhookEvent | undefined>;
  /**
   * Puts an event to the front again whatever became of it, with all its attempts to come; one that is being sent is only
   * tried again if that fails. False when there is none.
   */
  resend(taskId: TaskId, at: Instant): Promise<boolean>;
}
