/**
 * Files that arrive in parts, in any order and several at once. The parts lie in scratch files of this process; completing the upload
 * joins them by number. An upload that is not completed before its permission ends is forgotten, one that a restart
 * interrupts has to be begun again.
 */
import { createHash } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { Readable, Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { AnimaticError } from '#domain/errors.ts';
import type { AccountId, AssetId } from '#domain/ids.ts';
import type { Instant } from '#domain/instant.ts';
import type { Asset } from '#ports/asset-store.ts';
import { MAX_UPLOAD_BYTES } from '#services/uploads.ts';
import type { HttpDependencies } from './http-dependencies.ts';
import { receiveFile, sizeLimit, uploadTooLarge } from './receive-file.ts';

/** As S3 has it. */
const MOST_PARTS = 10_000;

export interface NewUpload {
  readonly id: AssetId;
  readonly fileName: string;
  readonly accountId: AccountId;
  readonly expiresAt: Instant;
}

interface Part {
  readonly scratchPath: string;
  readonly etag: string;
  readonly byteLength: number;
}

interface OpenUpload extends NewUpload {
  readonly parts: Map<number, Part>;
}

/** What a client names when it completes an upload, in any order. */
export interface NamedPart {
  readonly partNumber: number;
  /** With or without the quotes that it has in a header. */
  readonly etag: string;
}

export interface CompletedUpload {
  readonly asset: Asset;
  /** Parts that came without a byte: the file is likely cut off. A known fault of Python's `upload(bytes)`. */
  readonly emptyParts: readonly number[];
}

export class MultipartUploads {
  readonly #deps: Pick<HttpDependencies, 'assets' | 'clock'>;
  readonly #open = new Map<AssetId, OpenUpload>();

  constructor(deps: Pick<HttpDependencies, 'assets' | 'clock'>) {
    this.#deps = deps;
  }

  async begin(upload: NewUpload): Promise<void> {
    await this.#forgetExpired();
    this.#open.set(upload.id, { ...upload, parts: new Map() });
  }

  /** @throws AnimaticError `not_found`. */
  find(id: AssetId, fileName: string): NewUpload {
    return this.#find(id, fileName);
  }

  /**
   * Stores a part; one that comes again replaces the first. Returns its entity tag.
   * @throws AnimaticError `not_found`, `invalid_parameter`, `payload_too_large`.
   */
  async receivePart(file: NewUpload, number: number, bytes: Readable): Promise<string> {
    const { parts } = this.#find(file.id, file.fileName);
    if (!Number.isInteger(number) || number < 1 || number > MOST_PARTS) {
      throw new AnimaticError('invalid_parameter', `Parts are numbered from 1 to ${MOST_PARTS}.`);
    }
    const scratchPath = await this.#deps.assets.createScratchPath('part');
    try {
      const part = await writePart(bytes, scratchPath, MAX_UPLOAD_BYTES - byteLength(parts, number));
      // The upload may have ended while the part was on its way.
      if (this.#open.get(file.id)?.parts !== parts) throw noSuchUpload();
      const replaced = parts.get(number);
      parts.set(number, part);
      if (replaced !== undefined) await this.#deps.assets.discardScratch(replaced.scratchPath);
      return part.etag;
    } catch (error) {
      await this.#deps.assets.discardScratch(scratchPath);
      throw error;
    }
  }

  /** @throws AnimaticError `not_found`; `invalid_parameter` for a part that is not here as named; `payload_too_large`. */
  async complete(file: NewUpload, named: readonly NamedPart[]): Promise<CompletedUpload> {
    const upload = this.#find(file.id, file.fileName);
    const parts = namedParts(upload, named);
    this.#open.delete(upload.id);
    try {
      const asset = await receiveFile(this.#deps, {
        id: upload.id,
        fileName: upload.fileName,
        bytes: Readable.from(contentOf(parts)),
        maxBytes: MAX_UPLOAD_BYTES,
      });
      const emptyParts = parts.filter((part) => part.byteLength === 0).map(({ number }) => number);
      return { asset, emptyParts };
    } finally {
      await this.#discard(upload);
    }
  }

  #find(id: AssetId, fileName: string): OpenUpload {
    const upload = this.#open.get(id);
    if (upload !== undefined && upload.fileName === fileName && upload.expiresAt > this.#deps.clock.now())
      return upload;
    throw noSuchUpload();
  }

  async #forgetExpired(): Promise<void> {
    const now = this.#deps.clock.now();
    const expired = [...this.#open.values()].filter(({ expiresAt }) => expiresAt <= now);
    for (const { id } of expired) this.#open.delete(id);
    for (const upload of expired) await this.#discard(upload);
  }

  async #discard({ parts }: OpenUpload): Promise<void> {
    for (const { scratchPath } of parts.values()) await this.#deps.assets.discardScratch(scratchPath);
  }
}

const noSuchUpload = (): AnimaticError =>
  new AnimaticError(
    'not_found',
    'There is no such upload (any more); begin a new one and send all parts again.',
  );

const byteLength = (parts: ReadonlyMap<number, Part>, without: number): number =>
  [...parts].reduce((total, [number, part]) => (number === without ? total : total + part.byteLength), 0);

/** The entity tag is the content's SHA-256. */
async function writePart(bytes: Readable, scratchPath: string, maxBytes: number): Promise<Part> {
  const hash = createHash('sha256');
  let length = 0;
  const measure = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      hash.update(chunk);
      length += chunk.length;
      done(null, chunk);
    },
  });
  const file = createWriteStream(scratchPath, { flags: 'wx', mode: 0o600 });
  await pipeline(bytes, sizeLimit(maxBytes, uploadTooLarge(MAX_UPLOAD_BYTES)), measure, file);
  return { scratchPath, etag: hash.digest('hex'), byteLength: length };
}

/** In the order of the numbers. */
function namedParts(upload: OpenUpload, named: readonly NamedPart[]): readonly (Part & { number: number })[] {
  const parts = named.map(({ partNumber, etag }) => ({
    number: partNumber,
    ...requirePart(upload, partNumber, etag),
  }));
  if (new Set(parts.map(({ number }) => number)).size < parts.length)
    throw new AnimaticError('invalid_parameter', 'A part is named twice; name each once.', {
      path: ['parts'],
    });
  return parts.toSorted((a, b) => a.number - b.number);
}

function requirePart({ parts }: OpenUpload, number: number, etag: string): Part {
  const part = parts.get(number);
  if (part !== undefined && part.etag === etag.replace(/^(?:W\/)?"(.*)"$/, '$1')) return part;
  throw new AnimaticError(
    'invalid_parameter',
    `Part ${number} is not here with the entity tag "${etag}"; send it again and name the tag that was answered.`,
    { path: ['parts'] },
  );
}

async function* contentOf(parts: readonly Part[]): AsyncGenerator<Buffer> {
  for (const { scratchPath } of parts) yield* createReadStream(scratchPath);
}
