/** The request of the form as a program, and the answer of the open run as it came. */
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { curlOf } from '../../../code/curl.ts';
import { javascriptOf } from '../../../code/javascript.ts';
import { pythonOf } from '../../../code/python.ts';
import type { Storyboard } from '../../../form/use-storyboard.ts';
import { texts } from '../../../texts/en.ts';
import { Choice } from '../../../ui/choice.tsx';
import { CodeBlock } from '../../../ui/code-block.tsx';
import { isEnded, protocolAnswerPath, type Run, readProtocolAnswer } from '../../../wire/run.ts';
import { useTypedKey } from '../../../wire/session-key.ts';
import { InputTable } from './input-table.tsx';
import { KeyForCode } from './key-for-code.tsx';

const words = texts.model.api;

const LANGUAGES = {
  curl: { label: 'curl', write: curlOf },
  javascript: { label: 'JavaScript', write: javascriptOf },
  python: { label: 'Python', write: pythonOf },
} as const;

type Language = keyof typeof LANGUAGES;

interface ApiTabProps {
  readonly storyboard: Storyboard;
  readonly run: Run | undefined;
}

export function ApiTab({ storyboard, run }: ApiTabProps) {
  const { model, input } = storyboard;
  const [language, setLanguage] = useState<Language>('curl');
  const [isShown, setShown] = useState(false);
  const key = useTypedKey();
  const write = (withKey: string | undefined) =>
    LANGUAGES[language].write(model, input, { origin: location.origin, key: withKey });
  const shownKey = key === undefined || isShown ? key : masked(key);
  return (
    <div className="grid gap-x-10 gap-y-8 lg:grid-cols-2">
      <section className="flex min-w-0 flex-col gap-4">
        <p className="text-soft">{words.lead}</p>
        <div>
          <Choice
            label={words.languages}
            options={Object.entries(LANGUAGES).map(([value, { label }]) => ({ value, label }))}
            value={language}
            onChange={(value) => setLanguage(value as Language)}
          />
        </div>
        <CodeBlock label={words.request} code={write(shownKey)} copied={() => write(key)} />
        <KeyForCode isShown={isShown} onShown={setShown} />
        <a href="/reference" className="link self-start text-sm">
          {words.reference}
        </a>
      </section>
      <section className="flex min-w-0 flex-col gap-4">
        <h2 className="slate">{words.response}</h2>
        <Response run={run} />
        <h2 className="slate">{words.schema}</h2>
        <InputTable model={model} />
      </section>
    </div>
  );
}

/** Enough to tell which key it is. */
const masked = (key: string): string => `${key.slice(0, 6)}${'*'.repeat(12)}`;

function Response({ run }: { readonly run: Run | undefined }) {
  const hasEnded = run !== undefined && isEnded(run);
  const answer = useQuery({
    queryKey: ['account', 'answer', run?.id],
    queryFn: () => readProtocolAnswer(run!),
    enabled: hasEnded,
    retry: false,
    staleTime: Number.POSITIVE_INFINITY,
  });
  if (!hasEnded || answer.data === undefined)
    return <p className="text-sm text-soft">{words.responseNone}</p>;
  return (
    <>
      <p className="text-sm text-soft">{words.responseLead}</p>
      <CodeBlock
        label={words.response}
        code={`GET ${protocolAnswerPath(run)}\n\n${JSON.stringify(answer.data, null, 2)}`}
      />
    </>
  );
}
