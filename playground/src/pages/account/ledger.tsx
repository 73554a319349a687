/** Every movement of the wallet, page by page. */
import { Link } from 'wouter';
import { paths } from '../../app/routes.ts';
import { texts } from '../../texts/en.ts';
import { Button } from '../../ui/button.tsx';
import { Choice } from '../../ui/choice.tsx';
import { CopyAsCurl } from '../../ui/copy-as-curl.tsx';
import { DataTable } from '../../ui/data-table.tsx';
import { Money } from '../../ui/money.tsx';
import { Notice } from '../../ui/notice.tsx';
import { Section } from '../../ui/section.tsx';
import { useAddress } from '../../ui/use-address.ts';
import { When } from '../../ui/when.tsx';
import {
  MOVEMENTS_PER_PAGE,
  type Movement,
  type MovementKind,
  movementsPath,
  useMovements,
} from '../../wire/spending.ts';

const words = texts.account.usage;

export function Ledger() {
  const [query, change] = useAddress();
  const page = Math.max(1, Number(query.get('page') ?? 1) || 1);
  const kind = (['hold', 'settlement', 'grant'] as const).find((each) => each === query.get('kind'));
  const movements = useMovements(page, kind);
  const pages = Math.max(1, Math.ceil((movements.data?.total ?? 0) / MOVEMENTS_PER_PAGE));
  const toPage = (wanted: number) => change({ page: wanted === 1 ? '' : String(wanted) });
  return (
    <Section
      title={words.ledger}
      actions={
        <>
          <Choice
            label={words.kind}
            options={Object.entries(words.kinds).map(([value, label]) => ({ value, label }))}
            value={kind ?? 'all'}
            onChange={(value) => change({ kind: value === 'all' ? '' : value, page: '' })}
          />
          <CopyAsCurl path={movementsPath(page, kind)} />
        </>
      }
    >
      <p className="max-w-3xl text-sm text-soft">{words.ledgerLead}</p>
      {movements.isError && <Notice kind="error">{movements.error.message}</Notice>}
      {movements.data?.total === 0 && <p className="text-soft">{words.noMovements}</p>}
      {movements.data !== undefined && movements.data.total > 0 && (
        <MovementTable movements={movements.data.movements} />
      )}
      {pages > 1 && (
        <nav aria-label={words.pages} className="flex items-center gap-3">
          <Button look="plain" icon="left" disabled={page <= 1} onClick={() => toPage(page - 1)}>
            {words.newer}
          </Button>
          <span className="number text-sm">{words.page(page, pages)}</span>
          <Button look="plain" icon="right" disabled={page >= pages} onClick={() => toPage(page + 1)}>
            {words.older}
          </Button>
        </nav>
      )}
    </Section>
  );
}

const MovementTable = ({ movements }: { readonly movements: readonly Movement[] }) => (
  <DataTable
    label={words.ledgerLabel}
    rows={movements}
    keyOf={({ sequence }) => String(sequence)}
    columns={[
      { id: 'at', title: words.ledgerColumns.at, cell: ({ at }) => <When at={at} /> },
      { id: 'kind', title: words.ledgerColumns.kind, cell: ({ kind }) => MOVEMENT_WORDS[kind] },
      {
        id: 'run',
        title: words.ledgerColumns.run,
        cell: ({ run }) => run !== undefined && <RunLink run={run} />,
      },
      { id: 'key', isAside: true, title: words.ledgerColumns.key, cell: ({ run }) => run?.apiKeyName },
      {
        id: 'amount',
        title: words.ledgerColumns.amount,
        isNumber: true,
        cell: ({ amount }) => (
          <span className="number">
            {amount.startsWith('-') ? '' : '+'}
            <Money amount={amount} />
          </span>
        ),
      },
    ]}
  />
);

const MOVEMENT_WORDS: Readonly<Record<MovementKind, string>> = words.movements;

/** Which protocol it came by is not known here: the run itself knows. */
const RunLink = ({ run: { id, endpoint } }: { readonly run: NonNullable<Movement['run']> }) => (
  <Link href={`${paths.runs}/${id}`} className="link number text-xs whitespace-nowrap">
    {endpoint}
  </Link>
);
