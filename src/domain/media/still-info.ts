/** What pictures are accepted, and what is known of one that was. */

/** Recognised by content, never by file name or declared type. */
export const STILL_FORMATS = ['jpeg', 'png', 'webp', 'gif', 'avif'] as const;

export type StillFormat = (typeof STILL_FORMATS)[number];

/** The accepted formats as messages name them. */
export const STILL_FORMATS_TEXT = 'JPEG, PNG, WebP, GIF or AVIF';

export const MAX_STILL_BYTES = 30_000_000;

/** Width times height. Decoded, a picture of this size takes 160 MB. */
export const MAX_STILL_PIXELS = 40_000_000;

/** A still that was decoded in full without fault. Of an animated file this speaks of its first frame. */
export interface StillInfo {
  readonly format: StillFormat;
  /** Pixels, after the orientation that the file asks for. */
  readonly width: number;
  readonly height: number;
  /** Of the file. */
  readonly byteLength: number;
}
