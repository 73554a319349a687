/** Who is calling: the API key of the `Authorization` header, checked before the body is read. */
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { AnimaticError } from '#domain/errors.ts';
import { authenticate, type Principal } from '#services/api-keys.ts';
import type { HttpDependencies } from './http-dependencies.ts';

const PRINCIPAL = 'principal';

/** Every route registered on `server` (an encapsulated plugin) after this needs a good key. */
export function requirePrincipal(server: FastifyInstance, deps: Pick<HttpDependencies, 'accounts'>): void {
  server.decorateRequest(PRINCIPAL, undefined);
  server.addHook('onRequest', async (request) => {
    const principal = await authenticateAny(deps, keyCandidates(request.headers.authorization));
    request.setDecorator(PRINCIPAL, principal);
  });
}

/** The caller, on routes behind `requirePrincipal`. */
export const principalOf = (request: FastifyRequest): Principal => request.getDecorator<Principal>(PRINCIPAL);

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
