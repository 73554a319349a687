import type { FastifyRequest } from 'fastify';
import type { TaskId } from '#domain/ids.ts';
import type { HttpDependencies } from '../http/http-dependencies.ts';
import { publicOrigin } from '../http/public-origin.ts';
import { virtualHost } from '../http/virtual-hosts.ts';
import { proxyTarget } from './proxy-target.ts';

/** Where a request is followed. */
export interface QueueUrls {
  readonly response_url: string;
  readonly status_url: string;
  readonly cancel_url: string;
}

/**
 * Where the caller believes fal's queue to be: fal's own host for callers of that name or of the proxy path, else the path here. The
 * AI SDK sends its key to no other origin than the one that it submitted to.
 */
export function queueAddress(request: FastifyRequest, deps: Pick<HttpDependencies, 'publicUrl'>): string {
  const target = proxyTarget(request.raw);
  if (target !== undefined) return target.origin;
  if (virtualHost(request.host) !== undefined) return `https://${request.host}`;
  return `${publicOrigin(request, deps)}/fal/queue`;
}

/**
 * The URLs that fal's clients would build themselves: the queue's address, owner and alias of the endpoint as it was called, and
 * the id. Python's client follows the ones it is given and compares them with its own.
 * @param app `owner/alias`.
 */
export function queueUrls(address: string, app: string, id: TaskId): QueueUrls {
  const url = `${address}/${app}/requests/${id}`;
  return { response_url: url, status_url: `${url}/status`, cancel_url: `${url}/cancel` };
}
