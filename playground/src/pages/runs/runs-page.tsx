/** All runs as a contact sheet: pictures at one height, by day. What is looked for stands in the address. */
import { useState } from 'react';
import { texts } from '../../texts/en.ts';
import { Button } from '../../ui/button.tsx';
import { CodeBlock } from '../../ui/code-block.tsx';
import { CopyAsCurl } from '../../ui/copy-as-curl.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { Notice } from '../../ui/notice.tsx';
import { Page } from '../../ui/page.tsx';
import { useAddress } from '../../ui/use-address.ts';
import type { Run } from '../../wire/run.ts';
import { RUN_FILTERS, type RunFilter, runsPath, useRuns } from '../../wire/run-list.ts';
import { ContactSheet } from './contact-sheet.tsx';
import { FilterBar } from './filter-bar.tsx';
import { useFirstRunCurl } from './first-run-curl.ts';
import { SelectionBar } from './selection-bar.tsx';

const words = texts.runs;

export function RunsPage() {
  const [query, change] = useAddress();
  const filter = filterOf(query);
  const isFiltered = Object.keys(filter).length > 0;
  const runs = useRuns(filter);
  const shown = runs.data?.pages.flatMap((page) => page.runs) ?? [];
  const [selectedIds, setSelectedIds] = useState<readonly string[]>([]);
  const selected = selectedIds.flatMap((id) => shown.find((run) => run.id === id) ?? []);
  const toggle = ({ id }: Run) =>
    setSelectedIds((before) =>
      before.includes(id) ? before.filter((each) => each !== id) : [...before, id],
    );
  const clear = () => change(Object.fromEntries(RUN_FILTERS.map((name) => [name, ''])));
  return (
    <Page title={words.title} actions={<CopyAsCurl path={runsPath(filter)} />}>
      {(isFiltered || shown.length > 0) && <FilterBar filter={filter} onChange={change} />}
      {runs.isError && <Notice kind="error">{runs.error.message}</Notice>}
      <p aria-live="polite" className="sr-only">
        {runs.data !== undefined && words.count(shown.length, runs.hasNextPage)}
      </p>
      {runs.data !== undefined &&
        shown.length === 0 &&
        (isFiltered ? <NoneFits onClear={clear} /> : <NoRunsYet />)}
      <ContactSheet runs={shown} selectedIds={selectedIds} onToggle={toggle} />
      {runs.hasNextPage && (
        <Button
          className="self-center"
          disabled={runs.isFetchingNextPage}
          onClick={() => void runs.fetchNextPage()}
        >
          {words.more}
        </Button>
      )}
      {selected.length > 0 && <SelectionBar selected={selected} onClear={() => setSelectedIds([])} />}
    </Page>
  );
}

function filterOf(query: URLSearchParams): RunFilter {
  const given = RUN_FILTERS.flatMap((name) => {
    const value = query.get(name);
    return value === null || value === '' ? [] : [[name, value] as const];
  });
  return Object.fromEntries(given);
}

const NoneFits = ({ onClear }: { readonly onClear: () => void }) => (
  <EmptyState title={words.none}>
    <p>{words.noneText}</p>
    <Button onClick={onClear}>{words.filters.clear}</Button>
  </EmptyState>
);

function NoRunsYet() {
  const curl = useFirstRunCurl();
  return (
    <EmptyState title={words.empty}>
      <p>{words.emptyText}</p>
      {curl !== undefined && (
        <CodeBlock label={words.emptyCurl} code={curl.shown} copied={() => curl.copied} />
      )}
    </EmptyState>
  );
}
