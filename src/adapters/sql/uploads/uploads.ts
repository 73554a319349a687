import type { Kysely, Transaction } from 'kysely';
import type { AssetId } from '#domain/ids.ts';
import type { Instant } from '#domain/instant.ts';
import type { Schema } from '../schema.ts';

export async function noteUpload(transaction: Transaction<Schema>, id: AssetId, at: Instant): Promise<void> {
  await transaction
    .insertInto('upload')
    .values({ asset_id: id, uploaded_at: at })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}

export async function uploadsNotedUntil(
  database: Kysely<Schema>,
  at: Instant,
  limit: number,
): Promise<readonly AssetId[]> {
  const rows = await database
    .selectFrom('upload')
    .select('asset_id')
    .where('uploaded_at', '<=', BigInt(at))
    .orderBy('uploaded_at')
    .limit(limit)
    .execute();
  return rows.map((row) => row.asset_id);
}

export async function forgetUpload(transaction: Transaction<Schema>, id: AssetId): Promise<void> {
  await transaction.deleteFrom('upload').where('asset_id', '=', id).execute();
}
