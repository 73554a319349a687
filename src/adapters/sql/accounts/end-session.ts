import type { Transaction } from 'kysely';
import type { Schema } from '../schema.ts';

export async function endSession(transaction: Transaction<Schema>, hash: string): Promise<void> {
  await transaction.deleteFrom('session').where('hash', '=', hash).execute();
}
