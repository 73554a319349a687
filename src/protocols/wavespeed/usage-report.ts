/** Usage by model and by day, in WaveSpeed's form. Amounts are USD, rounded to three decimals after they were added up. */
import { toRfc3339 } from '#domain/instant.ts';
import { add, type MicroDollars, toUsdNumber, ZERO } from '#domain/money.ts';
import type { DailyUsage } from '#ports/task-store.ts';

/** @param rows Oldest day first. @param typeOf The type of a model by its id. */
export function toUsageReport(rows: readonly DailyUsage[], typeOf: (endpointId: string) => string) {
  const byModel = Map.groupBy(rows, ({ endpointId }) => endpointId);
  const byDay = Map.groupBy(rows, ({ day }) => day);
  return {
    per_model_usage: Array.from(byModel, ([endpointId, ofModel]) => ({
      model_uuid: endpointId,
      model_type: typeOf(endpointId),
      /** What a run cost on average. */
      unit_price: rounded(toUsdNumber(chargedIn(ofModel)) / submittedIn(ofModel)),
      total_cost: amountOf(ofModel),
      total_count: submittedIn(ofModel),
      last_used_date: toRfc3339(ofModel.at(-1)!.lastSubmittedAt),
    })),
    daily_usage: Array.from(byDay, ([day, ofDay]) => ({
      date: toRfc3339(day).slice(0, 'yyyy-mm-dd'.length),
      amount: amountOf(ofDay),
      count: submittedIn(ofDay),
      models: ofDay.map((row) => ({
        model_uuid: row.endpointId,
        amount: amountOf([row]),
        count: row.submitted,
      })),
    })),
    summary: {
      total_cost: amountOf(rows),
      total_requests: submittedIn(rows),
      success_requests: rows.reduce((sum, { completed }) => sum + completed, 0),
    },
  };
}

const chargedIn = (rows: readonly DailyUsage[]): MicroDollars =>
  rows.reduce((sum, { charged }) => add(sum, charged), ZERO);

const submittedIn = (rows: readonly DailyUsage[]): number =>
  rows.reduce((sum, { submitted }) => sum + submitted, 0);

const amountOf = (rows: readonly DailyUsage[]): number => rounded(toUsdNumber(chargedIn(rows)));

const rounded = (amount: number): number => Math.round(amount * 1000) / 1000;
