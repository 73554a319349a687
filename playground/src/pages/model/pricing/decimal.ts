/** Decimal text times a whole number, exact: amounts never pass through floating point. */
const MICRO_DIGITS = 6;
/** Below this nothing is shown; the remainder is rounded half up. */
const SHOWN_DIGITS = 4;

/** @param shift Divides by ten to this power. @returns Text with at most four digits after the point where `shift` is given. */
export function decimalTimes(amount: string, factor: number, shift = 0): string {
  const [whole = '0', fraction = ''] = amount.split('.');
  const micros = BigInt(whole + fraction.padEnd(MICRO_DIGITS, '0').slice(0, MICRO_DIGITS)) * BigInt(factor);
  const digits = MICRO_DIGITS + shift;
  if (shift === 0) return toText(micros, digits);
  const dropped = 10n ** BigInt(digits - SHOWN_DIGITS);
  return toText((2n * micros + dropped) / (2n * dropped), SHOWN_DIGITS);
}

function toText(value: bigint, digits: number): string {
  const text = value.toString().padStart(digits + 1, '0');
  const fraction = text.slice(-digits).replace(/0+$/, '');
  return fraction === '' ? text.slice(0, -digits) : `${text.slice(0, -digits)}.${fraction}`;
}
