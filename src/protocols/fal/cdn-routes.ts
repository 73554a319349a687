/**
 * `v3.fal.media`: files as fal's Python client sends them, in one piece or as the beginning of many, with the token that
 * `rest.fal.ai` gave out for it. The files themselves, and the parts, are below `/files/<id>/<name>`.
 */
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { assetId } from '#domain/ids.ts';
import { createUploadTicket, MAX_UPLOAD_BYTES, safeFileName } from '#services/uploads.ts';
import type { HttpDependencies } from '../http/http-dependencies.ts';
import type { MultipartUploads } from '../http/multipart-uploads.ts';
import { principalOf } from '../http/principal.ts';
import { publicOrigin } from '../http/public-origin.ts';
import { acceptBytes, receiveFile } from '../http/receive-file.ts';
import { virtualFilesOrigin } from '../http/virtual-hosts.ts';

/** Where the caller finds these routes. */
export const cdnAddress = (request: FastifyRequest, deps: Pick<HttpDependencies, 'publicUrl'>): string =>
  virtualFilesOrigin(request.host) ?? `${publicOrigin(request, deps)}/fal/cdn`;

/** In a plugin of their own behind `requirePrincipal`: bodies of every content type are files here, JSON too. */
export function cdnRoutes(server: FastifyInstance, deps: HttpDependencies, uploads: MultipartUploads): void {
  acceptBytes(server);

  server.post('/cdn/files/upload', async (request, reply) => {
    try {
      const asset = await receiveFile(deps, {
        id: assetId(deps.ids.hex(16)),
        fileName: safeFileName(nameOf(request), request.headers['content-type']),
        bytes: request.raw,
        maxBytes: MAX_UPLOAD_BYTES,
      });
      return { access_url: `${publicOrigin(request, deps)}/files/${asset.id}/${asset.fileName}` };
    } catch (error) {
      // The rest of a refused body is not read; only a closed connection tells the sender to stop.
      reply.header('connection', 'close');
      throw error;
    }
  });

  server.post('/cdn/files/upload/multipart', async (request) => {
    const contentType = request.headers['content-type'];
    const ticket = createUploadTicket(deps, { fileName: nameOf(request), contentType });
    await uploads.begin({ ...ticket, accountId: principalOf(request).accountId });
    return { access_url: publicOrigin(request, deps) + ticket.downloadPath, uploadId: ticket.id };
  });
}

const nameOf = ({ headers }: FastifyRequest): string => String(headers['x-fal-file-name'] ?? '');
