/** The request as text. What is typed here is in the form at once, and the other way round. */
import { useId, useState } from 'react';
import { toInput } from '../../../form/form-values.ts';
import type { Storyboard } from '../../../form/use-storyboard.ts';
import { texts } from '../../../texts/en.ts';
import type { JsonObject } from '../../../wire/json.ts';
import { FieldFrame } from './field-frame.tsx';

interface JsonEditorProps {
  readonly storyboard: Storyboard;
  readonly isBroken: boolean;
  readonly onBroken: (isBroken: boolean) => void;
}

const written = (input: JsonObject): string => JSON.stringify(input, null, 2);

export function JsonEditor({ storyboard, isBroken, onBroken }: JsonEditorProps) {
  const { input, replace, faults } = storyboard;
  const [text, setText] = useState(() => written(input));
  const id = useId();
  // A change from outside (a picture dropped on the page) replaces the text.
  if (!isBroken && written(toInput(storyboard.model, readObject(text) ?? {})) !== written(input)) {
    setText(written(input));
  }
  const change = (next: string) => {
    setText(next);
    const value = readObject(next);
    onBroken(value === undefined);
    if (value !== undefined) replace(value);
  };
  const message = isBroken ? texts.model.jsonNotObject : faults.map((fault) => fault.message).join(' ');
  return (
    <FieldFrame
      title={texts.model.jsonLabel}
      htmlFor={id}
      message={message === '' ? undefined : message}
      messageId={`${id}-message`}
    >
      <textarea
        id={id}
        spellCheck={false}
        autoCapitalize="off"
        rows={Math.max(14, text.split('\n').length + 1)}
        className="field number text-sm"
        value={text}
        aria-invalid={message === '' ? undefined : true}
        aria-describedby={`${id}-hint`}
        onChange={(event) => change(event.target.value)}
      />
      <p id={`${id}-hint`} className="text-sm text-soft">
        {texts.model.jsonHint}
      </p>
    </FieldFrame>
  );
}

function readObject(text: string): JsonObject | undefined {
  try {
    const value = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? value : undefined;
  } catch {
    return undefined;
  }
}
