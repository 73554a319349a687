import type { ReactNode } from 'react';
import { texts } from '../../../texts/en.ts';
import { formatMoney } from '../../../ui/money.tsx';
import { StateMark } from '../../../ui/state-mark.tsx';
import type { Run } from '../../../wire/run.ts';

const words = texts.model.details;

/** The slate of a run: everything about it that is a number. */
export const RunDetails = ({ run }: { readonly run: Run }) => (
  <dl
    aria-label={texts.model.result.details}
    className="flex flex-wrap gap-x-6 gap-y-2 border-y border-hairline py-3"
  >
    <Fact name={texts.model.result.title}>
      <StateMark state={run.state} />
    </Fact>
    {factsOf(run).map(([name, value]) => (
      <Fact key={name} name={name}>
        {value}
      </Fact>
    ))}
  </dl>
);

const Fact = ({ name, children }: { readonly name: string; readonly children: ReactNode }) => (
  <div>
    <dt className="slate">{name}</dt>
    <dd className="number text-sm">{children}</dd>
  </div>
);

function factsOf(run: Run): readonly (readonly [string, string])[] {
  const { output, charged, held, startedAt, finishedAt, createdAt } = run;
  const facts: (readonly [string, string] | undefined)[] = [
    output && [words.size, `${output.width}×${output.height}`],
    output && [words.length, `${output.durationSeconds} s`],
    [words.seed, String(run.seed)],
    charged === undefined ? [words.held, formatMoney(held)] : [words.charge, formatMoney(charged)],
    startedAt === undefined ? undefined : [words.waited, secondsBetween(createdAt, startedAt)],
    startedAt === undefined || finishedAt === undefined
      ? undefined
      : [words.rendered, secondsBetween(startedAt, finishedAt)],
    output && [words.file, formatBytes(output.byteLength)],
    run.engine === undefined ? undefined : [words.engine, run.engine],
    [words.id, run.id.slice(0, 8)],
  ];
  return facts.filter((fact) => fact !== undefined);
}

const secondsBetween = (from: string, until: string): string =>
  `${((Date.parse(until) - Date.parse(from)) / 1000).toFixed(1)} s`;

const formatBytes = (count: number): string =>
  count < 1_000_000 ? `${Math.round(count / 1000)} kB` : `${(count / 1_000_000).toFixed(1)} MB`;
