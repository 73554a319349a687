/** The gate that every picture from a stranger passes: only accepted formats within the limits reach a decoder. */
import { open } from 'node:fs/promises';
import sharp, { type Metadata, type Sharp } from 'sharp';
import { AnimaticError } from '#domain/errors.ts';
import {
  MAX_STILL_BYTES,
  MAX_STILL_PIXELS,
  STILL_FORMATS,
  STILL_FORMATS_TEXT,
  type StillFormat,
  type StillInfo,
} from '#domain/media/still-info.ts';
import { recogniseSignature, SIGNATURE_LENGTH } from './still-signature.ts';

export interface OpenStill {
  readonly info: StillInfo;
  /** Turned upright, first frame only, in sRGB with 8 bits a channel, not yet decoded; without alpha. */
  readonly image: Sharp;
}

/**
 * Transparent parts turn white: that is what the page or shop that a cut-out or logo comes from puts behind it, and what dark
 * line art, the usual content of transparent pictures, needs to be seen.
 */
const BACKGROUND = '#ffffff';

/** How libvips names the loaders of the accepted formats. */
const LOADERS: Readonly<Record<StillFormat, string>> = {
  jpeg: 'jpeg',
  png: 'png',
  webp: 'webp',
  gif: 'gif',
  avif: 'heif',
};

/**
 * Opens a picture and reads its header; no pixel is decoded yet.
 * @throws AnimaticError `media_unsupported`, `media_too_large`, `media_unreadable`; other errors when there is no such file.
 */
export async function openStill(path: string): Promise<OpenStill> {
  const { byteLength, head } = await readHead(path);
  if (byteLength === 0) throw unreadable('The file is empty.');
  if (byteLength > MAX_STILL_BYTES) throw tooManyBytes(byteLength);
  const signature = recogniseSignature(head);
  if (!signature.accepted) throw unsupported(`The file is ${signature.name}`);
  const metadata = await readHeader(path);
  const isExpected = metadata.format === LOADERS[signature.format];
  if (!isExpected || (signature.format === 'avif' && metadata.compression !== 'av1')) {
    throw unsupported('The file begins like one picture format and continues like another');
  }
  const { width, height } = metadata.autoOrient;
  if (width * height > MAX_STILL_PIXELS) throw tooManyPixels(width, height);
  return { info: { format: signature.format, width, height, byteLength }, image: pipeline(path, metadata) };
}

/** Decodes by `decode`, which is given an opened still's image. @throws AnimaticError `media_unreadable` when it fails. */
export async function decodeOrRefuse<Result>(decode: () => Promise<Result>): Promise<Result> {
  try {
    return await decode();
  } catch (error) {
    throw unreadable('The picture is damaged or cut off and cannot be decoded to its end.', error);
  }
}

function pipeline(path: string, metadata: Metadata): Sharp {
  // `error` also stops at truncation; `warning` would refuse sound pictures for an odd profile or stray bytes.
  const image = sharp(path, { failOn: 'error', limitInputPixels: MAX_STILL_PIXELS })
    .autoOrient()
    .flatten({ background: BACKGROUND })
    .toColourspace('srgb');
  // sharp works on 16-bit pictures with a profile in Display P3, and leaves them there unless told where to go.
  const isLeftInP3 = metadata.space === 'rgb16' && metadata.hasProfile;
  return isLeftInP3 ? image.withIccProfile('srgb') : image;
}

async function readHead(path: string): Promise<{ byteLength: number; head: Uint8Array }> {
  await using file = await open(path, 'r');
  const head = new Uint8Array(SIGNATURE_LENGTH);
  const { size } = await file.stat();
  const { bytesRead } = await file.read(head, 0, SIGNATURE_LENGTH, 0);
  return { byteLength: size, head: head.subarray(0, bytesRead) };
}

async function readHeader(path: string): Promise<Metadata> {
  try {
    // The pixel limit is checked here, where the message can name the size.
    return await sharp(path, { limitInputPixels: false }).metadata();
  } catch (error) {
    throw unreadable('The header of the picture is damaged.', error);
  }
}

const unsupported = (fault: string): AnimaticError =>
  new AnimaticError(
    'media_unsupported',
    `${fault}, which cannot be used as an image. Convert it to ${STILL_FORMATS_TEXT} and send that.`,
    { details: { acceptedFormats: [...STILL_FORMATS] } },
  );

const unreadable = (fault: string, cause?: unknown): AnimaticError =>
  new AnimaticError(
    'media_unreadable',
    `${fault} Save or export it again as ${STILL_FORMATS_TEXT}, check that it opens in a viewer, and send it once more.`,
    { cause, details: { acceptedFormats: [...STILL_FORMATS] } },
  );

const tooManyBytes = (byteLength: number): AnimaticError =>
  new AnimaticError(
    'media_too_large',
    `The image file has ${megabytes(byteLength)} MB; at most ${megabytes(MAX_STILL_BYTES)} MB are accepted. ` +
      `Save it smaller, for example as a JPEG (${STILL_FORMATS_TEXT} are accepted).`,
    { details: { byteLength, maxByteLength: MAX_STILL_BYTES } },
  );

const tooManyPixels = (width: number, height: number): AnimaticError =>
  new AnimaticError(
    'media_too_large',
    `The image has ${width} x ${height} pixels, which is ${megapixels(width * height)} million; ` +
      `at most ${megapixels(MAX_STILL_PIXELS)} million are accepted. Scale it down (${STILL_FORMATS_TEXT} are accepted).`,
    { details: { width, height, maxPixels: MAX_STILL_PIXELS } },
  );

const megabytes = (byteLength: number): string => (byteLength / 1e6).toFixed(1).replace(/\.0$/, '');
const megapixels = (pixels: number): string => (pixels / 1e6).toFixed(1).replace(/\.0$/, '');
