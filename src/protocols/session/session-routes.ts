/**
 * Signing in at the playground: an API key, or the ticket of a sign-in link, is exchanged for a cookie. What the cookie may do stands
 * in `../http/session-cookie.ts`.
 *
 *     GET    /session          -> { account: OwnAccountView | null }, also for nobody: a page asks this first
 *     POST   /session          {key} or {ticket} -> { account }, and the cookie
 *     DELETE /session          -> 204, and the cookie is gone
 *     POST   /session/tickets  -> 201 { ticket, url, expiresAt } for the key that asks; the link works once
 */
import type { FastifyPluginAsync, FastifyRequest } from 'fastify';
import { type Static, Type } from 'typebox';
import { AnimaticError } from '#domain/errors.ts';
import { toRfc3339 } from '#domain/instant.ts';
import { authenticate, type Principal } from '#services/api-keys.ts';
import { endSession, issueTicket, openSession, redeemTicket } from '#services/sessions.ts';
import type { HttpDependencies } from '../http/http-dependencies.ts';
import { type OwnAccountView, readOwnAccount } from '../http/own-account-view.ts';
import { answerPlainNotFound } from '../http/plain-error.ts';
import { findPrincipal, principalOf, requirePrincipal } from '../http/principal.ts';
import { publicOrigin } from '../http/public-origin.ts';
import { sessionCookie, sessionIdOf } from '../http/session-cookie.ts';

export const SESSION_PREFIX = '/session';

const SignIn = Type.Object({
  key: Type.Optional(Type.String({ maxLength: 500 })),
  ticket: Type.Optional(Type.String({ maxLength: 500 })),
});

/** Where a person is signed in by a ticket; it stands behind the `#`, which browsers send to nobody. */
export const signInUrl = (origin: string, ticket: string): string => `${origin}/sign-in#${ticket}`;

/** To be registered under `SESSION_PREFIX`. */
export const sessionRoutes =
  (deps: HttpDependencies): FastifyPluginAsync =>
  async (server) => {
    server.setNotFoundHandler(answerPlainNotFound);

    server.get('/', async (request): Promise<{ readonly account: OwnAccountView | null }> => {
      const principal = await signedIn(deps, request);
      return { account: principal === undefined ? null : await readOwnAccount(deps, principal) };
    });

    server.post<{ Body: Static<typeof SignIn> }>(
      '/',
      { schema: { body: SignIn } },
      async (request, reply): Promise<{ readonly account: OwnAccountView }> => {
        const { key, ticket } = request.body;
        const principal = await (ticket === undefined ? authenticate(deps, key) : redeemTicket(deps, ticket));
        const { id, expiresAt } = await openSession(deps, principal.apiKeyId);
        const maxAgeSeconds = Math.round((expiresAt - deps.clock.now()) / 1000);
        reply.header('set-cookie', sessionCookie(request, deps, { id, maxAgeSeconds }));
        return { account: await readOwnAccount(deps, principal) };
      },
    );

    server.delete('/', async (request, reply) => {
      const id = sessionIdOf(request.headers);
      if (id !== undefined) await endSession(deps, id);
      reply.header('set-cookie', sessionCookie(request, deps, { id: '', maxAgeSeconds: 0 }));
      return reply.code(204).send();
    });

    await server.register(ticketRoutes(deps));
  };

const ticketRoutes =
  (deps: HttpDependencies): FastifyPluginAsync =>
  async (server) => {
    requirePrincipal(server, deps);
    server.post('/tickets', async (request, reply) => {
      const { id, expiresAt } = await issueTicket(deps, principalOf(request).apiKeyId);
      const url = signInUrl(publicOrigin(request, deps), id);
      return reply.code(201).send({ ticket: id, url, expiresAt: toRfc3339(expiresAt) });
    });
  };

/** Undefined for nobody, and for a session that has ended. */
async function signedIn(deps: HttpDependencies, request: FastifyRequest): Promise<Principal | undefined> {
  try {
    return await findPrincipal(deps, request, { scopes: [] });
  } catch (error) {
    if (error instanceof AnimaticError && error.code === 'unauthorized') return undefined;
    throw error;
  }
}
