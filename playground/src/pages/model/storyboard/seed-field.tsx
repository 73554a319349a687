import { useId } from 'react';
import type { Storyboard } from '../../../form/use-storyboard.ts';
import { texts } from '../../../texts/en.ts';
import { IconButton } from '../../../ui/button.tsx';
import { FieldFrame } from './field-frame.tsx';

const words = texts.model.seed;
/** Short enough to be read out. */
const LARGEST_DRAWN = 999_999;

export const drawSeed = (): number => Math.floor(Math.random() * (LARGEST_DRAWN + 1));

/** A number that repeats a clip, a dice that draws one; empty or the model's own word for it means random. */
export function SeedField({ storyboard, name }: { readonly storyboard: Storyboard; readonly name: string }) {
  const { model, values, messageOf, set } = storyboard;
  const schema = model.schema.properties[name]!;
  const id = useId();
  const value = values[name];
  const isRandom = value === undefined || value === -1;
  const message = messageOf(name);
  return (
    <FieldFrame title={schema.title} htmlFor={id} message={message} className="w-40">
      <div className="flex">
        <input
          id={id}
          type="number"
          min={0}
          max={schema.maximum}
          step={1}
          className="field number rounded-r-none! py-1!"
          placeholder={words.random}
          title={words.hint}
          aria-invalid={message === undefined ? undefined : true}
          value={isRandom ? '' : String(value)}
          onChange={({ target }) => set(name, target.value === '' ? schema.default : Number(target.value))}
        />
        <IconButton
          icon="dice"
          label={words.dice}
          onClick={() => set(name, drawSeed())}
          className="rounded-l-none! border-l-0! border-hairline! bg-sheet h-auto!"
        />
      </div>
    </FieldFrame>
  );
}
