/**
 * The catalogue's price rule as a JSONata expression over the input's names, which clients evaluate before a run, or read
 * to learn which inputs move the price. Inputs left out take their defaults, so that the empty input gives the base price.
 */
import type { Endpoint } from '#catalogue/endpoint.ts';
import type { FieldRole } from '#catalogue/field.ts';
import type { PerSecondRule } from '#catalogue/price-rule.ts';
import type { Resolution } from '#domain/media/frame-size.ts';
import { formatUsd } from '#domain/money.ts';

/**
 * `{"total_price": $round(<rate> * <seconds>, 6)}`. In JSONata a comparison with a missing name is false, so the default stands
 * last in each chain of conditions.
 * @throws Error for an endpoint that is not priced by the second: this protocol has none.
 */
export function priceFormula(endpoint: Endpoint): string {
  if (endpoint.price.kind !== 'perSecond') {
    throw new Error(`${endpoint.id} is not priced by the second; WaveSpeed's formulas know no tokens.`);
  }
  const { rates } = endpoint.price;
  const seconds = `$number($exists(duration) ? duration : ${defaultOf(endpoint, 'duration')})`;
  return `{"total_price": $round(${rateByResolution(endpoint, rates)} * ${seconds}, 6)}`;
}

function rateByResolution(endpoint: Endpoint, rates: PerSecondRule['rates']): string {
  const standard = (endpoint.fixedResolution ?? defaultOf(endpoint, 'resolution')) as Resolution;
  const conditions = (Object.keys(rates) as Resolution[])
    .filter((resolution) => resolution !== standard)
    .map((resolution) => `resolution = "${resolution}" ? ${rateBySound(rates[resolution]!)} : `);
  return `(${conditions.join('')}${rateBySound(rates[standard]!)})`;
}

function rateBySound(rate: NonNullable<PerSecondRule['rates'][Resolution]>): string {
  const withAudio = formatUsd(rate.withAudio);
  return rate.silent === rate.withAudio
    ? withAudio
    : `(generate_audio = false ? ${formatUsd(rate.silent)} : ${withAudio})`;
}

const defaultOf = (endpoint: Endpoint, role: FieldRole): string | number =>
  endpoint.fields.find((field) => field.role === role)?.schema.default as string | number;
