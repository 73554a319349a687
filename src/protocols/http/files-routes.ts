/**
 * `/files/<id>/<name>`: uploads and results. Reading needs no key, since the id cannot be guessed; writing needs the signed address
 * of an upload ticket. A file never changes, so it may be cached for ever; ranges are served for players that seek. Below a
 * file's address, `multipart/` takes it in parts.
 */
import path from 'node:path';
import fastifyStatic from '@fastify/static';
import type { FastifyPluginAsync, FastifyReply, FastifyRequest } from 'fastify';
import { AnimaticError } from '#domain/errors.ts';
import { assetId } from '#domain/ids.ts';
import { checkUploadTicket, MAX_UPLOAD_BYTES } from '#services/uploads.ts';
import type { HttpDependencies } from './http-dependencies.ts';
import { multipartRoutes } from './multipart-routes.ts';
import type { MultipartUploads } from './multipart-uploads.ts';
import { answerPlainError, answerPlainNotFound } from './plain-error.ts';
import { publicOrigin } from './public-origin.ts';
import { acceptBytes, receiveFile, uploadTooLarge } from './receive-file.ts';

type FilesDependencies = Pick<HttpDependencies, 'accounts' | 'assets' | 'clock' | 'signer' | 'publicUrl'>;

interface FileParams {
  readonly id: string;
  readonly fileName: string;
}

interface TicketQuery {
  readonly expires?: string;
  readonly signature?: string;
}

export const FILES_PREFIX = '/files';

export const filesRoutes =
  (deps: FilesDependencies, uploads: MultipartUploads): FastifyPluginAsync =>
  async (server) => {
    server.setNotFoundHandler((request, reply) => {
      // A file that was deleted between look-up and opening has left its own headers here.
      reply.removeHeader('content-type').removeHeader('cache-control');
      return answerPlainNotFound(request, reply);
    });
    server.setErrorHandler((error, request, reply) => {
      const contentRange = unsatisfiableRange(error);
      if (contentRange === undefined) answerPlainError(error, request, reply);
      else reply.code(416).header('content-range', contentRange).send();
    });
    await server.register(fastifyStatic, {
      serve: false,
      root: '/',
      contentType: false,
      immutable: true,
      maxAge: '1y',
      index: false,
    });
    server.get<{ Params: FileParams }>('/:id/:fileName', (request, reply) => sendFile(deps, request, reply));
    await server.register(uploadRoute(deps));
    await server.register(multipartRoutes(deps, uploads));
  };

async function sendFile(
  deps: FilesDependencies,
  request: FastifyRequest<{ Params: FileParams }>,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const asset = await deps.assets.find(assetId(request.params.id));
  if (asset === undefined || asset.fileName !== request.params.fileName) {
    throw new AnimaticError('not_found', 'There is no such file (any more).');
  }
  reply.type(asset.contentType);
  return reply.sendFile(path.basename(asset.filePath), path.dirname(asset.filePath));
}

/** The `Content-Range` that tells the file's length, when a range beyond its end was asked for (RFC 9110 section 15.5.17). */
function unsatisfiableRange(error: unknown): string | undefined {
  const { statusCode, headers } = error as {
    readonly statusCode?: number;
    readonly headers?: Readonly<Record<string, string>>;
  };
  return statusCode === 416 ? headers?.['Content-Range'] : undefined;
}

const uploadRoute =
  (deps: FilesDependencies): FastifyPluginAsync =>
  async (server) => {
    acceptBytes(server);
    server.put<{ Params: FileParams; Querystring: TicketQuery }>('/:id/:fileName', async (request, reply) => {
      const id = assetId(request.params.id);
      const { fileName } = request.params;
      const { expires, signature } = request.query;
      try {
        checkUploadTicket(deps, { id, fileName, expires: Number(expires), signature: signature ?? '' });
        if (Number(request.headers['content-length'] ?? 0) > MAX_UPLOAD_BYTES)
          throw uploadTooLarge(MAX_UPLOAD_BYTES);
        const asset = await receiveFile(deps, {
          id,
          fileName,
          bytes: request.raw,
          maxBytes: MAX_UPLOAD_BYTES,
        });
        const url = `${publicOrigin(request, deps)}${FILES_PREFIX}/${id}/${fileName}`;
        return reply.code(201).send({ url, content_type: asset.contentType, size: asset.byteLength });
      } catch (error) {
        // The rest of a refused body is not read; only a closed connection tells the sender to stop.
        reply.header('connection', 'close');
        throw error;
      }
    });
  };
