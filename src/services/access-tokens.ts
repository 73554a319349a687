/**
 * Short-lived stand-ins for an API key, for where the key itself must not go: a browser, an upload. A token is a JWT (RFC 7519)
 * signed with HS256 by this server. It names the key that it was made with, is good for what its scopes name, and ends with
 * its time or with its key.
 */
import { AnimaticError } from '#domain/errors.ts';
import { type AccountId, type ApiKeyId, accountId, apiKeyId } from '#domain/ids.ts';
import { addMs, type Instant, instant } from '#domain/instant.ts';
import type { Ports } from '#ports/ports.ts';
import type { Principal } from './api-keys.ts';

/** Generating with one app, or sending files. */
export type TokenScope = `app:${string}` | 'upload';

export interface AccessToken {
  readonly text: string;
  readonly expiresAt: Instant;
}

/** Registered names of RFC 7519 section 4.1 and RFC 8693 section 4.2, and the key's id. Times are whole seconds. */
interface Claims {
  readonly sub: AccountId;
  readonly exp: number;
  readonly scope: string;
  readonly key: ApiKeyId;
}

const HEADER = encode({ alg: 'HS256', typ: 'JWT' });

export function issueToken(
  ports: Pick<Ports, 'clock' | 'signer'>,
  principal: Principal,
  grant: { readonly scopes: readonly TokenScope[]; readonly lifetimeSeconds: number },
): AccessToken {
  const expiresAt = addMs(ports.clock.now(), grant.lifetimeSeconds * 1000);
  const claims: Claims = {
    sub: principal.accountId,
    exp: Math.floor(expiresAt / 1000),
    scope: grant.scopes.join(' '),
    key: principal.apiKeyId,
  };
  const signed = `${HEADER}.${encode(claims)}`;
  const signature = Buffer.from(ports.signer.sign(signed), 'hex').toString('base64url');
  return { text: `${signed}.${signature}`, expiresAt: instant(claims.exp * 1000) };
}

/** Whether a credential is a token rather than an API key. */
export const isToken = (credential: string): boolean => /^eyJ[\w-]*\.[\w-]+\.[\w-]+$/.test(credential);

/**
 * Whom the token stands for: never an administrator.
 * @param scopes Any one of them is enough.
 * @throws AnimaticError `unauthorized` for one that is forged, too old or of a revoked key; `forbidden` for one made for
 *   something else.
 */
export async function authenticateToken(
  ports: Pick<Ports, 'accounts' | 'clock' | 'signer'>,
  text: string,
  scopes: readonly TokenScope[],
): Promise<Principal> {
  const claims = verifiedClaims(ports, text);
  if (ports.clock.now() >= claims.exp * 1000) throw unauthorized('has expired');
  const keys = await ports.accounts.listApiKeys(accountId(claims.sub));
  const isKeyGood = keys.some(({ id, revokedAt }) => id === claims.key && revokedAt === undefined);
  if (!isKeyGood) throw unauthorized('was made with a key that is revoked since');
  const granted = claims.scope.split(' ');
  if (!scopes.some((scope) => granted.includes(scope))) {
    throw new AnimaticError(
      'forbidden',
      `This token is good for "${claims.scope}" alone; ask for one that covers this call, or send the API key.`,
    );
  }
  return { accountId: accountId(claims.sub), apiKeyId: apiKeyId(claims.key), role: 'member' };
}

function verifiedClaims({ signer }: Pick<Ports, 'signer'>, text: string): Claims {
  const [header = '', payload = '', signature = ''] = text.split('.');
  const hexSignature = Buffer.from(signature, 'base64url').toString('hex');
  // The header is compared with the only one ever issued, so that no other algorithm can be asked for.
  if (header !== HEADER || !signer.verify(`${header}.${payload}`, hexSignature))
    throw unauthorized('was not issued by this server');
  return JSON.parse(Buffer.from(payload, 'base64url').toString('utf8'));
}

function encode(part: object): string {
  return Buffer.from(JSON.stringify(part)).toString('base64url');
}

const unauthorized = (why: string): AnimaticError =>
  new AnimaticError('unauthorized', `This token ${why}; ask for a new one with the API key.`);
