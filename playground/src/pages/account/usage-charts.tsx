/** Small multiples: a chart for each group, a bar for each day, all on one scale, the dearest first. */
import { Link } from 'wouter';
import { texts } from '../../texts/en.ts';
import { formatMoney, Money } from '../../ui/money.tsx';
import type { Usage, UsageDimension, UsageRow } from '../../wire/spending.ts';
import { DayBars } from './day-bars.tsx';
import { runsBehind } from './usage-links.ts';
import { microDollarsOf, sumOf } from './usage-sums.ts';
import type { GroupName } from './use-group-names.ts';

const words = texts.account.usage;

interface UsageChartsProps {
  readonly usage: Usage;
  readonly by: UsageDimension;
  readonly nameOf: GroupName;
}

export function UsageCharts({ usage, by, nameOf }: UsageChartsProps) {
  const days = daysOf(usage);
  const groups = [...Map.groupBy(usage.rows, ({ group }) => group)]
    .map(([group, rows]) => ({ group, rows, sum: sumOf(rows) }))
    .sort((a, b) => Number(microDollarsOf(b.sum.charged) - microDollarsOf(a.sum.charged)));
  const highest = usage.rows.reduce((most, row) => Math.max(most, heightOf(row)), 0);
  return (
    <ul className="grid gap-x-8 gap-y-7 sm:grid-cols-2 xl:grid-cols-3">
      {groups.map(({ group, rows, sum }) => (
        <li key={group} className="flex min-w-0 flex-col gap-2">
          <h3 className="truncate text-sm" title={nameOf(group)}>
            {nameOf(group)}
          </h3>
          <DayBars
            label={words.chart(nameOf(group), formatMoney(sum.charged), sum.submitted)}
            highest={highest}
            bars={days.map((day) => barOf(day, rows))}
          />
          <p className="slate flex justify-between">
            <Link href={runsBehind(by, group, usage.from, usage.until)} className="link text-ink">
              {words.runCount(sum.submitted)}
            </Link>
            <Money amount={sum.charged} />
          </p>
        </li>
      ))}
    </ul>
  );
}

const DAY_MS = 24 * 3_600_000;

/** Every day of the period, as the rows name them. */
function daysOf({ from, until }: Usage): readonly string[] {
  const count = Math.ceil((Date.parse(until) - Date.parse(from)) / DAY_MS);
  return Array.from({ length: count }, (_, index) =>
    new Date(Date.parse(from) + index * DAY_MS).toISOString().slice(0, 10),
  );
}

const heightOf = ({ charged }: Pick<UsageRow, 'charged'>): number => Number(microDollarsOf(charged));

function barOf(day: string, rows: readonly UsageRow[]) {
  const row = rows.find((each) => each.day === day);
  const { charged, submitted } = row ?? { charged: '0', submitted: 0 };
  return {
    day,
    height: heightOf({ charged }),
    isUsed: submitted > 0,
    text: words.bar(day, formatMoney(charged), submitted),
  };
}
