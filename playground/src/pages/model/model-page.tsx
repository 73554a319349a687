/** A model: try it, take the code, see what it costs, read about it. Tab and open run stand in the address. */
import { Tabs } from 'radix-ui';
import { lazy, Suspense } from 'react';
import { Link, useSearchParams } from 'wouter';
import { paths } from '../../app/routes.ts';
import { useStoryboard } from '../../form/use-storyboard.ts';
import { texts } from '../../texts/en.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { Page, useDocumentTitle } from '../../ui/page.tsx';
import { type Model, type Protocol, sameModel, useCatalogue } from '../../wire/catalogue.ts';
import { AboutTab } from './about-tab.tsx';
import { PlaygroundTab } from './playground-tab.tsx';
import { useOpenRun } from './use-open-run.ts';

const ApiTab = lazy(async () => ({ default: (await import('./api/api-tab.tsx')).ApiTab }));
const PricingTab = lazy(async () => ({ default: (await import('./pricing/pricing-tab.tsx')).PricingTab }));

const words = texts.model;
const TABS = ['playground', 'api', 'pricing', 'about'] as const;

interface ModelPageProps {
  readonly protocol: Protocol;
  readonly id: string;
}

export function ModelPage({ protocol, id }: ModelPageProps) {
  const catalogue = useCatalogue();
  const model = catalogue.data?.models.find((one) => sameModel(one, { protocol, id }));
  if (model !== undefined) return <LoadedModelPage model={model} />;
  if (catalogue.isPending) return <main aria-busy="true" />;
  return (
    <Page title={words.unknown}>
      <EmptyState title={catalogue.error?.message ?? `${protocol}/${id}`}>
        <Link href={paths.models} className="link">
          {texts.shell.toModels}
        </Link>
      </EmptyState>
    </Page>
  );
}

function LoadedModelPage({ model }: { readonly model: Model }) {
  const storyboard = useStoryboard(model);
  const openRun = useOpenRun(storyboard);
  const [query, setQuery] = useSearchParams();
  useDocumentTitle(model.title);
  const wanted = query.get('tab');
  const tab = TABS.find((name) => name === wanted) ?? 'playground';
  const choose = (name: string) =>
    setQuery((before) => {
      const after = new URLSearchParams(before);
      if (name === 'playground') after.delete('tab');
      else after.set('tab', name);
      return after;
    });
  return (
    <Tabs.Root value={tab} onValueChange={choose} asChild>
      <main className="mx-auto w-full max-w-[1560px] px-4 sm:px-6 lg:px-8">
        <div className="flex flex-wrap items-end gap-x-8 border-b border-hairline pt-5 lg:flex-nowrap">
          <div className="flex min-w-0 grow flex-wrap items-baseline gap-x-4 pb-3">
            <h1 className="text-lg font-semibold tracking-tight">{model.title}</h1>
            <span className="slate">{texts.protocols[model.protocol]}</span>
          </div>
          <Tabs.List aria-label={words.tabsLabel} className="-mb-px flex gap-6">
            {TABS.map((name) => (
              <Tabs.Trigger
                key={name}
                value={name}
                className="border-b-2 border-transparent pt-2 pb-3 text-sm text-soft transition-colors hover:text-ink data-[state=active]:border-ink data-[state=active]:text-ink"
              >
                {words.tabs[name]}
              </Tabs.Trigger>
            ))}
          </Tabs.List>
        </div>
        <div className="py-6">
          <Tabs.Content value="playground" tabIndex={-1}>
            <PlaygroundTab storyboard={storyboard} openRun={openRun} />
          </Tabs.Content>
          {/* A panel stands while its contents come: the tab names it as what it controls. */}
          <Tabs.Content value="api" tabIndex={-1}>
            <Suspense>
              <ApiTab storyboard={storyboard} run={openRun.run} />
            </Suspense>
          </Tabs.Content>
          <Tabs.Content value="pricing" tabIndex={-1}>
            <Suspense>
              <PricingTab storyboard={storyboard} />
            </Suspense>
          </Tabs.Content>
          <Tabs.Content value="about" tabIndex={-1}>
            <AboutTab model={model} />
          </Tabs.Content>
        </div>
      </main>
    </Tabs.Root>
  );
}
