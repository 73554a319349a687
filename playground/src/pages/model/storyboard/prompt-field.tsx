import { useId, useRef } from 'react';
import { useSettled } from '../../../form/use-settled.ts';
import type { Storyboard } from '../../../form/use-storyboard.ts';
import { texts } from '../../../texts/en.ts';
import { usePromptReading } from '../../../wire/prompt-reading.ts';
import { FieldFrame } from './field-frame.tsx';
import { PromptReadingChips, SuggestionChips } from './prompt-chips.tsx';

const words = texts.model.prompt;
const SETTLING_MS = 300;

/** What happens, and live under it what the engine understands of it. */
export function PromptField({
  storyboard,
  name,
}: {
  readonly storyboard: Storyboard;
  readonly name: string;
}) {
  const { model, values, messageOf, set } = storyboard;
  const id = useId();
  const area = useRef<HTMLTextAreaElement>(null);
  const prompt = typeof values[name] === 'string' ? values[name] : '';
  const { data: reading } = usePromptReading(model, useSettled(prompt, SETTLING_MS));
  const isRequired = model.schema.required.includes(name);
  const insert = (word: string) => {
    const text = prompt.trim();
    set(name, text === '' ? word : `${text}${/[,.!?;]$/.test(text) ? '' : ','} ${word}`);
    area.current?.focus();
  };
  const message = messageOf(name);
  return (
    <FieldFrame
      title={model.schema.properties[name]!.title}
      htmlFor={id}
      aside={isRequired ? undefined : texts.model.frame.optional}
      message={message}
      messageId={`${id}-message`}
      className="h-full"
    >
      <textarea
        id={id}
        ref={area}
        rows={4}
        className="field min-h-28 grow resize-y"
        placeholder={words.hint}
        value={prompt}
        aria-invalid={message === undefined ? undefined : true}
        aria-describedby={message === undefined ? undefined : `${id}-message`}
        onChange={(event) => set(name, event.target.value === '' ? undefined : event.target.value)}
      />
      {prompt.trim() !== '' && reading?.readsPrompts === true && <PromptReadingChips reading={reading} />}
      <SuggestionChips prompt={prompt} onInsert={insert} />
    </FieldFrame>
  );
}
