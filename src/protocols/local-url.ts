import type { IncomingMessage } from 'node:http';
import { proxyTarget } from './fal/proxy-target.ts';
import { virtualHost } from './http/virtual-hosts.ts';

/** The path and query here of what a request asks for, by whichever of its addresses it came: path, virtual host or proxy. */
export function localUrl(request: Pick<IncomingMessage, 'url' | 'headers'>): string {
  const target = proxyTarget(request);
  const host = target?.host ?? request.headers.host;
  const url = target === undefined ? (request.url ?? '/') : target.pathname + target.search;
  return (virtualHost(host)?.prefix ?? '') + url;
}
