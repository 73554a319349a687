/** Fields with no drawing of their own, by what their schema says. */
import { useId } from 'react';
import type { Storyboard } from '../../../form/use-storyboard.ts';
import { Choice } from '../../../ui/choice.tsx';
import { Switch } from '../../../ui/switch.tsx';
import { FieldFrame } from './field-frame.tsx';

interface PlainFieldProps {
  readonly storyboard: Storyboard;
  readonly name: string;
}

export function PlainField({ storyboard, name }: PlainFieldProps) {
  const { model, values, messageOf, set } = storyboard;
  const schema = model.schema.properties[name]!;
  const value = values[name] ?? schema.default;
  if (schema.type === 'boolean') {
    return (
      <Switch
        label={schema.title}
        title={schema.description}
        isOn={value === true}
        onChange={(isOn) => set(name, isOn)}
      />
    );
  }
  if (schema.enum !== undefined) {
    const options = schema.enum.map((option) => ({ value: String(option), label: String(option) }));
    const inOrder = options.toSorted((a, b) => Number.parseFloat(a.value) - Number.parseFloat(b.value));
    return (
      <FieldFrame title={schema.title} message={messageOf(name)}>
        <Choice
          label={schema.title}
          options={inOrder}
          value={String(value ?? '')}
          onChange={(chosen) =>
            set(
              name,
              schema.enum!.find((option) => String(option) === chosen),
            )
          }
        />
      </FieldFrame>
    );
  }
  return <TextField storyboard={storyboard} name={name} />;
}

function TextField({ storyboard, name }: PlainFieldProps) {
  const { model, values, messageOf, set } = storyboard;
  const schema = model.schema.properties[name]!;
  const id = useId();
  const isNumber = schema.type === 'integer' || schema.type === 'number';
  return (
    <FieldFrame title={schema.title} htmlFor={id} message={messageOf(name)}>
      <input
        id={id}
        type={isNumber ? 'number' : 'text'}
        className="field py-1!"
        title={schema.description}
        maxLength={schema.maxLength}
        min={schema.minimum}
        max={schema.maximum}
        value={String(values[name] ?? '')}
        onChange={({ target: { value } }) =>
          set(name, value === '' ? undefined : isNumber ? Number(value) : value)
        }
      />
    </FieldFrame>
  );
}
