/** The origins under which clients know this server. */
import type { FastifyRequest } from 'fastify';
import type { HttpDependencies } from './http-dependencies.ts';

/** `https://clips.example.com`: the configured one, else the one that the request was sent to. */
export function publicOrigin(request: FastifyRequest, deps: Pick<HttpDependencies, 'publicUrl'>): string {
  return deps.publicUrl === undefined ? requestOrigin(request) : new URL(deps.publicUrl).origin;
}

/** Every origin that means this server to the caller, the public one first. */
export function ownOrigins(
  request: FastifyRequest,
  deps: Pick<HttpDependencies, 'publicUrl'>,
): readonly [string, ...string[]] {
  const origin = publicOrigin(request, deps);
  const asked = requestOrigin(request);
  return asked === origin ? [origin] : [origin, asked];
}

/** Normalised as `URL` does it: default ports go, upper case goes. */
function requestOrigin(request: FastifyRequest): string {
  const origin = `${request.protocol}://${request.host}`;
  return URL.parse(origin)?.origin ?? origin;
}
