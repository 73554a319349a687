/** Which film container a file is, told by its first bytes and never by its name or declared type. */
export type ClipContainer = 'mp4' | 'webm';

/** So much of a file is enough to tell. */
export const CLIP_HEAD_BYTES = 12;
/** ISO/IEC 14496-12: the file type box comes first; its name stands after four bytes of length. */
const FILE_TYPE_BOX = [0x66, 0x74, 0x79, 0x70];
/** RFC 8794 section 11.2.1: the EBML header of Matroska and WebM. */
const EBML_HEADER = [0x1a, 0x45, 0xdf, 0xa3];

/** Undefined for what is neither. */
export function clipContainer(head: Uint8Array): ClipContainer | undefined {
  if (EBML_HEADER.every((byte, index) => head[index] === byte)) return 'webm';
  if (FILE_TYPE_BOX.every((byte, index) => head[4 + index] === byte)) return 'mp4';
  return undefined;
}
