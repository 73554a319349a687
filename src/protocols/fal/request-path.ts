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

/** Undefined for a path that is no follow-up. */
export function parseRequestPath(path: string): RequestPath | undefined {
  const [, requestId, rest] = REQUEST_PATH.exec(withoutSlashAtEnd(path)) ?? [];
  const followUp = rest === undefined ? undefined : FOLLOW_UPS[rest];
  return requestId === undefined || followUp === undefined ? undefined : { requestId, followUp };
}

/** The catalogue's id for what a caller called: fal's site and the AI SDK put `fal-ai/` or `fal/` before it. */
export const endpointIdOf = (path: string): string =>
  withoutSlashAtEnd(path).replace(/^(?:fal-ai|fal)\//, '');

/** `owner/alias`: the part of an endpoint id that follow-up URLs are made of. */
export const appOf = (path: string): string => withoutSlashAtEnd(path).split('/').slice(0, 2).join('/');

const withoutSlashAtEnd = (path: string): string => path.replace(/\/+$/, '');
