import type { AccountId, ApiKeyId } from '#domain/ids.ts';
import type { Instant } from '#domain/instant.ts';

/** `admin` may also manage keys, credit and the ledger of every account. */
export type Role = 'member' | 'admin';

export interface ApiKey {
  readonly id: ApiKeyId;
  readonly accountId: AccountId;
  readonly name: string;
  readonly role: Role;
  /** The first characters of the key, to recognise it by; the key itself is never stored. */
  readonly prefix: string;
  readonly createdAt: Instant;
  readonly revokedAt?: Instant;
}

export interface Account {
  readonly id: AccountId;
  readonly name: string;
  readonly createdAt: Instant;
}

export interface AccountStore {
  /** @throws Error when the id exists. */
  createAccount(account: Account): Promise<void>;
  listAccounts(): Promise<readonly Account[]>;
  /** `hash` is the lower-case hex SHA-256 of the key. @throws Error when the id or hash exists. */
  createApiKey(apiKey: ApiKey, hash: string): Promise<void>;
  /** The key with this hash unless it is revoked. */
  findApiKey(hash: string): Promise<ApiKey | undefined>;
  /** Keys of one account, or of all; oldest first, revoked ones included. */
  listApiKeys(accountId?: AccountId): Promise<readonly ApiKey[]>;
  /** Idempotent: the first revocation counts. False when there is no such key. */
  revokeApiKey(id: ApiKeyId, at: Instant): Promise<boolean>;
}
