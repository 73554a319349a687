/** What a number of clips would cost, each quoted by the server. Its choices are its own: the form stays as it is. */
import { useId, useState } from 'react';
import type { Storyboard } from '../../../form/use-storyboard.ts';
import { texts } from '../../../texts/en.ts';
import { Choice } from '../../../ui/choice.tsx';
import { formatMoney } from '../../../ui/money.tsx';
import { Switch } from '../../../ui/switch.tsx';
import type { FieldRole, FieldSchema } from '../../../wire/catalogue.ts';
import type { JsonValue } from '../../../wire/json.ts';
import { useQuote } from '../../../wire/quote.ts';
import { useAccount } from '../../../wire/session.ts';
import { decimalTimes } from './decimal.ts';

const words = texts.model.pricing;
const PRICED: readonly FieldRole[] = ['resolution', 'aspectRatio', 'duration', 'generateAudio'];
const MOST_CLIPS = 10_000;

export function Calculator({ storyboard: { model, input } }: { readonly storyboard: Storyboard }) {
  const names = model.schema['x-order-properties'].filter((name) => PRICED.includes(model.roles[name]!));
  const [values, setValues] = useState<Record<string, JsonValue>>(() =>
    Object.fromEntries(names.flatMap((name) => (input[name] === undefined ? [] : [[name, input[name]]]))),
  );
  const [clips, setClips] = useState(10);
  const id = useId();
  const account = useAccount();
  const { data } = useQuote(model, values, account != null);
  return (
    <section className="flex flex-col items-start gap-4">
      <h2 className="font-semibold">{words.calculator}</h2>
      {names.map((name) => (
        <PricedField
          key={name}
          schema={model.schema.properties[name]!}
          value={values[name] ?? model.schema.properties[name]!.default}
          onChange={(value) => setValues((before) => ({ ...before, [name]: value }))}
        />
      ))}
      <div className="flex flex-col gap-2">
        <label htmlFor={id} className="slate">
          {words.clips}
        </label>
        <input
          id={id}
          type="number"
          min={1}
          max={MOST_CLIPS}
          className="field number w-28! py-1!"
          value={clips}
          onChange={({ target }) =>
            setClips(Math.min(MOST_CLIPS, Math.max(1, Math.round(Number(target.value)))))
          }
        />
      </div>
      <output className="flex flex-col" aria-label={words.total}>
        {data?.quote === undefined ? (
          <span className="text-sm text-soft">
            {account === null ? texts.model.run.signIn : texts.model.price.unknown}
          </span>
        ) : (
          <>
            <span className="number text-xl">{formatMoney(decimalTimes(data.quote.price, clips))}</span>
            <span className="slate">
              {clips} × {formatMoney(data.quote.price)} ({data.quote.explanation.replaceAll(' x ', ' × ')})
            </span>
          </>
        )}
      </output>
    </section>
  );
}

interface PricedFieldProps {
  readonly schema: FieldSchema;
  readonly value: JsonValue | undefined;
  readonly onChange: (value: JsonValue) => void;
}

function PricedField({ schema, value, onChange }: PricedFieldProps) {
  const id = useId();
  if (schema.type === 'boolean')
    return <Switch label={schema.title} isOn={value === true} onChange={onChange} />;
  if (schema.enum !== undefined) {
    return (
      <div className="flex flex-col items-start gap-2">
        <span className="slate">{schema.title}</span>
        <Choice
          label={schema.title}
          value={String(value ?? '')}
          options={schema.enum.map((one) => ({ value: String(one), label: String(one) }))}
          onChange={(chosen) => onChange(schema.enum!.find((one) => String(one) === chosen)!)}
        />
      </div>
    );
  }
  return (
    <div className="flex flex-col gap-2">
      <label htmlFor={id} className="slate">
        {schema.title}
      </label>
      <input
        id={id}
        type="number"
        min={schema.minimum}
        max={schema.maximum}
        className="field number w-28! py-1!"
        value={String(value ?? '')}
        onChange={({ target }) => onChange(Number(target.value))}
      />
    </div>
  );
}
