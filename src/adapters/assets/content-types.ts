/**
 * Content types by file extension: the formats that requests and results use. Anything else is served as bytes, so that an
 * uploaded page or script never runs in a browser under this server's name.
 */
const CONTENT_TYPES: Readonly<Record<string, string>> = {
  avif: 'image/avif',
  gif: 'image/gif',
  jpeg: 'image/jpeg',
  jpg: 'image/jpeg',
  png: 'image/png',
  webp: 'image/webp',
  mov: 'video/quicktime',
  mp4: 'video/mp4',
  webm: 'video/webm',
  aac: 'audio/aac',
  flac: 'audio/flac',
  m4a: 'audio/mp4',
  mp3: 'audio/mpeg',
  ogg: 'audio/ogg',
  wav: 'audio/wav',
  json: 'application/json',
  txt: 'text/plain; charset=utf-8',
};

export const UNKNOWN_CONTENT_TYPE = 'application/octet-stream';

/** The type that a file name's extension stands for, whatever its case. */
export function contentTypeOf(fileName: string): string {
  const extension = /\.([^.]+)$/.exec(fileName)?.[1]?.toLowerCase() ?? '';
  return Object.hasOwn(CONTENT_TYPES, extension) ? CONTENT_TYPES[extension]! : UNKNOWN_CONTENT_TYPE;
}
