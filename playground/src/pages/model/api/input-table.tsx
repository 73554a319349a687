import { texts } from '../../../texts/en.ts';
import type { FieldSchema, Model } from '../../../wire/catalogue.ts';

const words = texts.model.api;

/** Every input of the model, as its schema says it. */
export const InputTable = ({ model: { schema } }: { readonly model: Model }) => (
  <div className="flex flex-col">
    {schema['x-order-properties'].map((name) => {
      const field = schema.properties[name]!;
      return (
        <div
          key={name}
          className="grid gap-x-4 gap-y-1 border-t border-hairline py-2 text-sm sm:grid-cols-[10rem_1fr]"
        >
          <div>
            <code>{name}</code>
            {schema.required.includes(name) && <span className="slate block">{words.required}</span>}
          </div>
          <div className="min-w-0">
            <p>{field.description}</p>
            <p className="slate break-words">{valuesOf(field)}</p>
          </div>
        </div>
      );
    })}
  </div>
);

/** The values that are allowed, and the one that is taken when nothing is said. */
function valuesOf(field: FieldSchema): string {
  const { type, enum: values, minimum, maximum, maxItems, default: usual } = field;
  const parts = [
    values === undefined ? type : values.join(', '),
    minimum === undefined || maximum === undefined ? undefined : words.range(minimum, maximum),
    maxItems === undefined ? undefined : words.atMost(maxItems),
    usual === undefined ? undefined : words.usual(String(usual)),
  ];
  return parts.filter((part) => part !== undefined).join('; ');
}
