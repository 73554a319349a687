/** Routes that the document leaves out, and why. */
export interface ExcludedRoute {
  /** In capitals; `*` is any. */
  readonly method: string;
  /** As Fastify has it; `*` is any. */
  readonly url: string;
  readonly reason: string;
}

const BY_OTHER_METHOD =
  'fal’s JS client sends a submit by the method that its user names; POST is the one to use.';

export const EXCLUDED_ROUTES: readonly ExcludedRoute[] = [
  { method: 'HEAD', url: '*', reason: 'Stands beside every GET, and answers the same without a body.' },
  { method: 'OPTIONS', url: '*', reason: 'Preflights of browsers; nobody calls it by hand.' },
  {
    method: '*',
    url: '/fal/proxy',
    reason: 'No operation of its own: it stands for all of fal’s at once, named by a header.',
  },
  { method: 'PATCH', url: '/fal/queue/*', reason: BY_OTHER_METHOD },
  { method: 'DELETE', url: '/fal/queue/*', reason: BY_OTHER_METHOD },
  ...['GET', 'PUT', 'PATCH', 'DELETE'].map((method) => ({
    method,
    url: '/fal/run/*',
    reason: BY_OTHER_METHOD,
  })),
  { method: 'GET', url: '/reference.css', reason: 'A part of the page at /reference.' },
  { method: 'GET', url: '/reference.js', reason: 'A part of the page at /reference.' },
];
