/**
 * Files that arrive in parts, in any order and several at once. Each part is a file of its own until the upload is completed, which
 * joins them by number; so parts outlive a restart. What is not completed before its permission ends is forgotten.
 */
import { createHash } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { Readable, Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { AnimaticError } from '#domain/errors.ts';
import { type AssetId, assetId } from '#domain/ids.ts';
import type { Asset } from '#ports/asset-store.ts';
import type { PartUpload, UploadPart } from '#ports/part-uploads.ts';
import { endPartUpload } from '#services/forget-expired-files.ts';
import { MAX_UPLOAD_BYTES } from '#services/uploads.ts';
import type { HttpDependencies } from './http-dependencies.ts';
import { receiveFile, sizeLimit, uploadTooLarge } from './receive-file.ts';

/** As S3 has it. */
export const MOST_PARTS = 10_000;

/** Public nowhere: nobody is told the parts' ids. */
const PART_FILE_NAME = 'part';

type UploadDependencies = Pick<HttpDependencies, 'assets' | 'clock' | 'ids' | 'partUploads' | 'uploads'>;

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

/** @throws AnimaticError `not_found`. */
export async function findUpload(
  { clock, partUploads }: Pick<UploadDependencies, 'clock' | 'partUploads'>,
  id: AssetId,
  fileName: string,
): Promise<PartUpload> {
  const upload = await partUploads.find(id);
  if (upload !== undefined && upload.fileName === fileName && upload.expiresAt > clock.now()) return upload;
  throw new AnimaticError(
    'not_found',
    'There is no such upload (any more); begin a new one and send all parts again.',
  );
}

/**
 * Stores a part; one that comes again replaces the first. Returns its entity tag.
 * @throws AnimaticError `not_found`, `invalid_parameter`, `payload_too_large`.
 */
export async function receivePart(
  deps: UploadDependencies,
  { id }: PartUpload,
  number: number,
  bytes: Readable,
): Promise<string> {
  if (!Number.isInteger(number) || number < 1 || number > MOST_PARTS)
    throw new AnimaticError('invalid_parameter', `Parts are numbered from 1 to ${MOST_PARTS}.`);
  const others = (await deps.partUploads.parts(id)).filter((part) => part.number !== number);
  const room = others.reduce((left, { byteLength }) => left - byteLength, MAX_UPLOAD_BYTES);
  const scratchPath = await deps.assets.createScratchPath('part');
  try {
    const content = await writeContent(bytes, scratchPath, room);
    const part = { number, assetId: assetId(deps.ids.hex(16)), ...content };
    // Noted before it is kept, so that a crash in between leaves no file that nobody knows of. Parts that came at the same time may
    // have taken the room.
    const replaced = await deps.partUploads.addPart(id, part, MAX_UPLOAD_BYTES);
    await deps.assets.adopt(part.assetId, scratchPath, PART_FILE_NAME);
    if (replaced !== undefined) await deps.assets.delete(replaced.assetId);
    return part.etag;
  } catch (error) {
    await deps.assets.discardScratch(scratchPath);
    throw error;
  }
}

/**
 * An upload that cannot be completed stays as it is, to be completed otherwise.
 * @throws AnimaticError `invalid_parameter` for a part that is not here as named; `payload_too_large`; `forbidden` when another
 *   call completes it.
 */
export async function completeUpload(
  deps: UploadDependencies,
  { id, fileName }: PartUpload,
  named: readonly NamedPart[],
): Promise<CompletedUpload> {
  const parts = namedParts(await deps.partUploads.parts(id), named);
  const asset = await receiveFile(deps, {
    id,
    fileName,
    bytes: Readable.from(contentOf(deps, parts)),
    maxBytes: MAX_UPLOAD_BYTES,
  });
  await endPartUpload(deps, id);
  const emptyParts = parts.filter(({ byteLength }) => byteLength === 0).map(({ number }) => number);
  return { asset, emptyParts };
}

/** The entity tag is the content's SHA-256. */
async function writeContent(
  bytes: Readable,
  filePath: string,
  maxBytes: number,
): Promise<Pick<UploadPart, 'etag' | 'byteLength'>> {
  const hash = createHash('sha256');
  let byteLength = 0;
  const measure = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      hash.update(chunk);
      byteLength += chunk.length;
      done(null, chunk);
    },
  });
  const file = createWriteStream(filePath, { flags: 'wx', mode: 0o600 });
  await pipeline(bytes, sizeLimit(maxBytes, uploadTooLarge(MAX_UPLOAD_BYTES)), measure, file);
  return { etag: hash.digest('hex'), byteLength };
}

/** In the order of the numbers. */
function namedParts(parts: readonly UploadPart[], named: readonly NamedPart[]): readonly UploadPart[] {
  const found = new Set(named.map((each) => requirePart(parts, each)));
  if (found.size === named.length) return [...found].toSorted((a, b) => a.number - b.number);
  throw new AnimaticError('invalid_parameter', 'A part is named twice; name each once.', { path: ['parts'] });
}

function requirePart(parts: readonly UploadPart[], { partNumber, etag }: NamedPart): UploadPart {
  const part = parts.find(({ number }) => number === partNumber);
  if (part !== undefined && part.etag === etag.replace(/^(?:W\/)?"(.*)"$/, '$1')) return part;
  throw notHere(partNumber, etag);
}

const notHere = (number: number, etag: string): AnimaticError =>
  new AnimaticError(
    'invalid_parameter',
    `Part ${number} is not here with the entity tag "${etag}"; send it again and name the tag that was answered.`,
    { path: ['parts'] },
  );

async function* contentOf(
  { assets }: Pick<UploadDependencies, 'assets'>,
  parts: readonly UploadPart[],
): AsyncGenerator<Buffer> {
  for (const { assetId: id, number, etag } of parts) {
    const asset = await assets.find(id);
    if (asset === undefined) throw notHere(number, etag);
    yield* createReadStream(asset.filePath);
  }
}
