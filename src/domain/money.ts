/**
 * Money is a whole number of micro-dollars (1 USD = 1,000,000) in a bigint: sums are exact and no rounding hides in an
 * operator. Where a product can fall between two micro-dollars, the function that divides names its rounding.
 */
declare const brand: unique symbol;
export type MicroDollars = bigint & { readonly [brand]: 'microDollars' };

const MICRO_PER_DOLLAR = 1_000_000n;

export const microDollars = (amount: bigint): MicroDollars => amount as MicroDollars;

export const ZERO: MicroDollars = microDollars(0n);

/** Parses plain decimal USD such as `0.25`, `12` or `-3.5`; at most six decimals. @throws RangeError on anything else. */
export function usd(text: string): MicroDollars {
  const match = /^(-?)(\d+)(?:\.(\d{1,6}))?$/.exec(text);
  if (match === null) throw new RangeError(`"${text}" is not an amount in USD with at most six decimals.`);
  const [, sign, whole, fraction = ''] = match;
  const amount = BigInt(whole!) * MICRO_PER_DOLLAR + BigInt(fraction.padEnd(6, '0'));
  return microDollars(sign === '-' ? -amount : amount);
}

/** Exact decimal text with two to six decimals: `1.20`, `0.0112`. */
export function formatUsd(amount: MicroDollars): string {
  const magnitude = amount < 0n ? -amount : amount;
  const fraction = (magnitude % MICRO_PER_DOLLAR).toString().padStart(6, '0');
  const trimmed = fraction.replace(/0+$/, '').padEnd(2, '0');
  return `${amount < 0n ? '-' : ''}${magnitude / MICRO_PER_DOLLAR}.${trimmed}`;
}

/** USD as a JSON number, for wires that carry money as a float. Never computed with. */
export const toUsdNumber = (amount: MicroDollars): number => Number(formatUsd(amount));

export const add = (a: MicroDollars, b: MicroDollars): MicroDollars => microDollars(a + b);

export const subtract = (a: MicroDollars, b: MicroDollars): MicroDollars => microDollars(a - b);

export const multiply = (amount: MicroDollars, factor: bigint): MicroDollars => microDollars(amount * factor);

/** `amount * numerator / denominator`, rounded half up to a whole micro-dollar. Amounts are not negative here. */
export function multiplyRoundHalfUp(
  amount: MicroDollars,
  numerator: bigint,
  denominator: bigint,
): MicroDollars {
  if (amount < 0n || numerator < 0n || denominator <= 0n)
    throw new RangeError('Only non-negative amounts are scaled.');
  return microDollars((2n * amount * numerator + denominator) / (2n * denominator));
}
