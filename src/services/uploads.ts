/**
 * Uploads: a ticket names the file's future URL and carries a signed permission to put the bytes there, so that the bytes
 * can be sent without an API key. A file is written once.
 */
import { AnimaticError } from '#domain/errors.ts';
import { type FileWish, ruleFrom } from '#domain/file/file-rule.ts';
import { type AssetId, assetId } from '#domain/ids.ts';
import { addMs, type Instant } from '#domain/instant.ts';
import type { Asset } from '#ports/asset-store.ts';
import type { Ports } from '#ports/ports.ts';
import type { Principal } from './api-keys.ts';

/** No single upload may be larger. */
export const MAX_UPLOAD_BYTES = 300 * 1024 * 1024;

const TICKET_LIFETIME_MS = 60 * 60 * 1000;

export interface UploadTicket {
  /** Of the file to be. */
  readonly id: AssetId;
  /** Path and query to PUT the bytes to. */
  readonly uploadPath: string;
  /** The permission in it: the query without its question mark. */
  readonly signedQuery: string;
  /** Path of the file once it is there. */
  readonly downloadPath: string;
  readonly fileName: string;
  readonly expiresAt: Instant;
}

export function createUploadTicket(
  ports: Pick<Ports, 'clock' | 'ids' | 'signer'>,
  command: { readonly fileName: string; readonly contentType: string | undefined },
): UploadTicket {
  const id = assetId(ports.ids.hex(16));
  const fileName = safeFileName(command.fileName, command.contentType);
  const expiresAt = addMs(ports.clock.now(), TICKET_LIFETIME_MS);
  const signature = ports.signer.sign(ticketText(id, fileName, expiresAt));
  const downloadPath = `/files/${id}/${fileName}`;
  const signedQuery = `expires=${expiresAt}&signature=${signature}`;
  return {
    id,
    uploadPath: `${downloadPath}?${signedQuery}`,
    signedQuery,
    downloadPath,
    fileName,
    expiresAt,
  };
}

/** A ticket for a file whose rule, if it is to have one, stands before its first byte. */
export async function beginUpload(
  ports: Pick<Ports, 'clock' | 'fileRules' | 'ids' | 'signer'>,
  { accountId }: Principal,
  { wish, ...file }: Parameters<typeof createUploadTicket>[1] & { readonly wish: FileWish | undefined },
): Promise<UploadTicket> {
  const ticket = createUploadTicket(ports, file);
  if (wish !== undefined) await ports.fileRules.set(ticket.id, ruleFrom(wish, accountId, ports.clock.now()));
  return ticket;
}

/** @throws AnimaticError `forbidden` when the permission is forged, for another file, or expired. */
export function checkUploadTicket(
  ports: Pick<Ports, 'clock' | 'signer'>,
  claim: {
    readonly id: AssetId;
    readonly fileName: string;
    readonly expires: number;
    readonly signature: string;
  },
): void {
  const text = ticketText(claim.id, claim.fileName, claim.expires);
  if (!ports.signer.verify(text, claim.signature)) {
    throw new AnimaticError(
      'forbidden',
      'This upload address was not issued by this server; ask for a new upload ticket.',
    );
  }
  if (ports.clock.now() > claim.expires) {
    throw new AnimaticError('forbidden', 'This upload address has expired; ask for a new upload ticket.');
  }
}

/** Takes over a received file, and notes when it came. @throws AnimaticError `forbidden` when a file stands there already. */
export async function storeUpload(
  ports: Pick<Ports, 'assets' | 'clock' | 'uploads'>,
  upload: { readonly id: AssetId; readonly scratchPath: string; readonly fileName: string },
): Promise<Asset> {
  await ports.uploads.note(upload.id, ports.clock.now());
  try {
    return await ports.assets.adopt(upload.id, upload.scratchPath, upload.fileName);
  } catch (cause) {
    // Looked up afterwards, because two uploads may race for one address.
    if ((await ports.assets.find(upload.id)) === undefined) throw cause;
    throw new AnimaticError(
      'forbidden',
      'A file was uploaded to this address already; ask for a new upload ticket.',
      { cause },
    );
  }
}

const ticketText = (id: AssetId, fileName: string, expires: number): string =>
  `upload ${id} ${fileName} ${expires}`;

const EXTENSIONS: Readonly<Record<string, string>> = {
  'image/jpeg': 'jpg',
  'image/png': 'png',
  'image/webp': 'webp',
  'image/gif': 'gif',
  'image/avif': 'avif',
  'video/mp4': 'mp4',
  'video/quicktime': 'mov',
  'audio/mpeg': 'mp3',
  'audio/wav': 'wav',
};

/** Letters, digits, dot, dash and underscore of the caller's name, with an extension that tells the content type. */
export function safeFileName(fileName: string, contentType: string | undefined): string {
  const plain = fileName
    .normalize('NFKD')
    .replace(/[^A-Za-z0-9._-]+/g, '-')
    .slice(-80)
    .replace(/^[.-]+|-+$/g, '');
  if (/[^.]\.[A-Za-z0-9]{2,5}$/.test(plain)) return plain;
  const extension = EXTENSIONS[contentType?.split(';')[0]?.trim().toLowerCase() ?? ''] ?? 'bin';
  return `${plain === '' ? 'upload' : plain}.${extension}`;
}
