/** The JSON shapes of the admin API. Money is exact decimal USD text, times are RFC 3339, absent members are left out. */
import { toRfc3339 } from '#domain/instant.ts';
import { formatUsd, type MicroDollars } from '#domain/money.ts';
import type { Account, ApiKey, Role } from '#ports/account-store.ts';
import type { LedgerReport } from '#ports/ledger.ts';

/** `GET /admin/whoami`, for every key. */
export interface WhoamiView {
  readonly accountId: string;
  readonly apiKeyId: string;
  readonly role: Role;
  readonly balance: string;
}

export interface AccountView {
  readonly id: string;
  readonly name: string;
  readonly createdAt: string;
  readonly balance: string;
}

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

export interface BalanceView {
  readonly accountId: string;
  readonly balance: string;
}

export interface LedgerReportView {
  readonly entryCount: number;
  readonly taskCount: number;
  /** By ledger account: `wallet:<id>`, `held:<id>`, `revenue`, `funding`. */
  readonly balances: Readonly<Record<string, string>>;
  /** Sentences naming what does not add up; empty when the books balance. */
  readonly faults: readonly string[];
}

export const toAccountView = (account: Account, balance: MicroDollars): AccountView => ({
  id: account.id,
  name: account.name,
  createdAt: toRfc3339(account.createdAt),
  balance: formatUsd(balance),
});

export const toApiKeyView = (apiKey: ApiKey): ApiKeyView => ({
  id: apiKey.id,
  accountId: apiKey.accountId,
  name: apiKey.name,
  role: apiKey.role,
  prefix: apiKey.prefix,
  createdAt: toRfc3339(apiKey.createdAt),
  ...(apiKey.revokedAt === undefined ? {} : { revokedAt: toRfc3339(apiKey.revokedAt) }),
});

export const toLedgerReportView = (report: LedgerReport): LedgerReportView => ({
  entryCount: report.entryCount,
  taskCount: report.taskCount,
  balances: Object.fromEntries([...report.balances].map(([name, balance]) => [name, formatUsd(balance)])),
  faults: report.faults,
});
