/**
 * The vendors' own host names, for clients that have them built in: whoever points these names at this server (by DNS or a hosts
 * file, with a certificate that the client trusts) is answered as under this server's own paths, and gets URLs of the hosts it
 * knows.
 */

export interface VirtualHost {
  /** What stands before a path of this host here. */
  readonly prefix: string;
  /** Where this vendor's clients find files. */
  readonly filesHost: string;
}

const WAVESPEED: VirtualHost = { prefix: '', filesHost: 'api.wavespeed.ai' };
const fal = (prefix: string): VirtualHost => ({ prefix, filesHost: 'v3.fal.media' });

/** `rest.alpha.fal.ai` is in older clients; newer ones try `falrun.com` when `fal.run` cannot be reached. */
export const VIRTUAL_HOSTS: ReadonlyMap<string, VirtualHost> = new Map([
  ['api.wavespeed.ai', WAVESPEED],
  ['wavespeed.ai', WAVESPEED],
  ['fal.run', fal('/fal/run')],
  ['falrun.com', fal('/fal/run')],
  ['queue.fal.run', fal('/fal/queue')],
  ['queue.falrun.com', fal('/fal/queue')],
  ['rest.fal.ai', fal('/fal/rest')],
  ['rest.alpha.fal.ai', fal('/fal/rest')],
  ['v3.fal.media', fal('/fal/cdn')],
]);

/** @param host As in a `Host` header, with or without a port. */
export const virtualHost = (host: string | undefined): VirtualHost | undefined =>
  VIRTUAL_HOSTS.get((host ?? '').toLowerCase().replace(/:\d+$/, ''));

/**
 * The origin of the files of the virtual host that was asked, at the port that was asked; undefined for this server's own names. These
 * clients speak HTTPS alone, so that is what they were reached by even when something before this server ended it.
 */
export function virtualFilesOrigin(host: string): string | undefined {
  const asked = virtualHost(host);
  return asked && `https://${asked.filesHost}${/:\d+$/.exec(host)?.[0] ?? ''}`;
}
