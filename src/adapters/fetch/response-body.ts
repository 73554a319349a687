/**
 * Turns a response into a file: content codings undone, the limit counted on what comes out of them, so that a small
 * compressed answer cannot fill the disk.
 */
import { open, rm } from 'node:fs/promises';
import { pipeline, type Readable } from 'node:stream';
import { createBrotliDecompress, createGunzip, createInflate } from 'node:zlib';
import { AnimaticError } from '#domain/errors.ts';
import { accessFailed, fetchProblem } from './access-failed.ts';

const DECODERS: Readonly<Record<string, () => NodeJS.ReadWriteStream>> = {
  br: createBrotliDecompress,
  deflate: createInflate,
  gzip: createGunzip,
  'x-gzip': createGunzip,
};

/** RFC 9110 section 8.4 allows a list; nobody has an honest use for a longer one. */
const MOST_CODINGS = 2;

export function tooLarge(url: URL, maxBytes: number): AnimaticError {
  return new AnimaticError(
    'media_too_large',
    `The file at ${url.host} is larger than the limit of ${maxBytes.toLocaleString('en-US')} bytes; give a smaller one.`,
    { details: { maxBytes } },
  );
}

/** The body with its content codings undone, the last applied first. */
function decode(url: URL, body: Readable, contentEncoding: string | undefined): AsyncIterable<Uint8Array> {
  const codings = (contentEncoding ?? '')
    .toLowerCase()
    .split(',')
    .map((coding) => coding.trim());
  const applied = codings.filter((coding) => coding !== '' && coding !== 'identity').reverse();
  if (applied.length > MOST_CODINGS || applied.some((coding) => !Object.hasOwn(DECODERS, coding))) {
    throw fetchProblem(url, `the server compresses it in an unknown way ("${contentEncoding}")`);
  }
  const decoders = applied.map((coding) => DECODERS[coding]!());
  const last = decoders.at(-1);
  if (last === undefined) return body;
  // Errors of any stage reach the reader through the last one.
  pipeline([body, ...decoders], () => {});
  return last as AsyncIterable<Uint8Array>;
}

async function* limited(
  url: URL,
  source: AsyncIterable<Uint8Array>,
  maxBytes: number,
): AsyncGenerator<Uint8Array> {
  let byteLength = 0;
  try {
    for await (const chunk of source) {
      byteLength += chunk.length;
      if (byteLength > maxBytes) throw tooLarge(url, maxBytes);
      yield chunk;
    }
  } catch (error) {
    throw error instanceof AnimaticError ? error : accessFailed(url, error);
  }
}

/**
 * Writes a body to a new file and returns the file's length in bytes; on any error the file is removed.
 * @throws AnimaticError `media_access_failed`, `media_too_large`.
 */
export async function saveBody(
  response: { readonly url: URL; readonly body: Readable; readonly contentEncoding: string | undefined },
  filePath: string,
  maxBytes: number,
): Promise<number> {
  const { url, body, contentEncoding } = response;
  const decoded = decode(url, body, contentEncoding);
  const file = await open(filePath, 'wx', 0o600);
  try {
    await file.writeFile(limited(url, decoded, maxBytes));
    return (await file.stat()).size;
  } catch (error) {
    await rm(filePath, { force: true });
    throw error;
  } finally {
    await file.close();
  }
}
