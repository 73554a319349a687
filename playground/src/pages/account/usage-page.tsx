/** What was spent and on what: numbers for a time, small charts on one scale, and the ledger behind them. */
import { texts } from '../../texts/en.ts';
import { Choice } from '../../ui/choice.tsx';
import { CodeBlock } from '../../ui/code-block.tsx';
import { CopyAsCurl, curlLine } from '../../ui/copy-as-curl.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { Figures } from '../../ui/figures.tsx';
import { Money } from '../../ui/money.tsx';
import { Notice } from '../../ui/notice.tsx';
import { Page } from '../../ui/page.tsx';
import { Section } from '../../ui/section.tsx';
import { useAddress } from '../../ui/use-address.ts';
import { useAccount } from '../../wire/session.ts';
import {
  USAGE_DIMENSIONS,
  type Usage,
  type UsageDimension,
  usagePath,
  useUsage,
} from '../../wire/spending.ts';
import { Ledger } from './ledger.tsx';
import { UsageCharts } from './usage-charts.tsx';
import { sumOf } from './usage-sums.ts';
import { UsageTable } from './usage-table.tsx';
import { useGroupNames } from './use-group-names.ts';

const words = texts.account.usage;
const USUAL_DAYS = 30;

export function UsagePage() {
  const [query, change] = useAddress();
  const by = USAGE_DIMENSIONS.find((dimension) => dimension === query.get('by')) ?? 'endpoint';
  const days =
    Object.keys(words.periods)
      .map(Number)
      .find((each) => each === Number(query.get('days'))) ?? USUAL_DAYS;
  const usage = useUsage(by, days);
  return (
    <Page title={words.title} actions={<CopyAsCurl path={usagePath(by, days)} />}>
      <Numbers usage={usage.data} />
      <Section
        title={words.charts}
        actions={
          <>
            <Choice
              label={words.by}
              options={Object.entries(words.dimensions).map(([value, label]) => ({ value, label }))}
              value={by}
              onChange={(value) => change({ by: value === 'endpoint' ? '' : value })}
            />
            <Choice
              label={words.period}
              options={Object.entries(words.periods).map(([value, label]) => ({ value, label }))}
              value={String(days)}
              onChange={(value) => change({ days: value === String(USUAL_DAYS) ? '' : value })}
            />
          </>
        }
      >
        {usage.isError && <Notice kind="error">{usage.error.message}</Notice>}
        {usage.data !== undefined && <Charts usage={usage.data} by={by} days={days} />}
      </Section>
      <Ledger />
    </Page>
  );
}

function Numbers({ usage }: { readonly usage: Usage | undefined }) {
  const account = useAccount();
  const sum = sumOf(usage?.rows ?? []);
  return (
    <Figures
      figures={[
        { name: words.balance, value: <Money amount={account?.balance ?? '0'} /> },
        { name: words.charged, value: <Money amount={sum.charged} /> },
        { name: words.runs, value: sum.submitted },
        { name: words.finished, value: sum.completed },
      ]}
    />
  );
}

interface ChartsProps {
  readonly usage: Usage;
  readonly by: UsageDimension;
  readonly days: number;
}

function Charts({ usage, by, days }: ChartsProps) {
  const nameOf = useGroupNames(by);
  if (usage.rows.length === 0) {
    return (
      <EmptyState title={words.empty}>
        <p>{words.emptyText}</p>
        <CodeBlock label={words.emptyCurl} code={curlLine({ path: usagePath(by, days) })} />
      </EmptyState>
    );
  }
  return (
    <>
      <UsageCharts usage={usage} by={by} nameOf={nameOf} />
      <p className="text-sm text-soft">{words.days}</p>
      <details className="group">
        <summary className="link w-fit text-sm">{words.table}</summary>
        <div className="mt-3">
          <UsageTable usage={usage} by={by} nameOf={nameOf} />
        </div>
      </details>
    </>
  );
}
