/** The wire shapes of both upload flows. */
import { toRfc3339 } from '#domain/instant.ts';
import type { Asset } from '#ports/asset-store.ts';
import type { UploadTicket } from '#services/uploads.ts';

const MEDIA_KINDS = ['image', 'video', 'audio'] as const;

/** `type` of an upload: the first half of its content type where that names a medium. */
function mediaKind(contentType: string | undefined): (typeof MEDIA_KINDS)[number] | 'file' {
  return MEDIA_KINDS.find((kind) => contentType?.startsWith(`${kind}/`) === true) ?? 'file';
}

/** Clients PUT the bytes with exactly these headers and no key. */
export function toTicketData(
  ticket: UploadTicket,
  origin: string,
  declared: { readonly size: number; readonly contentType: string | undefined },
) {
  return {
    type: mediaKind(declared.contentType),
    download_url: origin + ticket.downloadPath,
    filename: ticket.fileName,
    size: declared.size,
    upload: {
      method: 'PUT',
      url: origin + ticket.uploadPath,
      headers: {
        'Content-Type': declared.contentType ?? 'application/octet-stream',
        'If-None-Match': '*',
      },
      expires_at: toRfc3339(ticket.expiresAt),
    },
  };
}

export const toUploadData = (asset: Asset, origin: string) => ({
  type: mediaKind(asset.contentType),
  download_url: `${origin}/files/${asset.id}/${asset.fileName}`,
  /** The older page's name for it. */
  url: `${origin}/files/${asset.id}/${asset.fileName}`,
  filename: asset.fileName,
  size: asset.byteLength,
});
