import type { Kysely, Transaction } from 'kysely';
import type { FileRule } from '#domain/file/file-rule.ts';
import type { AssetId } from '#domain/ids.ts';
import { type Instant, instant } from '#domain/instant.ts';
import type { Schema } from '../schema.ts';

export async function setFileRule(
  transaction: Transaction<Schema>,
  id: AssetId,
  { ownerId, expiresAt, access }: FileRule,
): Promise<void> {
  await transaction
    .insertInto('file_rule')
    .values({
      asset_id: id,
      owner_id: ownerId,
      expires_at: expiresAt ?? null,
      access: access === undefined ? null : JSON.stringify(access),
    })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}

export async function findFileRule(database: Kysely<Schema>, id: AssetId): Promise<FileRule | undefined> {
  const row = await database
    .selectFrom('file_rule')
    .selectAll()
    .where('asset_id', '=', id)
    .executeTakeFirst();
  return (
    row && {
      ownerId: row.owner_id,
      ...(row.expires_at !== null && { expiresAt: instant(Number(row.expires_at)) }),
      ...(row.access !== null && { access: JSON.parse(row.access) }),
    }
  );
}

export async function expiredFiles(
  database: Kysely<Schema>,
  at: Instant,
  limit: number,
): Promise<readonly AssetId[]> {
  const rows = await database
    .selectFrom('file_rule')
    .select('asset_id')
    .where('expires_at', '<=', BigInt(at))
    .orderBy('expires_at')
    .limit(limit)
    .execute();
  return rows.map((row) => row.asset_id);
}

export async function forgetFileRule(transaction: Transaction<Schema>, id: AssetId): Promise<void> {
  await transaction.deleteFrom('file_rule').where('asset_id', '=', id).execute();
}
