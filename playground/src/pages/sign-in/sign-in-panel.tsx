import { type FormEvent, useId, useState } from 'react';
import { texts } from '../../texts/en.ts';
import { Button } from '../../ui/button.tsx';
import { CodeBlock } from '../../ui/code-block.tsx';
import { Notice } from '../../ui/notice.tsx';
import { useSignIn } from '../../wire/session.ts';
import { rememberKey } from '../../wire/session-key.ts';

const words = texts.signIn;

/** A field for the key, and where a key comes from. */
export const SignInPanel = () => (
  <div className="grid max-w-5xl gap-x-12 gap-y-8 md:grid-cols-[minmax(0,2fr)_minmax(0,3fr)]">
    <KeyForm />
    <section className="flex min-w-0 flex-col gap-3 text-sm text-soft">
      <h2 className="font-semibold text-ink">{words.hintTitle}</h2>
      <p>{words.hint}</p>
      <CodeBlock label={words.commandLabel} code={words.command} />
      <p>{words.hintKey}</p>
      <CodeBlock label={words.keyCommandLabel} code={words.keyCommand} />
    </section>
  </div>
);

function KeyForm() {
  const [key, setKey] = useState('');
  const signIn = useSignIn();
  const fieldId = useId();
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const trimmed = key.trim();
    if (trimmed !== '') signIn.mutate({ key: trimmed }, { onSuccess: () => rememberKey(trimmed) });
  };
  return (
    <form onSubmit={submit} className="flex flex-col items-start gap-3">
      <label htmlFor={fieldId} className="font-semibold">
        {words.key}
      </label>
      <input
        id={fieldId}
        required
        type="password"
        autoComplete="current-password"
        spellCheck={false}
        className="field number"
        value={key}
        onChange={(event) => setKey(event.target.value)}
        aria-invalid={signIn.isError || undefined}
        aria-describedby={`${fieldId}-kept`}
      />
      {signIn.isError && <Notice kind="error">{signIn.error.message}</Notice>}
      <Button type="submit" look="primary" icon="key" disabled={signIn.isPending}>
        {words.submit}
      </Button>
      <p id={`${fieldId}-kept`} className="text-sm text-soft">
        {words.kept}
      </p>
    </form>
  );
}
