import type { Kysely, Selectable, Transaction } from 'kysely';
import { AnimaticError } from '#domain/errors.ts';
import type { AssetId } from '#domain/ids.ts';
import { type Instant, instant } from '#domain/instant.ts';
import type { PartUpload, UploadPart } from '#ports/part-uploads.ts';
import type { Schema, UploadPartTable } from '../schema.ts';

export async function beginPartUpload(
  transaction: Transaction<Schema>,
  { id, fileName, accountId, expiresAt }: PartUpload,
): Promise<void> {
  await transaction
    .insertInto('part_upload')
    .values({ id, file_name: fileName, account_id: accountId, expires_at: expiresAt })
    .execute();
}

export async function findPartUpload(database: Kysely<Schema>, id: AssetId): Promise<PartUpload | undefined> {
  const row = await database.selectFrom('part_upload').selectAll().where('id', '=', id).executeTakeFirst();
  return (
    row && {
      id: row.id,
      fileName: row.file_name,
      accountId: row.account_id,
      expiresAt: instant(Number(row.expires_at)),
    }
  );
}

export async function listUploadParts(database: Kysely<Schema>, id: AssetId): Promise<readonly UploadPart[]> {
  const rows = await database
    .selectFrom('upload_part')
    .selectAll()
    .where('upload_id', '=', id)
    .orderBy('number')
    .execute();
  return rows.map(partFromRow);
}

/** @throws AnimaticError `not_found`, `payload_too_large`. */
export async function addUploadPart(
  transaction: Transaction<Schema>,
  id: AssetId,
  part: UploadPart,
  maxBytes: number,
): Promise<UploadPart | undefined> {
  if ((await findPartUpload(transaction, id)) === undefined)
    throw new AnimaticError('not_found', 'The upload has ended while this part was on its way.');
  const parts = await listUploadParts(transaction, id);
  const others = parts.filter(({ number }) => number !== part.number);
  const total = others.reduce((sum, { byteLength }) => sum + byteLength, part.byteLength);
  if (total > maxBytes)
    throw new AnimaticError(
      'payload_too_large',
      `All parts of an upload together may hold at most ${maxBytes} bytes.`,
    );
  const row = {
    upload_id: id,
    number: part.number,
    asset_id: part.assetId,
    etag: part.etag,
    byte_length: part.byteLength,
  };
  await transaction
    .insertInto('upload_part')
    .values(row)
    .onConflict((conflict) => conflict.columns(['upload_id', 'number']).doUpdateSet(row))
    .execute();
  return parts.find(({ number }) => number === part.number);
}

export async function endPartUpload(
  transaction: Transaction<Schema>,
  id: AssetId,
): Promise<readonly UploadPart[]> {
  const parts = await listUploadParts(transaction, id);
  await transaction.deleteFrom('upload_part').where('upload_id', '=', id).execute();
  await transaction.deleteFrom('part_upload').where('id', '=', id).execute();
  return parts;
}

export async function expiredPartUploads(
  database: Kysely<Schema>,
  at: Instant,
  limit: number,
): Promise<readonly AssetId[]> {
  const rows = await database
    .selectFrom('part_upload')
    .select('id')
    .where('expires_at', '<=', BigInt(at))
    .orderBy('expires_at')
    .limit(limit)
    .execute();
  return rows.map((row) => row.id);
}

const partFromRow = (row: Selectable<UploadPartTable>): UploadPart => ({
  number: Number(row.number),
  assetId: row.asset_id,
  etag: row.etag,
  byteLength: Number(row.byte_length),
});
