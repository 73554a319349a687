/** Who somebody is here, for the one it is. Money is exact decimal USD text. */
import { formatUsd } from '#domain/money.ts';
import type { Role } from '#ports/account-store.ts';
import type { Principal } from '#services/api-keys.ts';
import type { HttpDependencies } from './http-dependencies.ts';

export interface OwnAccountView {
  readonly accountId: string;
  readonly accountName: string;
  readonly apiKeyId: string;
  readonly apiKeyName: string;
  readonly role: Role;
  /** What can be spent. */
  readonly balance: string;
}

export async function readOwnAccount(
  { accounts, ledger }: Pick<HttpDependencies, 'accounts' | 'ledger'>,
  { accountId, apiKeyId, role }: Principal,
): Promise<OwnAccountView> {
  const [all, keys, balance] = await Promise.all([
    accounts.listAccounts(),
    accounts.listApiKeys(accountId),
    ledger.balance(accountId),
  ]);
  return {
    accountId,
    accountName: all.find(({ id }) => id === accountId)!.name,
    apiKeyId,
    apiKeyName: keys.find(({ id }) => id === apiKeyId)!.name,
    role,
    balance: formatUsd(balance),
  };
}
