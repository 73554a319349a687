import type { AccountId, ApiKeyId } from '#domain/ids.ts';
import type { Instant } from '#domain/instant.ts';
import type { MicroDollars } from '#domain/money.ts';

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

/** What somebody who signed in holds in place of an API key. */
export interface Session {
  /** A `ticket` is good for one sign-in and nothing else. */
  readonly kind: 'ticket' | 'page';
  readonly apiKeyId: ApiKeyId;
  readonly createdAt: Instant;
  readonly expiresAt: Instant;
}

export interface AccountStore {
  /** The account and what it starts with are written together or not at all. @throws Error when the id exists. */
  createAccount(account: Account, openingCredit?: MicroDollars): Promise<void>;
  listAccounts(): Promise<readonly Account[]>;
  /** `hash` is the lower-case hex SHA-256 of the key. @throws Error when the id or hash exists. */
  createApiKey(apiKey: ApiKey, hash: string): Promise<void>;
  /** The key with this hash unless it is revoked. */
  findApiKey(hash: string): Promise<ApiKey | undefined>;
  /** Keys of one account, or of all; oldest first, revoked ones included. */
  listApiKeys(accountId?: AccountId): Promise<readonly ApiKey[]>;
  /** Idempotent: the first revocation counts. False when there is no such key. */
  revokeApiKey(id: ApiKeyId, at: Instant): Promise<boolean>;
  /** `hash` as of keys. Sessions whose time is over are forgotten on the way. @throws Error when the hash exists. */
  createSession(session: Session, hash: string): Promise<void>;
  /** The key that a page's session stands for: undefined once it has expired or was ended, or the key was revoked. */
  findSession(hash: string, at: Instant): Promise<ApiKey | undefined>;
  /** The key that a ticket stands for, the first time it is asked for; undefined as of sessions. */
  redeemTicket(hash: string, at: Instant): Promise<ApiKey | undefined>;
  /** Idempotent. */
  endSession(hash: string): Promise<void>;
}
