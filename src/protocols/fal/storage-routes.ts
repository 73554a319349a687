/**
 * `rest.fal.ai`: addresses to upload a file to, which carry their own permission, and short-lived tokens for those who are not to have
 * the key.
 */
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { type Static, Type } from 'typebox';
import { type Instant, toRfc3339 } from '#domain/instant.ts';
import { issueToken } from '#services/access-tokens.ts';
import { beginUpload, type UploadTicket } from '#services/uploads.ts';
import type { HttpDependencies } from '../http/http-dependencies.ts';
import { principalOf } from '../http/principal.ts';
import { publicOrigin } from '../http/public-origin.ts';
import { cdnAddress } from './cdn-routes.ts';
import { requestedLifecycle, UPLOAD_LIFECYCLE_HEADERS } from './requested-lifecycle.ts';

/** As long as an upload's own permission. */
const CDN_TOKEN_SECONDS = 3600;
/** What fal's clients ask for. */
const APP_TOKEN_SECONDS = 120;
const LONGEST_APP_TOKEN_SECONDS = 24 * 3600;

const InitiateRequest = Type.Object({
  content_type: Type.Optional(Type.String({ maxLength: 200 })),
  file_name: Type.Optional(Type.String({ maxLength: 1000 })),
});

const TokenRequest = Type.Object({
  allowed_apps: Type.Array(Type.String({ pattern: '^[^\\s]+$', maxLength: 200 }), {
    minItems: 1,
    maxItems: 100,
  }),
  token_expiration: Type.Optional(Type.Number({ minimum: 1, maximum: LONGEST_APP_TOKEN_SECONDS })),
});

type InitiateRoute = { Body: Static<typeof InitiateRequest> };

export function storageRoutes(server: FastifyInstance, deps: HttpDependencies): void {
  const ticketOf = (request: FastifyRequest<InitiateRoute>): Promise<UploadTicket> =>
    beginUpload(deps, principalOf(request), {
      fileName: request.body.file_name ?? '',
      contentType: request.body.content_type,
      wish: requestedLifecycle(request, UPLOAD_LIFECYCLE_HEADERS),
    });
  const schema = { body: InitiateRequest };

  server.post<InitiateRoute>('/rest/storage/upload/initiate', { schema }, async (request) => {
    const ticket = await ticketOf(request);
    const origin = publicOrigin(request, deps);
    return { upload_url: origin + ticket.uploadPath, file_url: origin + ticket.downloadPath };
  });

  server.post<InitiateRoute>('/rest/storage/upload/initiate-multipart', { schema }, async (request) => {
    const ticket = await ticketOf(request);
    await deps.partUploads.begin({ ...ticket, accountId: principalOf(request).accountId });
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
