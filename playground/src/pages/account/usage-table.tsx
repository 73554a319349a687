import { Link } from 'wouter';
import { texts } from '../../texts/en.ts';
import { DataTable } from '../../ui/data-table.tsx';
import { Money } from '../../ui/money.tsx';
import type { Usage, UsageDimension, UsageRow } from '../../wire/spending.ts';
import { runsBehind } from './usage-links.ts';
import { sumOf } from './usage-sums.ts';
import type { GroupName } from './use-group-names.ts';

const words = texts.account.usage;
const DAY_MS = 24 * 3_600_000;

interface UsageTableProps {
  readonly usage: Usage;
  readonly by: UsageDimension;
  readonly nameOf: GroupName;
}

/** The charts as numbers, newest day first; each leads to the runs behind it. */
export function UsageTable({ usage, by, nameOf }: UsageTableProps) {
  const sum = sumOf(usage.rows);
  const behind = ({ day, group }: UsageRow) => {
    const from = `${day}T00:00:00.000Z`;
    return runsBehind(by, group, from, new Date(Date.parse(from) + DAY_MS).toISOString());
  };
  return (
    <DataTable
      label={words.tableLabel}
      rows={usage.rows.toReversed()}
      keyOf={({ day, group }) => `${day} ${group}`}
      columns={[
        {
          id: 'day',
          title: words.columns.day,
          cell: (row) => <span className="number text-xs whitespace-nowrap">{row.day}</span>,
          total: words.total,
        },
        { id: 'group', title: words.columns.group, cell: ({ group }) => nameOf(group) },
        {
          id: 'runs',
          title: words.columns.runs,
          isNumber: true,
          cell: (row) => (
            <Link href={behind(row)} className="link number">
              {row.submitted}
            </Link>
          ),
          total: <span className="number">{sum.submitted}</span>,
        },
        {
          id: 'finished',
          isAside: true,
          title: words.columns.finished,
          isNumber: true,
          cell: ({ completed }) => <span className="number">{completed}</span>,
          total: <span className="number">{sum.completed}</span>,
        },
        {
          id: 'charged',
          title: words.columns.charged,
          isNumber: true,
          cell: ({ charged }) => <Money amount={charged} />,
          total: <Money amount={sum.charged} />,
        },
      ]}
    />
  );
}
