/** Uploads that arrive in parts: which there are, and which parts of them are here. The parts' bytes are assets of their own. */
import type { AccountId, AssetId } from '#domain/ids.ts';
import type { Instant } from '#domain/instant.ts';

export interface PartUpload {
  /** Also of the file that the parts will make. */
  readonly id: AssetId;
  readonly fileName: string;
  readonly accountId: AccountId;
  readonly expiresAt: Instant;
}

export interface UploadPart {
  /** From 1. */
  readonly number: number;
  readonly assetId: AssetId;
  /** Lower-case hex SHA-256 of the bytes. */
  readonly etag: string;
  readonly byteLength: number;
}

export interface PartUploads {
  begin(upload: PartUpload): Promise<void>;
  find(id: AssetId): Promise<PartUpload | undefined>;
  /** In the order of their numbers. */
  parts(id: AssetId): Promise<readonly UploadPart[]>;
  /**
   * Notes a part in place of an earlier one of its number, which is returned.
   * @throws AnimaticError `not_found` for an upload that has ended; `payload_too_large` where all parts together would be larger
   *   than `maxBytes`. Nothing is noted then.
   */
  addPart(id: AssetId, part: UploadPart, maxBytes: number): Promise<UploadPart | undefined>;
  /** Forgets the upload, and returns the parts that are to be removed; none when it has ended already. */
  end(id: AssetId): Promise<readonly UploadPart[]>;
  /** Uploads whose time is over at `at`, those that ended longest ago first. */
  expired(at: Instant, limit: number): Promise<readonly AssetId[]>;
}
