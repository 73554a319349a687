/** What a drop or a paste brings: files, or the address of a picture that was dragged out of another page. */

export interface Given {
  readonly files: readonly File[];
  readonly address?: string;
}

export function givenBy(data: DataTransfer | null): Given {
  const files = [...(data?.files ?? [])];
  if (files.length > 0) return { files };
  const address =
    pictureOfHtml(data?.getData('text/html') ?? '') ?? firstAddress(data?.getData('text/uri-list') ?? '');
  return address === undefined ? { files } : { files, address };
}

/** A dragged picture that is a link says where the link goes in its list of addresses, and its own address in its HTML. */
function pictureOfHtml(html: string): string | undefined {
  if (!html.includes('<img')) return undefined;
  const source = new DOMParser().parseFromString(html, 'text/html').querySelector('img')?.getAttribute('src');
  return source !== null && source !== undefined && isAddress(source) ? source : undefined;
}

const firstAddress = (list: string): string | undefined =>
  list.split(/\r?\n/).find((line) => !line.startsWith('#') && isAddress(line));

export const isAddress = (text: string): boolean => /^(https?:\/\/|data:)\S+$/i.test(text.trim());

const EXTENSIONS: Readonly<Record<string, string>> = {
  jpg: 'image/jpeg',
  jpeg: 'image/jpeg',
  png: 'image/png',
  webp: 'image/webp',
  gif: 'image/gif',
  avif: 'image/avif',
  mp4: 'video/mp4',
  mov: 'video/quicktime',
  mp3: 'audio/mpeg',
  wav: 'audio/wav',
};

/** @param accept A list of media types, as in a file input; anything is taken where it is undefined. */
export function isAccepted(file: File, accept: string | undefined): boolean {
  if (accept === undefined) return true;
  const extension = file.name.split('.').at(-1)?.toLowerCase() ?? '';
  const types = accept.split(',').map((type) => type.trim());
  return types.includes(file.type) || types.includes(EXTENSIONS[extension] ?? '');
}
