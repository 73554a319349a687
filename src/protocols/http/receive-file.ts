/** Takes files from the network: bytes flow to a scratch file a chunk at a time and become an asset once they are whole. */
import { createWriteStream } from 'node:fs';
import { type Readable, Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { FastifyInstance } from 'fastify';
import { AnimaticError } from '#domain/errors.ts';
import type { AssetId } from '#domain/ids.ts';
import type { Asset } from '#ports/asset-store.ts';
import { storeUpload } from '#services/uploads.ts';
import type { HttpDependencies } from './http-dependencies.ts';

/** Leaves bodies of every content type as streams, `request.raw`, on all routes of `server` (an encapsulated plugin). */
export function acceptBytes(server: FastifyInstance): void {
  server.removeAllContentTypeParsers();
  server.addContentTypeParser('*', (_request, _payload, done) => done(null));
}

/**
 * After an error no trace of the file is left.
 * @throws AnimaticError `payload_too_large`, or `forbidden` when the id has its file already.
 */
export async function receiveFile(
  deps: Pick<HttpDependencies, 'assets' | 'clock' | 'uploads'>,
  file: {
    readonly id: AssetId;
    readonly fileName: string;
    readonly bytes: Readable;
    readonly maxBytes: number;
  },
): Promise<Asset> {
  const scratchPath = await deps.assets.createScratchPath('upload');
  try {
    await pipeline(
      file.bytes,
      sizeLimit(file.maxBytes),
      createWriteStream(scratchPath, { flags: 'wx', mode: 0o600 }),
    );
    return await storeUpload(deps, { id: file.id, scratchPath, fileName: file.fileName });
  } catch (error) {
    await deps.assets.discardScratch(scratchPath);
    throw error;
  }
}

/** Passes up to `maxBytes` on, and fails with `error` at the first byte too many. */
export function sizeLimit(maxBytes: number, error = uploadTooLarge(maxBytes)): Transform {
  let byteLength = 0;
  return new Transform({
    transform(chunk: Buffer, _encoding, done) {
      byteLength += chunk.length;
      if (byteLength <= maxBytes) done(null, chunk);
      else done(error);
    },
  });
}

export const uploadTooLarge = (maxBytes: number): AnimaticError =>
  new AnimaticError(
    'payload_too_large',
    `An upload may hold at most ${Math.floor(maxBytes / 1024 / 1024)} MB; send a smaller file or a public URL.`,
  );
