/** The files that callers have sent in, and when: those that no task has made. */
import type { AssetId } from '#domain/ids.ts';
import type { Instant } from '#domain/instant.ts';

export interface Uploads {
  /** Notes a file before it is kept. Idempotent: the first moment counts. */
  note(id: AssetId, at: Instant): Promise<void>;
  /** Those of `at` and before, oldest first. */
  notedUntil(at: Instant, limit: number): Promise<readonly AssetId[]>;
  /** Idempotent. */
  forget(id: AssetId): Promise<void>;
}
