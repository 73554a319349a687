/**
 * The playground's session travels in a cookie that no script can read. It counts only beside the header `x-animatic-page`: a page of
 * another origin, also one at another port of this host, cannot send that header along with cookies, because no preflight here
 * allows credentials. So nothing is ever done by cookie that our own page did not ask for. Players and pictures send no headers of a
 * page's choice; for reading a file the cookie counts alone, because nobody can read what another origin only shows.
 */
import type { IncomingHttpHeaders } from 'node:http';
import type { FastifyRequest } from 'fastify';
import type { HttpDependencies } from './http-dependencies.ts';
import { publicOrigin } from './public-origin.ts';

/** Sent by our own page with every request; any value. */
export const PAGE_HEADER = 'x-animatic-page';

/** Cookies do not tell ports apart, and two servers may run on one machine. */
function cookieName(headers: IncomingHttpHeaders): string {
  const port = /:(\d+)$/.exec(headers.host ?? '')?.[1];
  return port === undefined ? 'animatic_session' : `animatic_session_${port}`;
}

/** The session's id; undefined where there is none, and for requests that did not come from our own page. */
export const sessionIdOf = (headers: IncomingHttpHeaders): string | undefined =>
  headers[PAGE_HEADER] === undefined ? undefined : viewerSessionIdOf(headers);

/** The session's id whoever asks: good for reading files and nothing else. */
export function viewerSessionIdOf(headers: IncomingHttpHeaders): string | undefined {
  const name = cookieName(headers);
  const pairs = (headers.cookie ?? '').split(';').map((pair) => pair.trim().split('='));
  return pairs.find(([key]) => key === name)?.[1];
}

/** The `Set-Cookie` that keeps a session's id for `maxAgeSeconds`; 0 takes it away. */
export function sessionCookie(
  request: FastifyRequest,
  deps: Pick<HttpDependencies, 'publicUrl'>,
  session: { readonly id: string; readonly maxAgeSeconds: number },
): string {
  const isSecure = publicOrigin(request, deps).startsWith('https:');
  return [
    `${cookieName(request.headers)}=${session.id}`,
    'Path=/',
    `Max-Age=${session.maxAgeSeconds}`,
    'HttpOnly',
    'SameSite=Strict',
    ...(isSecure ? ['Secure'] : []),
  ].join('; ');
}
