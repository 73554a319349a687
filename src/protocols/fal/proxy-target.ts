/**
 * `/fal/proxy`: fal's JS client with a `proxyUrl` sends every API call to this one path and names the address that it meant in a
 * header, which counts nowhere else: a proxy of fal's own passes the header on to other paths.
 */
import type { IncomingMessage } from 'node:http';
import { virtualHost } from '../http/virtual-hosts.ts';

export const PROXY_PATH = '/fal/proxy';
export const TARGET_URL_HEADER = 'x-fal-target-url';

/** A request by the URL it came with, before anything was rewritten. */
type ReceivedRequest = Pick<IncomingMessage, 'url' | 'headers'> & {
  readonly originalUrl?: string | undefined;
};

/** The address that a call of the proxy path was meant for; undefined for other calls, and for addresses that are not fal's. */
export function proxyTarget({ url, originalUrl = url, headers }: ReceivedRequest): URL | undefined {
  const [path = ''] = (originalUrl ?? '').split('?');
  if (path.replace(/\/$/, '') !== PROXY_PATH) return undefined;
  const target = URL.parse(String(headers[TARGET_URL_HEADER] ?? ''));
  if (target === null || target.protocol !== 'https:') return undefined;
  return virtualHost(target.host)?.prefix.startsWith('/fal/') === true ? target : undefined;
}
