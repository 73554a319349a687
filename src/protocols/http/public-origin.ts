/** The origins under which clients know this server. */
import type { FastifyRequest } from 'fastify';
import type { HttpDependencies } from './http-dependencies.ts';
import { virtualFilesOrigin } from './virtual-hosts.ts';

/**
 * Where the caller finds files and this server's own paths: `https://clips.example.com`, the configured one, else the one that the
 * request was sent to. Callers of a vendor's host name get that of its files, whatever is configured.
 */
export function publicOrigin(request: FastifyRequest, deps: Pick<HttpDependencies, 'publicUrl'>): string {
  return virtualFilesOrigin(request.host) ?? configuredOrigin(deps) ?? requestOrigin(request);
}

/** Every origin that means this server to the caller, the public one first. */
export function ownOrigins(
  request: FastifyRequest,
  deps: Pick<HttpDependencies, 'publicUrl'>,
): readonly [string, ...string[]] {
  const origin = publicOrigin(request, deps);
  const others = new Set([requestOrigin(request), configuredOrigin(deps) ?? origin]);
  others.delete(origin);
  return [origin, ...others];
}

const configuredOrigin = ({ publicUrl }: Pick<HttpDependencies, 'publicUrl'>): string | undefined =>
  publicUrl === undefined ? undefined : new URL(publicUrl).origin;

/** Normalised as `URL` does it: default ports go, upper case goes. */
function requestOrigin(request: FastifyRequest): string {
  const origin = `${request.protocol}://${request.host}`;
  return URL.parse(origin)?.origin ?? origin;
}
