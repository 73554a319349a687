/**
 * `v3.fal.media`: files as fal's Python client sends them, in one piece or as the beginning of many, with the token that
 * `rest.fal.ai` gave out for it. The files themselves, and the parts, are below `/files/<id>/<name>`.
 */
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { beginUpload, MAX_UPLOAD_BYTES, type UploadTicket } from '#services/uploads.ts';
import type { HttpDependencies } from '../http/http-dependencies.ts';
import { principalOf } from '../http/principal.ts';
import { publicOrigin } from '../http/public-origin.ts';
import { acceptBytes, receiveFile } from '../http/receive-file.ts';
import { virtualFilesOrigin } from '../http/virtual-hosts.ts';
import { requestedLifecycle, UPLOAD_LIFECYCLE_HEADERS } from './requested-lifecycle.ts';

/** Where the caller finds these routes. */
export const cdnAddress = (request: FastifyRequest, deps: Pick<HttpDependencies, 'publicUrl'>): string =>
  virtualFilesOrigin(request.host) ?? `${publicOrigin(request, deps)}/fal/cdn`;

/** In a plugin of their own behind `requirePrincipal`: bodies of every content type are files here, JSON too. */
export function cdnRoutes(server: FastifyInstance, deps: HttpDependencies): void {
  acceptBytes(server);
  const ticketOf = (request: FastifyRequest): Promise<UploadTicket> =>
    beginUpload(deps, principalOf(request), {
      fileName: String(request.headers['x-fal-file-name'] ?? ''),
      contentType: request.headers['content-type'],
      wish: requestedLifecycle(request, UPLOAD_LIFECYCLE_HEADERS),
    });

  server.post('/cdn/files/upload', async (request, reply) => {
    try {
      const { id, fileName, downloadPath } = await ticketOf(request);
      await receiveFile(deps, {
        id,
        fileName,
        bytes: request.raw,
        maxBytes: MAX_UPLOAD_BYTES,
      });
      return { access_url: publicOrigin(request, deps) + downloadPath };
    } catch (error) {
      // The rest of a refused body is not read; only a closed connection tells the sender to stop.
      reply.header('connection', 'close');
      throw error;
    }
  });

  server.post('/cdn/files/upload/multipart', async (request) => {
    const ticket = await ticketOf(request);
    await deps.partUploads.begin({ ...ticket, accountId: principalOf(request).accountId });
    return { access_url: publicOrigin(request, deps) + ticket.downloadPath, uploadId: ticket.id };
  });
}
