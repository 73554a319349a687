/**
 * What to show for a file's address. Files uploaded in this visit are shown from memory; other files of this server from their
 * address. Nothing is ever fetched from another origin, so those have no preview.
 */
const blobs = new Map<string, string>();

export const rememberPreview = (address: string, blobUrl: string): void => void blobs.set(address, blobUrl);

/** Undefined for what this page does not load. */
export function previewOf(address: string): string | undefined {
  const known = blobs.get(address);
  if (known !== undefined) return known;
  if (address.startsWith('data:')) return address;
  const url = URL.parse(address, location.href);
  return url?.origin === location.origin ? url.pathname : undefined;
}
