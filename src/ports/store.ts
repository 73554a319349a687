import type { AccountStore } from './account-store.ts';
import type { FileRules } from './file-rules.ts';
import type { Ledger } from './ledger.ts';
import type { PartUploads } from './part-uploads.ts';
import type { TaskQueue } from './task-queue.ts';
import type { TaskStore } from './task-store.ts';
import type { Uploads } from './uploads.ts';
import type { WebhookOutbox } from './webhook-outbox.ts';

/** One database seen through narrow ports; services take only the ports they use. */
export interface Store {
  readonly accounts: AccountStore;
  readonly ledger: Ledger;
  readonly tasks: TaskStore;
  readonly queue: TaskQueue;
  readonly webhooks: WebhookOutbox;
  readonly fileRules: FileRules;
  readonly partUploads: PartUploads;
  readonly uploads: Uploads;
  /** Finishes what was begun and lets go of the database. Calls after it reject. */
  close(): Promise<void>;
}
