import type { Selectable } from 'kysely';
import { instant } from '#domain/instant.ts';
import type { Account, ApiKey } from '#ports/account-store.ts';
import type { AccountTable, ApiKeyTable } from '../schema.ts';

export const accountFromRow = (row: Selectable<AccountTable>): Account => ({
  id: row.id,
  name: row.name,
  createdAt: instant(Number(row.created_at)),
});

export const apiKeyFromRow = (row: Selectable<ApiKeyTable>): ApiKey => ({
  id: row.id,
  accountId: row.account_id,
  name: row.name,
  role: row.role,
  prefix: row.prefix,
  createdAt: instant(Number(row.created_at)),
  ...(row.revoked_at !== null && { revokedAt: instant(Number(row.revoked_at)) }),
});
