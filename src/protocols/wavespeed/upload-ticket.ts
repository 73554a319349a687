/** The wire shapes of both upload flows. */
import { toRfc3339 } from '#domain/instant.ts';
import type { Asset } from '#ports/asset-store.ts';
import type { UploadTicket } from '#services/uploads.ts';

const MEDIA_KINDS = ['image', 'video', 'audio'] as const;
type MediaKind = (typeof MEDIA_KINDS)[number];

/** The formats that WaveSpeed takes; `webm`, which may be either, is a film. */
const KIND_EXTENSIONS: Readonly<Record<MediaKind, RegExp>> = {
  image: /\.(?:jpe?g|png|webp|gif|bmp|tiff?|avif)$/i,
  video: /\.(?:mp4|avi|mov|wmv|flv|webm|mkv|3gp|ogv)$/i,
  audio: /\.(?:mp3|wav|ogg|aac|flac|m4a|opus)$/i,
};

/** `type` of an upload: what its content type says, else what its name does. */
const mediaKind = (contentType: string | undefined, fileName: string): MediaKind | 'file' =>
  MEDIA_KINDS.find((kind) => contentType?.startsWith(`${kind}/`) === true) ??
  MEDIA_KINDS.find((kind) => KIND_EXTENSIONS[kind].test(fileName)) ??
  'file';

/** Clients PUT the bytes with exactly these headers and no key. */
export function toTicketData(
  ticket: UploadTicket,
  origin: string,
  declared: { readonly size: number; readonly contentType: string | undefined },
) {
  return {
    type: mediaKind(declared.contentType, ticket.fileName),
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
  type: mediaKind(asset.contentType, asset.fileName),
  download_url: `${origin}/files/${asset.id}/${asset.fileName}`,
  /** The older page's name for it. */
  url: `${origin}/files/${asset.id}/${asset.fileName}`,
  filename: asset.fileName,
  size: asset.byteLength,
});
