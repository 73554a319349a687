/** The rules of files that have one. A rule may stand before its file does. */
import type { FileRule } from '#domain/file/file-rule.ts';
import type { AssetId } from '#domain/ids.ts';
import type { Instant } from '#domain/instant.ts';

export interface FileRules {
  /** The first rule of a file stays; one that a file has already is left as it is. */
  set(id: AssetId, rule: FileRule): Promise<void>;
  find(id: AssetId): Promise<FileRule | undefined>;
  /** Files whose life is over at `at`, those that ended longest ago first. */
  expired(at: Instant, limit: number): Promise<readonly AssetId[]>;
  /** Idempotent. */
  forget(id: AssetId): Promise<void>;
}
