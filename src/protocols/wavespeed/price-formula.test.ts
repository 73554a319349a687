/** The published formulas against the catalogue's own arithmetic, evaluated as JSONata would. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { endpointsOf, findEndpoint } from '#catalogue/index.ts';
import type { JsonObject } from '#domain/json.ts';
import { toUsdNumber } from '#domain/money.ts';
import { quotePrice } from '#services/quote-price.ts';
import { priceFormula } from './price-formula.ts';

/** The part of JSONata that the formulas use, spelled as JavaScript. */
function evaluate(formula: string, inputs: Readonly<Record<string, unknown>>): number {
  const script = formula
    .replaceAll(' = ', ' === ')
    .replace('$exists(duration)', '(duration !== undefined)')
    .replace('$number(', 'Number(')
    .replace('$round(', 'round(');
  assert.ok(!script.includes('$'), 'every function of the formula is translated');
  const round = (value: number, digits: number) => Number(value.toFixed(digits));
  const names = ['resolution', 'generate_audio', 'duration'];
  const run = new Function('round', ...names, `return (${script}).total_price;`);
  return run(round, ...names.map((name) => inputs[name]));
}

const CHOICES = [undefined, '480p', '720p', '1080p'].flatMap((resolution) =>
  [undefined, true, false].flatMap((generate_audio) =>
    [undefined, 4, 10, '12'].map((duration) => ({ resolution, generate_audio, duration })),
  ),
);

describe('priceFormula', () => {
  for (const endpoint of endpointsOf('wavespeed')) {
    it(`gives the price of every input of ${endpoint.id}`, () => {
      const formula = priceFormula(endpoint);
      const names = endpoint.fields.map((field) => field.name);
      for (const choice of CHOICES) {
        const given = Object.entries(choice).filter(
          ([name, value]) => value !== undefined && names.includes(name),
        );
        const inputs = Object.fromEntries(given) as JsonObject;
        const { price } = quotePrice(endpoint, inputs);
        assert.equal(evaluate(formula, inputs), toUsdNumber(price), JSON.stringify(inputs));
      }
    });
  }

  it('names only the inputs that move the price', () => {
    const standard = { protocol: 'wavespeed', id: 'bytedance/seedance-2.0/image-to-video' } as const;
    assert.equal(
      priceFormula(findEndpoint(standard)),
      '{"total_price": $round((0.24) * $number($exists(duration) ? duration : 5), 6)}',
    );
  });

  it('knows no tokens', () => {
    const [fal] = endpointsOf('fal');
    assert.throws(() => priceFormula(fal!), /not priced by the second/);
  });
});
