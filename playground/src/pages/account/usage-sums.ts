/** Sums of usage, exact: amounts are added as whole micro-dollars. */
import type { UsageRow } from '../../wire/spending.ts';

const MICRO = 1_000_000n;

/** Of decimal USD text with at most six decimals. */
export function microDollarsOf(amount: string): bigint {
  const [whole = '0', fraction = ''] = amount.replace('-', '').split('.');
  const magnitude = BigInt(whole) * MICRO + BigInt(fraction.padEnd(6, '0'));
  return amount.startsWith('-') ? -magnitude : magnitude;
}

/** As decimal USD text, without zeros that say nothing. */
export function usdOf(microDollars: bigint): string {
  const magnitude = microDollars < 0n ? -microDollars : microDollars;
  const fraction = String(magnitude % MICRO)
    .padStart(6, '0')
    .replace(/0+$/, '')
    .padEnd(2, '0');
  return `${microDollars < 0n ? '-' : ''}${magnitude / MICRO}.${fraction}`;
}

export interface UsageSum {
  readonly charged: string;
  readonly submitted: number;
  readonly completed: number;
}

export const sumOf = (rows: readonly Pick<UsageRow, 'charged' | 'submitted' | 'completed'>[]): UsageSum => ({
  charged: usdOf(rows.reduce((sum, { charged }) => sum + microDollarsOf(charged), 0n)),
  submitted: rows.reduce((sum, { submitted }) => sum + submitted, 0),
  completed: rows.reduce((sum, { completed }) => sum + completed, 0),
});
