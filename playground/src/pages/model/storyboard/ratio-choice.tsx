/** The shape of the clip, chosen by its picture. */
import { RadioGroup } from 'radix-ui';
import type { FormValues } from '../../../form/form-values.ts';
import type { Storyboard } from '../../../form/use-storyboard.ts';
import { texts } from '../../../texts/en.ts';
import { fieldOfRole, type Model } from '../../../wire/catalogue.ts';
import { FieldFrame } from './field-frame.tsx';

const words = texts.model.ratio;

/** Stands for the picture's own ratio: `auto` where the model has the word, leaving the field out elsewhere. */
const AS_IMAGE = 'auto';
const DRAWING_AREA = 420;

export function RatioChoice({
  storyboard,
  name,
}: {
  readonly storyboard: Storyboard;
  readonly name: string;
}) {
  const { model, values, messageOf, set } = storyboard;
  const schema = model.schema.properties[name]!;
  const ratios = (schema.enum ?? []).map(String).filter((value) => value !== AS_IMAGE);
  const hasWord = schema.enum?.includes(AS_IMAGE) === true;
  const chosen = String(values[name] ?? AS_IMAGE);
  const ordered = ratios.toSorted((a, b) => ratioOf(b) - ratioOf(a));
  return (
    <FieldFrame title={schema.title} message={messageOf(name)}>
      <RadioGroup.Root
        aria-label={schema.title}
        value={chosen}
        onValueChange={(value) => set(name, value === AS_IMAGE && !hasWord ? undefined : value)}
        className="flex flex-wrap items-end gap-x-1 gap-y-2"
      >
        {[AS_IMAGE, ...ordered].map((value) => (
          <RadioGroup.Item
            key={value}
            value={value}
            className="group/shape flex h-14 min-w-11 flex-col items-center justify-end gap-1 rounded px-1 pb-0.5 text-soft transition-colors hover:text-ink data-[state=checked]:text-ink"
          >
            <Shape ratio={value === AS_IMAGE ? undefined : ratioOf(value)} />
            <span className="number text-xs">{value === AS_IMAGE ? words.asImage : value}</span>
          </RadioGroup.Item>
        ))}
      </RadioGroup.Root>
      <p className="text-xs text-soft">{chosen === AS_IMAGE ? words.whole : words.crop(chosen)}</p>
    </FieldFrame>
  );
}

/** All shapes at one area, as the sizes are. Filled when chosen. */
function Shape({ ratio }: { readonly ratio: number | undefined }) {
  const width = Math.sqrt(DRAWING_AREA * (ratio ?? 4 / 3));
  const height = DRAWING_AREA / width;
  return (
    <span
      aria-hidden="true"
      className={`block rounded-sm border-[1.5px] border-current group-data-[state=checked]/shape:bg-ink ${ratio === undefined ? 'border-dashed' : ''}`}
      style={{ width, height }}
    />
  );
}

/** Width over height of the clip; undefined when it takes the picture's own. */
export function chosenRatio(model: Model, values: FormValues): number | undefined {
  const field = fieldOfRole(model, 'aspectRatio');
  const chosen = field === undefined ? undefined : values[field];
  return typeof chosen === 'string' && chosen.includes(':') ? ratioOf(chosen) : undefined;
}

/** Width over height of a text such as `16:9`; 1 for anything else. */
function ratioOf(text: string): number {
  const [width = 1, height = 1] = text.split(':').map(Number);
  return width / height || 1;
}
