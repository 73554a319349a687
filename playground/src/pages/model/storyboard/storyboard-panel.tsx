import { useState } from 'react';
import type { Storyboard } from '../../../form/use-storyboard.ts';
import { texts } from '../../../texts/en.ts';
import { Button, IconButton } from '../../../ui/button.tsx';
import { Choice } from '../../../ui/choice.tsx';
import { JsonEditor } from './json-editor.tsx';
import { StoryboardFields } from './storyboard-fields.tsx';

const words = texts.model;

interface StoryboardPanelProps {
  readonly storyboard: Storyboard;
  readonly isJsonBroken: boolean;
  readonly setJsonBroken: (isBroken: boolean) => void;
  readonly progress: number | undefined;
  readonly onHelp: () => void;
}

/** The inputs, as a form or as JSON. */
export function StoryboardPanel({
  storyboard,
  isJsonBroken,
  setJsonBroken,
  progress,
  onHelp,
}: StoryboardPanelProps) {
  const [view, setView] = useState('form');
  const change = (wanted: string) => {
    setJsonBroken(false);
    setView(wanted);
  };
  const views = [
    { value: 'form', label: words.form },
    { value: 'json', label: words.json },
  ];
  return (
    <section aria-label={words.storyboard} className="flex min-w-0 flex-col gap-4">
      <div className="flex items-center gap-2">
        <h2 className="slate mr-auto">{words.storyboard}</h2>
        <Choice label={words.viewLabel} options={views} value={view} onChange={change} />
        <Button
          look="plain"
          onClick={() => {
            setJsonBroken(false);
            storyboard.reset();
          }}
        >
          {words.reset}
        </Button>
        <IconButton icon="help" label={words.keyboard.open} onClick={onHelp} />
      </div>
      {view === 'form' ? (
        <StoryboardFields storyboard={storyboard} progress={progress} />
      ) : (
        <JsonEditor storyboard={storyboard} isBroken={isJsonBroken} onBroken={setJsonBroken} />
      )}
    </section>
  );
}
