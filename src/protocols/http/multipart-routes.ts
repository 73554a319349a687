/**
 * `/files/<id>/<name>/multipart/<id>`: parts by PUT to `/<number>`, then POST to `/complete`. Both need the signed query of the upload's
 * address, or the key (or an upload token) of the account that began it.
 */
import type { FastifyInstance, FastifyPluginAsync, FastifyReply, FastifyRequest } from 'fastify';
import { type Static, Type } from 'typebox';
import { AnimaticError } from '#domain/errors.ts';
import { assetId } from '#domain/ids.ts';
import type { PartUpload } from '#ports/part-uploads.ts';
import { checkUploadTicket } from '#services/uploads.ts';
import type { HttpDependencies } from './http-dependencies.ts';
import { completeUpload, findUpload, MOST_PARTS, receivePart } from './multipart-uploads.ts';
import { findPrincipal } from './principal.ts';
import { publicOrigin } from './public-origin.ts';
import { acceptBytes } from './receive-file.ts';

type MultipartDependencies = Pick<
  HttpDependencies,
  'accounts' | 'assets' | 'clock' | 'ids' | 'partUploads' | 'publicUrl' | 'signer' | 'uploads'
>;

interface UploadParams {
  readonly id: string;
  readonly fileName: string;
  readonly uploadId: string;
}

interface UploadRoute {
  Params: UploadParams;
  Querystring: { readonly expires?: string; readonly signature?: string };
}

const CompleteRequest = Type.Object({
  parts: Type.Array(Type.Object({ partNumber: Type.Integer(), etag: Type.String() }), {
    minItems: 1,
    maxItems: MOST_PARTS,
  }),
});

export const multipartRoutes =
  (deps: MultipartDependencies): FastifyPluginAsync =>
  async (server) => {
    await server.register(async (parts) => partRoute(parts, deps));
    server.post<UploadRoute & { Body: Static<typeof CompleteRequest> }>(
      '/:id/:fileName/multipart/:uploadId/complete',
      { schema: { body: CompleteRequest } },
      async (request) => {
        const upload = await permittedUpload(deps, request);
        const { asset, emptyParts } = await completeUpload(deps, upload, request.body.parts);
        const url = `${publicOrigin(request, deps)}/files/${asset.id}/${asset.fileName}`;
        if (emptyParts.length > 0)
          request.log.warn({ assetId: asset.id, emptyParts }, 'An upload had empty parts.');
        return { access_url: url, url, size: asset.byteLength, ...warningOf(emptyParts) };
      },
    );
  };

function partRoute(server: FastifyInstance, deps: MultipartDependencies): void {
  acceptBytes(server);
  server.put<UploadRoute & { Params: UploadParams & { readonly part: string } }>(
    '/:id/:fileName/multipart/:uploadId/:part',
    async (request, reply): Promise<FastifyReply> => {
      try {
        const upload = await permittedUpload(deps, request);
        const partNumber = Number(request.params.part);
        const etag = await receivePart(deps, upload, partNumber, request.raw);
        return await reply.header('etag', `"${etag}"`).send({ partNumber, etag });
      } catch (error) {
        // The rest of a refused body is not read; only a closed connection tells the sender to stop.
        reply.header('connection', 'close');
        throw error;
      }
    },
  );
}

/** @throws AnimaticError `unauthorized`, `forbidden`, `not_found`; also `not_found` for another account's. */
async function permittedUpload(
  deps: MultipartDependencies,
  request: FastifyRequest<UploadRoute>,
): Promise<PartUpload> {
  const { fileName, uploadId } = request.params;
  const id = assetId(request.params.id);
  const { expires, signature } = request.query;
  if (signature !== undefined) {
    checkUploadTicket(deps, { id, fileName, expires: Number(expires), signature });
    return findUpload(deps, id, fileName);
  }
  const principal = await findPrincipal(deps, request, { scopes: ['upload'] });
  const upload = await findUpload(deps, id, fileName);
  if (uploadId === id && upload.accountId === principal.accountId) return upload;
  throw new AnimaticError('not_found', 'There is no such upload in this account.');
}

const warningOf = (emptyParts: readonly number[]) =>
  emptyParts.length === 0
    ? {}
    : {
        warning: `Parts ${emptyParts.join(', ')} came without a byte: the file is likely cut off. Send it again in one piece or from a file.`,
      };
