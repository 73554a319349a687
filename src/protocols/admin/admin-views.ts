/** The JSON shapes of the admin API. Money is exact decimal USD text, times are RFC 3339, absent members are left out. */
import { toRfc3339 } from '#domain/instant.ts';
import { formatUsd, type MicroDollars } from '#domain/money.ts';
import type { Account, Role } from '#ports/account-store.ts';
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

export const toLedgerReportView = (report: LedgerReport): LedgerReportView => ({
  entryCount: report.entryCount,
  taskCount: report.taskCount,
  balances: Object.fromEntries([...report.balances].map(([name, balance]) => [name, formatUsd(balance)])),
  faults: report.faults,
});
