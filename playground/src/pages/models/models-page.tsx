/** The models of this server, as moving pictures; search and filter stand in the address. */
import { useSearchParams } from 'wouter';
import { texts } from '../../texts/en.ts';
import { Button } from '../../ui/button.tsx';
import { Choice } from '../../ui/choice.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { Notice } from '../../ui/notice.tsx';
import { Page } from '../../ui/page.tsx';
import { type Model, useCatalogue } from '../../wire/catalogue.ts';
import { useAccount } from '../../wire/session.ts';
import { SignInPanel } from '../sign-in/sign-in-panel.tsx';
import { ModelCard } from './model-card.tsx';

const words = texts.models;
const PROTOCOLS = ['all', 'wavespeed', 'fal'] as const;

export function ModelsPage() {
  const catalogue = useCatalogue();
  const account = useAccount();
  const filter = useFilter();
  const models = (catalogue.data?.models ?? []).filter((model) => fits(model, filter));
  return (
    <Page title={words.title} actions={<FilterControls filter={filter} />}>
      {account === null && <WayIn />}
      {catalogue.isError && <Notice kind="error">{catalogue.error.message}</Notice>}
      <p aria-live="polite" className="sr-only">
        {catalogue.data !== undefined && words.count(models.length)}
      </p>
      {catalogue.data !== undefined && models.length === 0 && (
        <EmptyState title={words.none}>
          <p>{words.noneHint}</p>
          <Button onClick={filter.clear}>{words.clear}</Button>
        </EmptyState>
      )}
      <ul className="grid gap-x-6 gap-y-9 sm:grid-cols-2 lg:grid-cols-3 2xl:grid-cols-4">
        {models.map((model) => (
          <ModelCard key={`${model.protocol}/${model.id}`} model={model} />
        ))}
      </ul>
    </Page>
  );
}

interface Filter {
  readonly search: string;
  /** `all` for any. */
  readonly protocol: string;
  /** Empty text stands for no choice. */
  choose(name: 'q' | 'protocol', value: string): void;
  clear(): void;
}

function useFilter(): Filter {
  const [query, setQuery] = useSearchParams();
  const choose: Filter['choose'] = (name, value) =>
    setQuery(
      (before) => {
        const after = new URLSearchParams(before);
        if (value === '') after.delete(name);
        else after.set(name, value);
        return after;
      },
      { replace: true },
    );
  return {
    search: query.get('q') ?? '',
    protocol: query.get('protocol') ?? 'all',
    choose,
    clear: () => setQuery(new URLSearchParams()),
  };
}

const FilterControls = ({ filter: { search, protocol, choose } }: { readonly filter: Filter }) => (
  <>
    <input
      type="search"
      aria-label={words.search}
      placeholder={words.searchHint}
      className="field w-56!"
      value={search}
      onChange={(event) => choose('q', event.target.value)}
    />
    <Choice
      label={words.protocol}
      options={PROTOCOLS.map((value) => ({
        value,
        label: value === 'all' ? words.all : texts.protocols[value],
      }))}
      value={protocol}
      onChange={(value) => choose('protocol', value === 'all' ? '' : value)}
    />
  </>
);

const WayIn = () => (
  <section className="flex flex-col gap-4 border-b border-hairline pb-8">
    <div>
      <h2 className="font-semibold">{texts.signIn.firstTitle}</h2>
      <p className="max-w-3xl text-soft">{texts.signIn.first}</p>
    </div>
    <SignInPanel />
  </section>
);

/** Every word must occur somewhere in what the card says. */
function fits(model: Model, { search, protocol }: Pick<Filter, 'search' | 'protocol'>): boolean {
  if (protocol !== 'all' && model.protocol !== protocol) return false;
  const haystack = [model.title, model.id, model.description, model.tier, model.style, ...model.features]
    .join(' ')
    .toLowerCase();
  return search
    .toLowerCase()
    .split(/\s+/)
    .every((word) => haystack.includes(word));
}
