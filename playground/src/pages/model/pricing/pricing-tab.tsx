import type { Storyboard } from '../../../form/use-storyboard.ts';
import { texts } from '../../../texts/en.ts';
import { formatMoney } from '../../../ui/money.tsx';
import { type Model, type PriceRule, useCatalogue } from '../../../wire/catalogue.ts';
import { Calculator } from './calculator.tsx';
import { decimalTimes } from './decimal.ts';

const words = texts.model.pricing;

/** The model's price table, and what a number of clips would cost. */
export function PricingTab({ storyboard }: { readonly storyboard: Storyboard }) {
  const { model } = storyboard;
  const { price } = model;
  return (
    <div className="grid gap-x-16 gap-y-10 lg:grid-cols-2">
      <section className="flex min-w-0 flex-col gap-4">
        {price.kind === 'perSecond' ? (
          <SecondsTable price={price} />
        ) : (
          <TokensTable model={model} price={price} />
        )}
        <p className="text-sm text-soft">{words.held}</p>
      </section>
      <Calculator storyboard={storyboard} />
    </div>
  );
}

function SecondsTable({ price }: { readonly price: Extract<PriceRule, { kind: 'perSecond' }> }) {
  const differs = Object.values(price.rates).some(({ withAudio, silent }) => withAudio !== silent);
  const cell = (rate: string) => (
    <td className="py-2 pr-4">
      {formatMoney(rate)}
      <span className="block text-xs text-soft">{words.fiveSeconds(formatMoney(decimalTimes(rate, 5)))}</span>
    </td>
  );
  return (
    <>
      <h2 className="font-semibold">{words.perSecond}</h2>
      <table className="number text-left text-sm">
        <thead className="slate">
          <tr>
            <th className="py-2 pr-4 font-normal">{words.resolution}</th>
            <th className="py-2 pr-4 font-normal">{differs ? words.withAudio : words.second}</th>
            {differs && <th className="py-2 pr-4 font-normal">{words.silent}</th>}
          </tr>
        </thead>
        <tbody>
          {Object.entries(price.rates).map(([resolution, { withAudio, silent }]) => (
            <tr key={resolution} className="border-t border-hairline align-top">
              <th scope="row" className="py-2 pr-4 font-normal">
                {resolution}
              </th>
              {cell(withAudio)}
              {differs && cell(silent)}
            </tr>
          ))}
        </tbody>
      </table>
      {price.ownReading !== undefined && (
        <p className="text-sm text-soft">
          {words.ownReading}: {price.ownReading}
        </p>
      )}
    </>
  );
}

const TOKEN_DIVISOR = 1024;
const FRAME_RATE = 24;

function TokensTable({
  model,
  price,
}: {
  readonly model: Model;
  readonly price: Extract<PriceRule, { kind: 'perToken' }>;
}) {
  const sizes = useCatalogue().data?.frameSizes ?? {};
  const offered = Object.values(model.schema.properties).flatMap((field) => field.enum ?? []);
  const rows = Object.entries(sizes)
    .filter(([resolution]) => offered.includes(resolution))
    .flatMap(([resolution, ratios]) =>
      Object.entries(ratios).map(([ratio, [width, height]]) => {
        const tokens = Math.round((width * height * FRAME_RATE) / TOKEN_DIVISOR);
        return { key: `${resolution} ${ratio}`, size: `${width}×${height}`, tokens };
      }),
    );
  return (
    <>
      <h2 className="font-semibold">
        {words.perToken}: {words.rate(formatMoney(price.ratePerThousandTokens))}
      </h2>
      <p className="text-sm text-soft">{words.perTokenLead}</p>
      <table className="number text-left text-sm">
        <thead className="slate">
          <tr>
            {[words.resolution, words.size, words.tokens, words.second].map((name) => (
              <th key={name} className="py-2 pr-4 font-normal">
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map(({ key, size, tokens }) => (
            <tr key={key} className="border-t border-hairline">
              <th scope="row" className="py-1.5 pr-4 font-normal">
                {key}
              </th>
              <td className="pr-4">{size}</td>
              <td className="pr-4">{tokens}</td>
              <td>{formatMoney(decimalTimes(price.ratePerThousandTokens, tokens, 3))}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </>
  );
}
