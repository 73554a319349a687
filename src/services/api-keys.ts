/** API keys: made once, shown once, stored as a hash. */
import { AnimaticError } from '#domain/errors.ts';
import { type AccountId, type ApiKeyId, apiKeyId } from '#domain/ids.ts';
import type { ApiKey, Role } from '#ports/account-store.ts';
import type { Ports } from '#ports/ports.ts';
import { hashSecret } from './hash-secret.ts';

/** Who is asking, once the key is known to be good. */
export interface Principal {
  readonly accountId: AccountId;
  readonly apiKeyId: ApiKeyId;
  readonly role: Role;
}

/** What keys made here look like; keys chosen by the operator may look otherwise. */
const KEY_PREFIX = 'ak_';
const SHOWN_CHARACTERS = 8;
/** What can be sent in a header, and is long enough not to be guessed. */
const USABLE_KEY = /^[\x21-\x7e]{16,}$/;

export interface CreatedApiKey {
  readonly apiKey: ApiKey;
  /** The key itself: known only now. */
  readonly key: string;
}

/**
 * @param command.key A key chosen by the operator (at least 16, all visible ASCII); otherwise 192 random bits are drawn.
 * @throws AnimaticError `bad_setting` for a chosen key that cannot be used.
 */
export async function createApiKey(
  ports: Pick<Ports, 'accounts' | 'clock' | 'ids'>,
  command: {
    readonly accountId: AccountId;
    readonly name: string;
    readonly role: Role;
    readonly key?: string;
  },
): Promise<CreatedApiKey> {
  const key = command.key ?? `${KEY_PREFIX}${ports.ids.hex(24)}`;
  if (!USABLE_KEY.test(key)) {
    throw new AnimaticError(
      'bad_setting',
      'An API key needs at least 16 characters, all of them visible ASCII; choose another one.',
    );
  }
  const apiKey: ApiKey = {
    id: apiKeyId(ports.ids.hex(8)),
    accountId: command.accountId,
    name: command.name,
    role: command.role,
    prefix: key.slice(0, SHOWN_CHARACTERS),
    createdAt: ports.clock.now(),
  };
  try {
    await ports.accounts.createApiKey(apiKey, await hashSecret(key));
  } catch (cause) {
    // A drawn key is never taken. The store tells no reason, and a revoked key is known by its beginning alone.
    const known = command.key === undefined ? [] : await ports.accounts.listApiKeys();
    if (!known.some(({ prefix }) => prefix === apiKey.prefix)) throw cause;
    throw new AnimaticError(
      'bad_setting',
      `There is an API key that begins with "${apiKey.prefix}" already, perhaps a revoked one; choose another one.`,
      { cause },
    );
  }
  return { apiKey, key };
}

/** @throws AnimaticError `unauthorized`. */
export async function authenticate(
  ports: Pick<Ports, 'accounts'>,
  key: string | undefined,
): Promise<Principal> {
  if (key === undefined || key === '') {
    throw new AnimaticError(
      'unauthorized',
      'No API key was sent; add the header "Authorization: Bearer <key>" (fal clients: "Key <key>").',
    );
  }
  const apiKey = await ports.accounts.findApiKey(await hashSecret(key));
  if (apiKey === undefined) {
    throw new AnimaticError(
      'unauthorized',
      'This API key is unknown or was revoked; "animatic keys create" makes a new one.',
    );
  }
  return { accountId: apiKey.accountId, apiKeyId: apiKey.id, role: apiKey.role };
}
