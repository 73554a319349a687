/**
 * The outbox's promises. An event enters it in the transaction that ends its task, whichever way it ends, if the task names a
 * webhook; so none is lost and none invented. A claim gives a lease: until it expires nobody else gets the event, and the
 * attempt number fences what is noted, so that two senders never work on one event at once. Events outlive the program;
 * an attempt whose sender died is made again, which makes delivery at least once.
 */
import type { EndpointKey } from '#domain/endpoint-key.ts';
import type { AccountId, TaskId, WorkerId } from '#domain/ids.ts';
import type { Instant } from '#domain/instant.ts';
import type { WebhookAnswer, WebhookEvent, WebhookState } from '#domain/webhook/event.ts';

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

/** Omitted members leave everything in. */
export interface WebhookListing {
  readonly accountId: AccountId;
  readonly state?: WebhookState;
  /** The last event of the page before: only those of tasks that were submitted earlier follow. */
  readonly after?: TaskId;
  readonly limit: number;
}

/** An event with what is to be known of its task. */
export interface ListedWebhook {
  readonly event: WebhookEvent;
  readonly endpoint: EndpointKey;
  readonly url: string;
  /** When the task ended, or when the event was last to be sent again. */
  readonly queuedAt: Instant;
}

export interface WebhookOutbox {
  /** The event that is due longest at `at`, or undefined. The attempt stands in the event's log from then on. */
  claim(claim: WebhookClaim): Promise<DueWebhook | undefined>;
  /** Notes the answer and ends the lease. @throws AnimaticError `lease_lost` when somebody else has the event since. */
  record(lease: WebhookLease, report: WebhookAttemptReport): Promise<void>;
  /** Ends every lease, for the only program on a store when it starts. Returns how many there were. */
  releaseAll(at: Instant): Promise<number>;
  /**
   * Events that were delivered or given up, and that were queued at or before `queuedUntil`, those first that were longest ago. Returns how
   * many were forgotten, `limit` at most.
   */
  forgetEnded(queuedUntil: Instant, limit: number): Promise<number>;
  /** Undefined for a task without a webhook, for one that has not ended, and for an event that is forgotten. */
  find(taskId: TaskId): Promise<WebhookEvent | undefined>;
  /** Events of the account, those of the latest tasks first; of deleted tasks none. */
  list(listing: WebhookListing): Promise<readonly ListedWebhook[]>;
  /**
   * Puts an event to the front again whatever became of it, with all its attempts to come; one that is being sent is only
   * tried again if that fails. False when there is none.
   */
  resend(taskId: TaskId, at: Instant): Promise<boolean>;
}
