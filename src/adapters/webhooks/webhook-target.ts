/** From a webhook's URL to the addresses that it may be sent to. Messages name the host but not the addresses of names. */
import { AnimaticError } from '#domain/errors.ts';
import type { AddressPolicy } from '../fetch/address-policy.ts';
import { addressesOf, type FetchTarget, type ResolveHost } from '../fetch/fetch-target.ts';

const SHOWN_URL_LENGTH = 120;
/** Longer ones are cut by proxies and servers on the way. */
const LONGEST_URL = 4096;

const refused = (message: string): AnimaticError => new AnimaticError('webhook_url_refused', message);

/** @throws AnimaticError `webhook_url_refused`. */
export function parseWebhookUrl(text: string): URL {
  if (text.length > LONGEST_URL)
    throw refused(`The URL is longer than ${LONGEST_URL} characters; give a shorter one.`);
  const url = URL.parse(text);
  if (url === null) {
    const shown = text.length > SHOWN_URL_LENGTH ? `${text.slice(0, SHOWN_URL_LENGTH)}...` : text;
    throw refused(`"${shown}" is not a URL; give the full address, starting with https://.`);
  }
  if (url.protocol !== 'https:' && url.protocol !== 'http:')
    throw refused(`Nothing is sent to a URL with the scheme "${url.protocol}"; use an https or http URL.`);
  if (url.username !== '' || url.password !== '') {
    throw refused(
      `The URL at ${url.host} holds a user name or password, which are not sent; check the signature of what arrives instead.`,
    );
  }
  if (url.hostname.endsWith('.')) url.hostname = url.hostname.slice(0, -1);
  return url;
}

/** @throws AnimaticError `webhook_url_refused`; Error of the resolver. */
export async function resolveWebhookTarget(
  url: URL,
  resolveHost: ResolveHost,
  policy: AddressPolicy,
): Promise<FetchTarget> {
  const addresses = await addressesOf(url, resolveHost);
  for (const address of addresses) {
    const kind = policy.refusalOf(address);
    if (kind !== undefined) throw addressRefused(url, kind);
  }
  return { url, addresses };
}

const addressRefused = (url: URL, kind: string): AnimaticError =>
  refused(
    `The host "${url.host}" has a ${kind} address, which this server sends nothing to. Use a public URL; to try a receiver on ` +
      'this machine, start the server with ANIMATIC_ALLOW_PRIVATE_URLS=127.0.0.1/32,::1/128 (any address ranges, separated by commas).',
  );
