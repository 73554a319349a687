/** API keys as they are shown. Times are RFC 3339. */
import { toRfc3339 } from '#domain/instant.ts';
import type { ApiKey, Role } from '#ports/account-store.ts';

export interface ApiKeyView {
  readonly id: string;
  readonly accountId: string;
  readonly name: string;
  readonly role: Role;
  /** First characters of the key, to recognise it by. */
  readonly prefix: string;
  readonly createdAt: string;
  readonly revokedAt?: string;
}

/** A new key; `key` is shown this once and never again. */
export interface CreatedKeyView {
  readonly apiKey: ApiKeyView;
  readonly key: string;
}

export const toApiKeyView = (apiKey: ApiKey): ApiKeyView => ({
  id: apiKey.id,
  accountId: apiKey.accountId,
  name: apiKey.name,
  role: apiKey.role,
  prefix: apiKey.prefix,
  createdAt: toRfc3339(apiKey.createdAt),
  ...(apiKey.revokedAt === undefined ? {} : { revokedAt: toRfc3339(apiKey.revokedAt) }),
});
