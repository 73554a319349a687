/** Everything that was asked for, side by side; what differs is marked by a sign and a word. */
import { useState } from 'react';
import { Link } from 'wouter';
import { paths } from '../../app/routes.ts';
import { texts } from '../../texts/en.ts';
import { type Column, DataTable } from '../../ui/data-table.tsx';
import { formatMoney } from '../../ui/money.tsx';
import { Section } from '../../ui/section.tsx';
import { Switch } from '../../ui/switch.tsx';
import type { JsonValue } from '../../wire/json.ts';
import type { Run } from '../../wire/run.ts';

const words = texts.runs;

interface Row {
  readonly name: string;
  readonly left: string;
  readonly right: string;
  readonly differs: boolean;
}

export function DifferenceTable({ left, right }: { readonly left: Run; readonly right: Run }) {
  const [onlyDifferences, setOnly] = useState(true);
  const rows = rowsOf(left, right);
  const shown = rows.filter(({ differs }) => differs || !onlyDifferences);
  return (
    <Section
      title={words.differences}
      actions={<Switch label={words.onlyDifferences} isOn={onlyDifferences} onChange={setOnly} />}
    >
      {shown.length === 0 ? (
        <p className="text-soft">{words.noDifferences}</p>
      ) : (
        <DataTable
          label={words.inputs}
          columns={columnsOf(left, right)}
          rows={shown}
          keyOf={({ name }) => name}
        />
      )}
    </Section>
  );
}

const columnsOf = (left: Run, right: Run): readonly Column<Row>[] => [
  {
    id: 'name',
    title: words.what,
    cell: ({ name, differs }) => (
      <span className="number inline-flex items-center gap-2 whitespace-nowrap">
        <span aria-hidden="true" className="w-3 text-center">
          {differs ? '≠' : ''}
        </span>
        {name}
        <span className="sr-only">{differs ? words.differs : words.same}</span>
      </span>
    ),
  },
  {
    id: 'left',
    title: words.side.left,
    cell: (row) => <Value text={row.left} run={row.name === FIRST ? left : undefined} />,
  },
  {
    id: 'right',
    title: words.side.right,
    cell: (row) => <Value text={row.right} run={row.name === FIRST ? right : undefined} />,
  },
];

const FIRST = words.row.model;

const Value = ({ text, run }: { readonly text: string; readonly run: Run | undefined }) =>
  run === undefined ? (
    <span className="number block max-w-md py-1.5 text-xs break-words">{text}</span>
  ) : (
    <Link href={paths.run(run)} className="link number text-xs">
      {text}
    </Link>
  );

function rowsOf(left: Run, right: Run): readonly Row[] {
  const names = [...new Set([...Object.keys(left.input), ...Object.keys(right.input)])].filter(
    (name) => name !== 'seed',
  );
  const facts = Object.entries(FACTS).map(([name, fact]) => rowOf(name, fact(left), fact(right)));
  const inputs = names.map((name) => rowOf(name, textOf(left.input[name]), textOf(right.input[name])));
  return [facts[0]!, ...inputs, ...facts.slice(1)];
}

const rowOf = (name: string, left: string, right: string): Row => ({
  name,
  left,
  right,
  differs: left !== right,
});

const NONE = '-';

const FACTS: Readonly<Record<string, (run: Run) => string>> = {
  [words.row.model]: ({ protocol, endpoint }) => `${texts.protocols[protocol]} ${endpoint}`,
  [words.row.seed]: ({ seed }) => String(seed),
  [words.row.size]: ({ output }) => (output === undefined ? NONE : `${output.width}x${output.height}`),
  [words.row.duration]: ({ output }) => (output === undefined ? NONE : `${output.durationSeconds} s`),
  [words.row.engine]: ({ engine }) => engine ?? NONE,
  [words.row.charged]: ({ charged }) => (charged === undefined ? NONE : formatMoney(charged)),
  [words.row.took]: ({ startedAt, finishedAt }) =>
    startedAt === undefined || finishedAt === undefined
      ? NONE
      : `${((Date.parse(finishedAt) - Date.parse(startedAt)) / 1000).toFixed(1)} s`,
};

const textOf = (value: JsonValue | undefined): string => {
  if (value === undefined || value === null) return NONE;
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
};
