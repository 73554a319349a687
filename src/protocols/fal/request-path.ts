/**
 * What the part of a URL behind `/fal/queue/` asks for. Submits name an endpoint in full; the follow-ups of fal's clients carry only
 * its first two segments before `/requests/<id>`, those of its documents the full id. Either way the request's id alone says
 * which request is meant.
 */
export type FollowUp = 'result' | 'status' | 'statusStream' | 'cancel';

export interface RequestPath {
  readonly requestId: string;
  readonly followUp: FollowUp;
}

const FOLLOW_UPS: Readonly<Record<string, FollowUp>> = {
  '': 'result',
  response: 'result',
  status: 'status',
  'status/stream': 'statusStream',
  cancel: 'cancel',
};

const REQUEST_PATH = /^.+?\/requests\/([^/]+)\/?(.*)$/;

/** Of any request, also one that does not exist or is asked what there is no answer to. */
export const isFollowUp = (path: string): boolean => path.includes('/requests/');

/** Undefined for a path that asks for nothing that there is. */
export function parseRequestPath(path: string): RequestPath | undefined {
  const [, requestId, rest] = REQUEST_PATH.exec(withoutSlashAtEnd(path)) ?? [];
  const followUp = rest === undefined ? undefined : FOLLOW_UPS[rest];
  return requestId === undefined || followUp === undefined ? undefined : { requestId, followUp };
}

/** The endpoint id that a path stands for; clients that build it from a URL end it with a slash. */
export const endpointIdOf = (path: string): string => withoutSlashAtEnd(path);

/** `owner/alias`, the part of an endpoint id that follow-up URLs are made of, with the namespace before it if there is one. */
export function appOf(path: string): string {
  const segments = path.split('/');
  return segments.slice(0, NAMESPACES.includes(segments[0]!) ? 3 : 2).join('/');
}

/** First segments of an endpoint id that are not its owner. */
const NAMESPACES: readonly string[] = ['workflows', 'comfy'];

const withoutSlashAtEnd = (path: string): string => path.replace(/\/+$/, '');
