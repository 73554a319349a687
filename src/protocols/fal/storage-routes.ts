/**
 * `rest.fal.ai`: addresses to upload a file to, which carry their own permission, and short-lived tokens for those who are not to have
 * the key.
 */
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { type Static, Type } from 'typebox';
import { type Instant, toRfc3339 } from '#domain/instant.ts';
import { issueToken } from '#services/access-tokens.ts';
import { createUploadTicket, type UploadTicket } from '#services/uploads.ts';
import type { HttpDependencies } from '../http/http-dependencies.ts';
import type { MultipartUploads } from '../http/multipart-uploads.ts';
import { principalOf } from '../http/principal.ts';
import { publicOrigin } from '../http/public-origin.ts';
import { cdnAddress } from './cdn-routes.ts';

/** As long as an upload's own permission. */
const CDN_TOKEN_SECONDS = 3600;
/** What fal's clients ask for. */
const APP_TOKEN_SECONDS = 120;
const LONGEST_APP_TOKEN_SECONDS = 24 * 3600;

const InitiateRequest = Type.Object({
  content_type: Type.Optional(Type.String()),
  file_name: Type.Optional(Type.String()),
});

const TokenRequest = Type.Object({
  allowed_apps: Type.Array(Type.String({ pattern: '^[^\\s]+$' }), { minItems: 1, maxItems: 100 }),
  token_expiration: Type.Optional(Type.Number({ minimum: 1, maximum: LONGEST_APP_TOKEN_SECONDS })),
});

type InitiateRoute = { Body: Static<typeof InitiateRequest> };

export function storageRoutes(
  server: FastifyInstance,
  deps: HttpDependencies,
  uploads: MultipartUploads,
): void {
  const ticketOf = ({ body }: FastifyRequest<InitiateRoute>): UploadTicket =>
    createUploadTicket(deps, { fileName: body.file_name ?? '', contentType: body.content_type });
  const schema = { body: InitiateRequest };

  server.post<InitiateRoute>('/rest/storage/upload/initiate', { schema }, async (request) => {
    const ticket = ticketOf(request);
    const origin = publicOrigin(request, deps);
    return { upload_url: origin + ticket.uploadPath, file_url: origin + ticket.downloadPath };
  });

  server.post<InitiateRoute>('/rest/storage/upload/initiate-multipart', { schema }, async (request) => {
    const ticket = ticketOf(request);
    await uploads.begin({ ...ticket, accountId: principalOf(request).accountId });
    const url = publicOrigin(request, deps) + ticket.downloadPath;
    return { upload_url: `${url}/multipart/${ticket.id}?${ticket.signedQuery}`, file_url: url };
  });

  server.post('/rest/storage/auth/token', async (request) => {
    const token = issueToken(deps, principalOf(request), {
      scopes: ['upload'],
      lifetimeSeconds: CDN_TOKEN_SECONDS,
    });
    return {
      token: token.text,
      token_type: 'Bearer',
      base_url: cdnAddress(request, deps),
      expires_at: withNumericOffset(token.expiresAt),
    };
  });

  server.post<{ Body: Static<typeof TokenRequest> }>(
    '/rest/tokens',
    { schema: { body: TokenRequest } },
    async (request, reply) => {
      const { allowed_apps: apps, token_expiration: lifetimeSeconds = APP_TOKEN_SECONDS } = request.body;
      const scopes = apps.map((app) => `app:${app}` as const);
      const token = issueToken(deps, principalOf(request), { scopes, lifetimeSeconds });
      // A JSON text on its own, which Fastify would send as plain text.
      return reply.type('application/json').send(JSON.stringify(token.text));
    },
  );
}

/** `2026-04-01T12:34:56.789+00:00`: older Pythons read no `Z`. */
const withNumericOffset = (at: Instant): string => toRfc3339(at).replace('Z', '+00:00');
