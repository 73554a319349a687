/**
 * `/files/<id>/<name>`: uploads and results. Reading needs no key, since the id cannot be guessed, unless the file's owner has named
 * its readers; writing needs the signed address of an upload ticket. A file never changes, so it may be cached for ever, unless
 * a rule can take it away; ranges are served for players that seek. Below a file's address, `multipart/` takes it in parts, and
 * `poster.webp` is a still of a clip, for those who may read the clip.
 */
import path from 'node:path';
import fastifyStatic from '@fastify/static';
import type { FastifyPluginAsync, FastifyReply, FastifyRequest } from 'fastify';
import { AnimaticError } from '#domain/errors.ts';
import { decideReading, type FileRule } from '#domain/file/file-rule.ts';
import { type AccountId, assetId } from '#domain/ids.ts';
import type { LocalAsset } from '#ports/asset-store.ts';
import { authenticateSession } from '#services/sessions.ts';
import { checkUploadTicket, MAX_UPLOAD_BYTES } from '#services/uploads.ts';
import type { HttpDependencies } from './http-dependencies.ts';
import { multipartRoutes } from './multipart-routes.ts';
import { answerPlainError, answerPlainNotFound } from './plain-error.ts';
import { findPrincipal } from './principal.ts';
import { publicOrigin } from './public-origin.ts';
import { acceptBytes, receiveFile, uploadTooLarge } from './receive-file.ts';
import { viewerSessionIdOf } from './session-cookie.ts';

type FilesDependencies = Pick<
  HttpDependencies,
  | 'accounts'
  | 'assets'
  | 'clock'
  | 'fileRules'
  | 'ids'
  | 'partUploads'
  | 'posters'
  | 'publicUrl'
  | 'signer'
  | 'uploads'
>;

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
  (deps: FilesDependencies): FastifyPluginAsync =>
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
    server.get<{ Params: FileParams }>('/:id/:fileName/poster.webp', (request, reply) =>
      sendPoster(deps, request, reply),
    );
    await server.register(uploadRoute(deps));
    await server.register(multipartRoutes(deps));
  };

async function sendFile(
  deps: FilesDependencies,
  request: FastifyRequest<{ Params: FileParams }>,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const { asset, rule } = await findReadable(deps, request);
  reply.type(asset.contentType);
  const [name, folder] = [path.basename(asset.filePath), path.dirname(asset.filePath)];
  if (rule === undefined) return reply.sendFile(name, folder);
  return reply.header('cache-control', 'private, no-cache').sendFile(name, folder, { cacheControl: false });
}

async function sendPoster(
  deps: FilesDependencies,
  request: FastifyRequest<{ Params: FileParams }>,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const { asset, rule } = await findReadable(deps, request);
  if (!asset.contentType.startsWith('video/')) throw noSuchFile();
  const poster = await deps.posters.make(asset.filePath);
  reply.header(
    'cache-control',
    rule === undefined ? 'public, max-age=31536000, immutable' : 'private, no-cache',
  );
  return reply.type('image/webp').send(Buffer.from(poster));
}

/** @throws AnimaticError as `requireReader`. */
async function findReadable(
  deps: FilesDependencies,
  request: FastifyRequest<{ Params: FileParams }>,
): Promise<{ readonly asset: LocalAsset; readonly rule: FileRule | undefined }> {
  const asset = await deps.assets.find(assetId(request.params.id));
  if (asset === undefined || asset.fileName !== request.params.fileName) throw noSuchFile();
  const rule = await deps.fileRules.find(asset.id);
  if (rule !== undefined) await requireReader(deps, request, rule);
  return { asset, rule };
}

/** @throws AnimaticError `forbidden`; `not_found` also for a file that is hidden from the caller. */
async function requireReader(
  deps: FilesDependencies,
  request: FastifyRequest,
  rule: FileRule,
): Promise<void> {
  const reader = rule.access === undefined ? undefined : await readerOf(deps, request);
  const decision = decideReading(rule, reader, deps.clock.now());
  if (decision === 'hide') throw noSuchFile();
  if (decision === 'forbid')
    throw new AnimaticError(
      'forbidden',
      "This file is not public; send the key of an account that its owner lets read it, as 'Authorization: Key <key>'.",
    );
}

/** A key, token or session that is not good reads as nobody: what is hidden stays so. */
async function readerOf(deps: FilesDependencies, request: FastifyRequest): Promise<AccountId | undefined> {
  const { headers } = request;
  const sessionId = headers.authorization === undefined ? viewerSessionIdOf(headers) : undefined;
  try {
    const principal = await (sessionId === undefined
      ? findPrincipal(deps, request, { scopes: ['upload'] })
      : authenticateSession(deps, sessionId));
    return principal.accountId;
  } catch (error) {
    if (error instanceof AnimaticError && error.code !== 'internal') return undefined;
    throw error;
  }
}

const noSuchFile = (): AnimaticError => new AnimaticError('not_found', 'There is no such file (any more).');

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
