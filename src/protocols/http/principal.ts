/**
 * Who is calling: the API key of the `Authorization` header, checked before the body is read. Where a plugin says so, a short-lived
 * token stands in for it; from our own page, the session of whoever is signed in there.
 */
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { AnimaticError } from '#domain/errors.ts';
import { authenticateToken, isToken, type TokenScope } from '#services/access-tokens.ts';
import { authenticate, type Principal } from '#services/api-keys.ts';
import { authenticateSession } from '#services/sessions.ts';
import type { HttpDependencies } from './http-dependencies.ts';
import { sessionIdOf } from './session-cookie.ts';

type CallerDependencies = Pick<HttpDependencies, 'accounts' | 'clock' | 'signer'>;

export interface TokenRule {
  /** What a token must be good for to pass as the request's key. */
  readonly scopes: readonly TokenScope[];
  /** The token where it comes beside the header, as in a query. */
  readonly token?: string | undefined;
}

const NO_TOKENS: TokenRule = { scopes: [] };
const PRINCIPAL = 'principal';

/** Every route registered on `server` (an encapsulated plugin) after this needs a good key, or a token where `tokenRule` allows one. */
export function requirePrincipal(
  server: FastifyInstance,
  deps: CallerDependencies,
  tokenRule: (request: FastifyRequest) => TokenRule = () => NO_TOKENS,
): void {
  server.decorateRequest(PRINCIPAL, undefined);
  server.addHook('onRequest', async (request) => {
    request.setDecorator(PRINCIPAL, await findPrincipal(deps, request, tokenRule(request)));
  });
}

/** The caller, on routes behind `requirePrincipal`. */
export const principalOf = (request: FastifyRequest): Principal => request.getDecorator<Principal>(PRINCIPAL);

/** @throws AnimaticError `unauthorized`; `forbidden` for a token that does not reach this far. */
export function findPrincipal(
  deps: CallerDependencies,
  { headers }: Pick<FastifyRequest, 'headers'>,
  { scopes, token }: TokenRule,
): Promise<Principal> {
  const keys = keyCandidates(headers.authorization);
  const [credential = token] = keys;
  if (credential !== undefined && isToken(credential)) return authenticateToken(deps, credential, scopes);
  const sessionId = credential === undefined ? sessionIdOf(headers) : undefined;
  return sessionId === undefined ? authenticateAny(deps, keys) : authenticateSession(deps, sessionId);
}

/**
 * The keys that an `Authorization` header may mean, likeliest first. fal's clients send `Key <key>`, or `Key <id>:<secret>` when
 * configured with the two apart; a key made here is the secret of such a pair.
 */
export function keyCandidates(header: string | undefined): readonly string[] {
  const key = /^(?:Bearer|Key)\s+(\S+)\s*$/i.exec(header ?? '')?.[1];
  if (key === undefined) return [];
  const colon = key.indexOf(':');
  return colon < 0 ? [key] : [key, key.slice(colon + 1)];
}

async function authenticateAny(
  deps: Pick<HttpDependencies, 'accounts'>,
  candidates: readonly string[],
): Promise<Principal> {
  const [first, ...others] = candidates;
  try {
    return await authenticate(deps, first);
  } catch (error) {
    const isUnknown = error instanceof AnimaticError && error.code === 'unauthorized';
    if (!isUnknown || others.length === 0) throw error;
    return authenticateAny(deps, others);
  }
}
