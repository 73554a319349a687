/** Both upload flows: a ticket whose address takes the bytes, and a multipart form in one request. */
import multipart from '@fastify/multipart';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { type Static, Type } from 'typebox';
import { AnimaticError } from '#domain/errors.ts';
import { assetId } from '#domain/ids.ts';
import type { Asset } from '#ports/asset-store.ts';
import { createUploadTicket, MAX_UPLOAD_BYTES, safeFileName } from '#services/uploads.ts';
import type { HttpDependencies } from '../http/http-dependencies.ts';
import { publicOrigin } from '../http/public-origin.ts';
import { receiveFile, uploadTooLarge } from '../http/receive-file.ts';
import { envelope } from './envelope.ts';
import { toTicketData, toUploadData } from './upload-ticket.ts';

const TicketRequest = Type.Object({
  filename: Type.String({ maxLength: 1000 }),
  size: Type.Integer({ minimum: 0 }),
  content_type: Type.Optional(Type.String({ maxLength: 200 })),
});

export async function uploadRoutes(server: FastifyInstance, deps: HttpDependencies): Promise<void> {
  server.post<{ Body: Static<typeof TicketRequest> }>(
    '/v3/media/uploads',
    { schema: { body: TicketRequest } },
    async (request) => {
      const { filename, size, content_type: contentType } = request.body;
      if (size > MAX_UPLOAD_BYTES) throw uploadTooLarge(MAX_UPLOAD_BYTES);
      const ticket = createUploadTicket(deps, { fileName: filename, contentType });
      return envelope(toTicketData(ticket, publicOrigin(request, deps), { size, contentType }));
    },
  );

  // One byte more than may be stored, so that the file's own limit is the one that speaks.
  await server.register(multipart, { limits: { files: 1, fileSize: MAX_UPLOAD_BYTES + 1 } });
  for (const path of ['/v3/media/upload/binary', '/v2/media/upload/binary', '/v3/upload']) {
    server.post(path, async (request) => {
      const asset = await receiveForm(deps, request);
      return envelope(toUploadData(asset, publicOrigin(request, deps)));
    });
  }
}

async function receiveForm(deps: HttpDependencies, request: FastifyRequest): Promise<Asset> {
  const part = request.isMultipart() ? await request.file() : undefined;
  if (part === undefined) {
    throw new AnimaticError(
      'missing_parameter',
      '"file" is required: send the file as multipart/form-data in a field of that name.',
      { path: ['file'] },
    );
  }
  return receiveFile(deps, {
    id: assetId(deps.ids.hex(16)),
    fileName: safeFileName(part.filename, part.mimetype),
    bytes: part.file,
    maxBytes: MAX_UPLOAD_BYTES,
  });
}
