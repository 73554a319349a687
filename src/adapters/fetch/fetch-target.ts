/**
 * From a URL as a user wrote it to the addresses that may be connected to. What is refused is refused before any packet is
 * sent; messages name the host but not the addresses of names, which may be the secret of an internal network.
 */
import { lookup } from 'node:dns/promises';
import { isIP } from 'node:net';
import { AnimaticError } from '#domain/errors.ts';
import { accessFailed } from './access-failed.ts';
import type { AddressPolicy } from './address-policy.ts';

/** All addresses of a host name. @throws Error when it has none. */
export type ResolveHost = (hostname: string) => Promise<readonly string[]>;

/** A URL whose host was resolved once, every address judged. */
export interface FetchTarget {
  readonly url: URL;
  readonly addresses: readonly string[];
}

const SHOWN_URL_LENGTH = 120;

/** The operating system's resolver, so that the operator's hosts file counts. */
export const resolveWithSystem: ResolveHost = async (hostname) => {
  const found = await lookup(hostname, { all: true, order: 'verbatim' });
  return found.map(({ address }) => address);
};

/**
 * Reads an http(s) URL without credentials; numeric tricks (`2130706433`, `0x7f.1`) become plain addresses here, a trailing
 * dot of the host goes.
 * @param base The page that a relative redirect refers to.
 * @throws AnimaticError `media_access_failed` for what is no URL, `media_address_refused` for other schemes and credentials.
 */
export function parseFetchUrl(text: string, base?: URL): URL {
  const url = URL.parse(text, base?.href);
  if (url === null) {
    const shown = text.length > SHOWN_URL_LENGTH ? `${text.slice(0, SHOWN_URL_LENGTH)}...` : text;
    throw new AnimaticError(
      'media_access_failed',
      `"${shown}" is not a URL; give the full address, starting with https://.`,
    );
  }
  if (url.protocol !== 'https:' && url.protocol !== 'http:') {
    throw new AnimaticError(
      'media_address_refused',
      `A URL with the scheme "${url.protocol}" is not fetched; use an http or https URL, or upload the file.`,
    );
  }
  if (url.username !== '' || url.password !== '') {
    throw new AnimaticError(
      'media_address_refused',
      `The URL at ${url.host} holds a user name or password, which are not sent; use a URL that opens without them, or upload the file.`,
    );
  }
  if (url.hostname.endsWith('.')) url.hostname = url.hostname.slice(0, -1);
  return url;
}

/** @throws AnimaticError `media_access_failed` when the name does not resolve, `media_address_refused`. */
export async function resolveTarget(
  url: URL,
  resolveHost: ResolveHost,
  policy: AddressPolicy,
): Promise<FetchTarget> {
  const addresses = await addressesOf(url, resolveHost).catch((error: unknown) => {
    throw accessFailed(url, error);
  });
  for (const address of addresses) {
    const kind = policy.refusalOf(address);
    if (kind !== undefined) throw addressRefused(url, kind);
  }
  return { url, addresses };
}

/** All addresses of a URL's host, which may be one itself. @throws Error of the resolver, also for a name without any. */
export async function addressesOf(url: URL, resolveHost: ResolveHost): Promise<readonly string[]> {
  const hostname = url.hostname.replace(/^\[(.*)\]$/, '$1');
  if (isIP(hostname) !== 0) return [hostname];
  const addresses = await resolveHost(hostname);
  if (addresses.length > 0) return addresses;
  throw Object.assign(new Error('no address'), { code: 'ENOTFOUND' });
}

function addressRefused(url: URL, kind: string): AnimaticError {
  return new AnimaticError(
    'media_address_refused',
    `The host "${url.host}" has a ${kind} address, which this server does not fetch from; use a public URL or upload the file. The operator of the server can open address ranges with ANIMATIC_ALLOW_PRIVATE_URLS.`,
    { details: { host: url.host } },
  );
}
