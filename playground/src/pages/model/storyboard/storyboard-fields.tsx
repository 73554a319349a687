/** The form, drawn from the model's schema: every field stands where its role has its place. */
import type { Storyboard } from '../../../form/use-storyboard.ts';
import { texts } from '../../../texts/en.ts';
import { Icon } from '../../../ui/icon.tsx';
import { type FieldRole, useCatalogue } from '../../../wire/catalogue.ts';
import { DurationRuler } from './duration-ruler.tsx';
import { FrameField } from './frame-field.tsx';
import { FrameListField } from './frame-list-field.tsx';
import { PlainField } from './plain-field.tsx';
import { PromptField } from './prompt-field.tsx';
import { chosenRatio, RatioChoice } from './ratio-choice.tsx';
import { SeedField } from './seed-field.tsx';

/** Roles with a place of their own; all others stand together below. */
const PLACED: readonly FieldRole[] = [
  'image',
  'images',
  'prompt',
  'lastImage',
  'referenceVideos',
  'referenceAudios',
  'duration',
  'aspectRatio',
];

interface StoryboardFieldsProps {
  readonly storyboard: Storyboard;
  readonly progress: number | undefined;
}

export function StoryboardFields({ storyboard, progress }: StoryboardFieldsProps) {
  const { model } = storyboard;
  const names = model.schema['x-order-properties'];
  const isHidden = (name: string) => model.schema.properties[name]?.['x-hidden'] === true;
  const withRole = (...roles: FieldRole[]) =>
    names.filter((name) => !isHidden(name) && roles.includes(model.roles[name]!));
  const field = (name: string) => (
    <Field key={name} name={name} storyboard={storyboard} progress={progress} />
  );
  const references = withRole('referenceVideos', 'referenceAudios');
  const others = names.filter((name) => !isHidden(name) && !PLACED.includes(model.roles[name]!));
  const isSwitch = (name: string) => model.schema.properties[name]?.type === 'boolean';
  const switches = others.filter(isSwitch);
  const numbers = others.filter((name) => !isSwitch(name));
  const more = names.filter(isHidden);
  return (
    <div className="flex flex-col gap-6">
      <div className="@container">
        <div className="grid gap-4 @2xl:grid-cols-[minmax(0,1fr)_minmax(0,1.25fr)_minmax(0,1fr)] @2xl:has-[>:nth-child(2):last-child]:grid-cols-[minmax(0,1fr)_minmax(0,1.4fr)]">
          {withRole('image', 'images').map(field)}
          {withRole('prompt').map(field)}
          {withRole('lastImage').map(field)}
        </div>
      </div>
      {references.length > 0 && <div className="grid gap-4 sm:grid-cols-2">{references.map(field)}</div>}
      {withRole('duration').map(field)}
      {withRole('aspectRatio').map(field)}
      {numbers.length + switches.length > 0 && (
        <div className="flex flex-wrap items-end gap-x-8 gap-y-4">
          {numbers.map(field)}
          {/* On the line of the controls beside them. */}
          <div className="flex min-h-8 flex-wrap items-center gap-x-6 gap-y-2">{switches.map(field)}</div>
        </div>
      )}
      {more.length > 0 && (
        <details className="group/more">
          <summary className="slate inline-flex list-none items-center gap-1 hover:text-ink [&::-webkit-details-marker]:hidden">
            <span className="transition-transform group-open/more:rotate-90">
              <Icon name="right" size={12} />
            </span>
            {texts.model.more}
          </summary>
          <div className="grid gap-4 pt-4 sm:grid-cols-2">{more.map(field)}</div>
        </details>
      )}
    </div>
  );
}

interface FieldProps extends StoryboardFieldsProps {
  readonly name: string;
}

const Field = ({ name, ...rest }: FieldProps) => (
  <div data-field={name} className="min-w-0">
    <FieldByRole name={name} {...rest} />
  </div>
);

function FieldByRole({ name, storyboard, progress }: FieldProps) {
  const { model, values } = storyboard;
  const sample = useSample(storyboard, name);
  const ratio = chosenRatio(model, values);
  const frame = { storyboard, name, ratio };
  switch (model.roles[name]) {
    case 'image':
      return <FrameField {...frame} title={texts.model.frame.start} onSample={sample} />;
    case 'lastImage':
      return <FrameField {...frame} title={texts.model.frame.end} />;
    case 'images':
      return <FrameListField {...frame} onSample={sample} />;
    case 'referenceVideos':
    case 'referenceAudios':
      return <FrameListField {...frame} />;
    case 'prompt':
      return <PromptField storyboard={storyboard} name={name} />;
    case 'duration':
      return <DurationRuler storyboard={storyboard} name={name} progress={progress} />;
    case 'aspectRatio':
      return <RatioChoice storyboard={storyboard} name={name} />;
    case 'seed':
      return <SeedField storyboard={storyboard} name={name} />;
    default:
      return <PlainField storyboard={storyboard} name={name} />;
  }
}

/** Puts the server's sample picture in, with its prompt where there is none yet. */
function useSample({ model, values, give, set }: Storyboard, name: string): (() => void) | undefined {
  const example = useCatalogue().data?.examples?.[0];
  if (example === undefined) return undefined;
  const prompt = model.schema['x-order-properties'].find((other) => model.roles[other] === 'prompt');
  return () => {
    give({ files: [], address: location.origin + example.imageUrlPath }, name);
    if (prompt !== undefined && values[prompt] === undefined) set(prompt, example.prompt);
  };
}
