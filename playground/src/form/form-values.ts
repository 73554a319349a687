/** The form's values by wire name, and the request that they make: in the schema's order, without what is empty. */
import type { InputSchema, Model, ModelInput } from '../wire/catalogue.ts';
import type { JsonValue } from '../wire/json.ts';

export type FormValues = Readonly<Record<string, JsonValue>>;

/** Every field at its default; the others absent. */
export function initialValues({ schema }: Pick<Model, 'schema'>): FormValues {
  const defaults = schema['x-order-properties'].flatMap((name): [string, JsonValue][] => {
    const value = schema.properties[name]?.default;
    return value === undefined ? [] : [[name, value]];
  });
  return Object.fromEntries(defaults);
}

const isEmpty = (value: JsonValue | undefined): boolean =>
  value === undefined || value === null || value === '' || (Array.isArray(value) && value.length === 0);

/** What is sent. Names that the model does not have are left out, as the server would. */
export function toInput({ schema }: { readonly schema: InputSchema }, values: FormValues): ModelInput {
  const given = schema['x-order-properties'].filter((name) => !isEmpty(values[name]));
  return Object.fromEntries(given.map((name) => [name, values[name]!]));
}

/** The files of a field, whether it takes one or several. */
export function filesOf(values: FormValues, name: string): readonly string[] {
  const value = values[name];
  if (Array.isArray(value)) return value.filter((item): item is string => typeof item === 'string');
  return typeof value === 'string' && value !== '' ? [value] : [];
}
