/**
 * Uploaded and generated files. A file is written once and never changed; `/files/<id>/<name>` is its URL path. It is
 * durable when the promise that made it resolves.
 */
import type { AssetId } from '#domain/ids.ts';
import type { Instant } from '#domain/instant.ts';

export interface Asset {
  readonly id: AssetId;
  /** Safe as a URL segment and file name; its extension tells the content type. */
  readonly fileName: string;
  readonly contentType: string;
  readonly byteLength: number;
}

/** An asset that can be read on this machine. */
export interface LocalAsset extends Asset {
  readonly filePath: string;
}

export interface AssetStore {
  /** A path for a file being made. What is never adopted is removed when the store is next opened. */
  createScratchPath(extension: string): Promise<string>;
  /** Removes a scratch file, whether or not it was ever written. */
  discardScratch(scratchPath: string): Promise<void>;
  /** Removes scratch files that were last written before `at`. Returns how many. */
  discardScratchBefore(at: Instant): Promise<number>;
  /** Takes over a scratch file under an id. @throws Error when the id is taken. */
  adopt(id: AssetId, scratchPath: string, fileName: string): Promise<Asset>;
  /** @throws Error when the id is taken. */
  write(id: AssetId, bytes: Uint8Array, fileName: string): Promise<Asset>;
  find(id: AssetId): Promise<LocalAsset | undefined>;
  /** Idempotent. */
  delete(id: AssetId): Promise<void>;
}
