import { useId } from 'react';
import { texts } from '../../../texts/en.ts';
import { Button } from '../../../ui/button.tsx';
import { rememberKey, useTypedKey } from '../../../wire/session-key.ts';

const words = texts.model.api;

interface KeyForCodeProps {
  readonly isShown: boolean;
  readonly onShown: (isShown: boolean) => void;
}

/** The key in the code: masked until it is asked for, and pasted first where this page load has not seen it. */
export function KeyForCode({ isShown, onShown }: KeyForCodeProps) {
  const key = useTypedKey();
  const id = useId();
  return (
    <div className="flex flex-col gap-2 text-sm">
      <div className="flex flex-wrap items-center gap-3">
        <label htmlFor={id} className="slate">
          {words.key}
        </label>
        <input
          id={id}
          type={isShown ? 'text' : 'password'}
          autoComplete="off"
          spellCheck={false}
          placeholder={words.keyField}
          className="field number w-64! py-1!"
          value={key ?? ''}
          onChange={({ target: { value } }) => rememberKey(value.trim() === '' ? undefined : value.trim())}
        />
        {key !== undefined && (
          <Button aria-pressed={isShown} onClick={() => onShown(!isShown)}>
            {isShown ? words.hide : words.show}
          </Button>
        )}
      </div>
      <p className="text-soft">{words.keyHint}</p>
    </div>
  );
}
