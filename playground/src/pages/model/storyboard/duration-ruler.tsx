/** The length of the clip, set on the ruler itself. */
import { Slider } from 'radix-ui';
import type { Storyboard } from '../../../form/use-storyboard.ts';
import { Playhead, Ruler } from '../../../player/ruler.tsx';
import { texts } from '../../../texts/en.ts';
import type { FieldSchema } from '../../../wire/catalogue.ts';
import { FieldFrame } from './field-frame.tsx';

const words = texts.model.duration;
const AUTO = 'auto';

interface DurationRulerProps {
  readonly storyboard: Storyboard;
  readonly name: string;
  /** How far the open run is, 0..1; undefined when none is under way. */
  readonly progress: number | undefined;
}

export function DurationRuler({ storyboard, name, progress }: DurationRulerProps) {
  const { model, values, messageOf, set } = storyboard;
  const schema = model.schema.properties[name]!;
  const choices = durationChoices(schema);
  const [least = 1, most = 1] = [choices[0], choices.at(-1)];
  const longest = Math.max(most, model.longestDurationSeconds);
  const value = values[name] ?? schema.default;
  const isAuto = value === AUTO;
  const seconds = isAuto ? longest : Number(value ?? least);
  const choose = (choice: number) => set(name, schema.type === 'string' ? String(choice) : choice);
  return (
    <FieldFrame
      title={schema.title}
      aside={<span className="text-sm text-ink">{isAuto ? words.auto : words.seconds(seconds)}</span>}
      message={messageOf(name)}
    >
      <div className="flex items-start gap-4">
        <div className="relative min-w-0 grow">
          <Ruler seconds={longest} filled={isAuto ? 0 : seconds} />
          {progress !== undefined && <Playhead share={(progress * seconds) / longest} />}
          {/* Moves from choice to choice, which lie evenly on the ruler. */}
          <Slider.Root
            min={0}
            max={choices.length - 1}
            step={1}
            value={[nearestIndex(choices, seconds)]}
            onValueChange={([index]) => choose(choices[index!]!)}
            className="absolute top-0 flex h-6 touch-none items-center"
            style={{ left: `${(100 * least) / longest}%`, right: `${100 - (100 * most) / longest}%` }}
          >
            <Slider.Track className="h-full grow" />
            <Slider.Thumb
              data-auto={isAuto || undefined}
              aria-label={schema.title}
              aria-valuetext={isAuto ? words.auto : words.seconds(seconds)}
              className="block h-5 w-3 rounded-sm border-2 border-ink bg-paper transition-colors hover:bg-well data-auto:opacity-40"
            />
          </Slider.Root>
        </div>
        {schema.enum?.includes(AUTO) === true && (
          <button
            type="button"
            aria-pressed={isAuto}
            title={words.autoHint}
            onClick={() => set(name, isAuto ? String(choices[1] ?? least) : AUTO)}
            className="number rounded border border-hairline px-2 py-0.5 text-xs text-soft aria-pressed:bg-ink aria-pressed:text-paper"
          >
            {words.auto}
          </button>
        )}
      </div>
    </FieldFrame>
  );
}

/** The whole seconds that may be chosen, ascending. */
function durationChoices({ enum: values, minimum = 1, maximum = minimum }: FieldSchema): readonly number[] {
  if (values !== undefined) return values.map(Number).filter((seconds) => !Number.isNaN(seconds));
  return Array.from({ length: maximum - minimum + 1 }, (_, index) => minimum + index);
}

/** Of a value from elsewhere, which need not be one of the choices. */
const nearestIndex = (choices: readonly number[], seconds: number): number =>
  choices.reduce(
    (best, choice, index) => (Math.abs(choice - seconds) < Math.abs(choices[best]! - seconds) ? index : best),
    0,
  );
