/**
 * Tells what a file is by its first bytes, before any decoder sees it: file names and declared types are a stranger's claim.
 * Knows the accepted formats, and enough others to name what a user gave instead.
 */
import type { StillFormat } from '#domain/media/still-info.ts';

/** How many bytes from the start of a file suffice. */
export const SIGNATURE_LENGTH = 256;

export type Signature =
  | { readonly accepted: true; readonly format: StillFormat }
  /** `name` fits "the file is ...". */
  | { readonly accepted: false; readonly name: string };

/** First bytes as Latin-1 text; `?` stands for any byte. */
type Magic = string;

const ACCEPTED: readonly (readonly [StillFormat, readonly Magic[]])[] = [
  ['jpeg', ['\xff\xd8\xff']],
  ['png', ['\x89PNG\r\n\x1a\n']],
  ['gif', ['GIF87a', 'GIF89a']],
  ['webp', ['RIFF????WEBP']],
];

const REFUSED: readonly (readonly [string, readonly Magic[]])[] = [
  ['a TIFF picture', ['II*\0', 'MM\0*', 'II+\0', 'MM\0+']],
  ['a PDF document', ['%PDF-']],
  ['a BMP picture', ['BM????\0\0\0\0']],
  ['a JPEG XL picture', ['\xff\x0a', '\0\0\0\x0cJXL ']],
  ['a JPEG 2000 picture', ['\0\0\0\x0cjP  ', '\xff\x4f\xff\x51']],
  ['a Photoshop document', ['8BPS']],
  ['a Windows icon', ['\0\0\x01\0', '\0\0\x02\0']],
  ['an OpenEXR picture', ['\x76\x2f\x31\x01']],
  ['a WebM or Matroska video', ['\x1a\x45\xdf\xa3']],
  ['an AVI video', ['RIFF????AVI ']],
  ['a ZIP archive', ['PK\x03\x04']],
];

const HEIC_BRANDS = ['heic', 'heix', 'hevc', 'heim', 'heis', 'mif1', 'msf1'];

/** Recognises a file by its first `SIGNATURE_LENGTH` bytes (fewer when it is shorter). */
export function recogniseSignature(head: Uint8Array): Signature {
  const text = String.fromCharCode(...head);
  const beginsLike = ([, magics]: readonly [string, readonly Magic[]]) =>
    magics.some((magic) => matches(text, magic));
  const accepted = ACCEPTED.find(beginsLike);
  if (accepted !== undefined) return { accepted: true, format: accepted[0] };
  if (text.startsWith('ftyp', 4)) return recogniseBrands(brandsOf(text));
  const refused = REFUSED.find(beginsLike);
  return { accepted: false, name: refused === undefined ? nameOfText(text) : refused[0] };
}

const matches = (text: string, magic: Magic): boolean =>
  text.length >= magic.length &&
  [...magic].every((byte, position) => byte === '?' || byte === text[position]);

function recogniseBrands(brands: readonly string[]): Signature {
  if (brands.includes('avif') || brands.includes('avis')) return { accepted: true, format: 'avif' };
  const isHeic = brands.some((brand) => HEIC_BRANDS.includes(brand));
  return { accepted: false, name: isHeic ? 'a HEIC picture' : 'an MP4 or QuickTime video' };
}

/** The major brand and the compatible brands of the file type box (ISO/IEC 14496-12, 4.3). */
function brandsOf(text: string): string[] {
  const boxLength = [0, 1, 2, 3].reduce((length, position) => length * 256 + text.charCodeAt(position), 0);
  const brands: string[] = [];
  for (let position = 8; position + 4 <= Math.min(text.length, boxLength); position += 4) {
    brands.push(text.slice(position, position + 4));
  }
  return brands;
}

function nameOfText(text: string): string {
  if (/<svg[\s>]/i.test(text)) return 'an SVG drawing';
  return /^\s*<[?!a-z]/i.test(text.replace(/^\xef\xbb\xbf/, ''))
    ? 'an XML or HTML document'
    : 'of an unknown kind';
}
