/** A movement of the wallet as WaveSpeed's billing records show it. */
import type { EntryKind } from '#domain/billing/entry.ts';
import { toRfc3339 } from '#domain/instant.ts';
import { microDollars, toUsdNumber } from '#domain/money.ts';
import { isFinal } from '#domain/task/task-state.ts';
import type { WalletMovement } from '#ports/ledger.ts';
import { PREDICTION_STATUS } from './prediction.ts';

/** A hold is deducted on submit; what was not charged in the end comes back. */
export const BILLING_TYPES: Readonly<Record<EntryKind, string>> = {
  hold: 'deduct',
  settlement: 'refund',
  grant: 'recharge',
};

/** Prices are USD. That of the record never is negative, but for credit that was taken back. */
export function toBillingItem({ sequence, kind, amount, at, task }: WalletMovement) {
  const price = toUsdNumber(kind === 'hold' ? microDollars(-amount) : amount);
  const moment = toRfc3339(at);
  const record = {
    uuid: `${kind}-${sequence}`,
    billing_type: BILLING_TYPES[kind],
    price,
    created_at: moment,
    updated_at: moment,
  };
  if (task === undefined) return record;
  const status = PREDICTION_STATUS[task.state];
  return {
    ...record,
    access_key_id: task.apiKeyId,
    access_key_uuid: task.apiKeyId,
    access_key_name: task.apiKeyName,
    order: {
      uuid: task.id,
      /** `pre` while the price is only held. */
      state: isFinal(task.state) ? 'done' : 'pre',
      price: toUsdNumber(task.charged ?? task.held),
      origin_price: toUsdNumber(task.held),
      status,
      ak_id: task.apiKeyId,
    },
    prediction: { uuid: task.id, model_uuid: task.endpointId, status },
  };
}
