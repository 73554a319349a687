/** `rest.fal.ai/storage`: an address to upload a file to, which carries its own permission. */
import type { FastifyInstance } from 'fastify';
import { type Static, Type } from 'typebox';
import { createUploadTicket } from '#services/uploads.ts';
import type { HttpDependencies } from '../http/http-dependencies.ts';
import { publicOrigin } from '../http/public-origin.ts';

const InitiateRequest = Type.Object({
  content_type: Type.Optional(Type.String()),
  file_name: Type.Optional(Type.String()),
});

export function storageRoutes(server: FastifyInstance, deps: HttpDependencies): void {
  server.post<{ Body: Static<typeof InitiateRequest> }>(
    '/rest/storage/upload/initiate',
    { schema: { body: InitiateRequest } },
    async (request) => {
      const { file_name: fileName = '', content_type: contentType } = request.body;
      const ticket = createUploadTicket(deps, { fileName, contentType });
      const origin = publicOrigin(request, deps);
      return { upload_url: origin + ticket.uploadPath, file_url: origin + ticket.downloadPath };
    },
  );
}
