/** The pages by address. Each is fetched when it is first opened, so that the first one comes quickly. */
import { lazy, Suspense, useEffect, useRef } from 'react';
import { Link, Route, Switch, useLocation } from 'wouter';
import { texts } from '../texts/en.ts';
import { EmptyState } from '../ui/empty-state.tsx';
import { Page } from '../ui/page.tsx';
import type { Protocol } from '../wire/catalogue.ts';
import { useAccount } from '../wire/session.ts';
import { ErrorBoundary } from './error-boundary.tsx';
import { paths } from './routes.ts';
import { CONTENT_ID, Shell } from './shell.tsx';

const ModelsPage = lazy(async () => ({
  default: (await import('../pages/models/models-page.tsx')).ModelsPage,
}));
const ModelPage = lazy(async () => ({ default: (await import('../pages/model/model-page.tsx')).ModelPage }));
const RunsPage = lazy(async () => ({ default: (await import('../pages/runs/runs-page.tsx')).RunsPage }));
const RunRedirect = lazy(async () => ({
  default: (await import('../pages/runs/run-redirect.tsx')).RunRedirect,
}));
const ComparePage = lazy(async () => ({
  default: (await import('../pages/compare/compare-page.tsx')).ComparePage,
}));
const KeysPage = lazy(async () => ({ default: (await import('../pages/account/keys-page.tsx')).KeysPage }));
const UsagePage = lazy(async () => ({
  default: (await import('../pages/account/usage-page.tsx')).UsagePage,
}));
const WebhooksPage = lazy(async () => ({
  default: (await import('../pages/account/webhooks-page.tsx')).WebhooksPage,
}));
const ServerPage = lazy(async () => ({
  default: (await import('../pages/admin/server-page.tsx')).ServerPage,
}));
const SignInPage = lazy(async () => ({
  default: (await import('../pages/sign-in/sign-in-page.tsx')).SignInPage,
}));

export const App = () => (
  <Shell>
    <StartOfPage />
    <ErrorBoundary>
      <Suspense fallback={<PagePlaceholder />}>
        <Pages />
      </Suspense>
    </ErrorBoundary>
  </Shell>
);

const Pages = () => (
  <Switch>
    <Route path="/" component={ModelsPage} />
    <Route path="/models/:protocol/*">
      {({ protocol, '*': id }) => (
        <ModelPage key={`${protocol}/${id}`} protocol={protocol as Protocol} id={id ?? ''} />
      )}
    </Route>
    <Route path={paths.runs}>
      <SignedIn page={RunsPage} />
    </Route>
    <Route path={`${paths.runs}/:id`}>{({ id }) => <RunRedirect id={id} />}</Route>
    <Route path={paths.compare()}>
      <SignedIn page={ComparePage} />
    </Route>
    <Route path={paths.keys}>
      <SignedIn page={KeysPage} />
    </Route>
    <Route path={paths.usage}>
      <SignedIn page={UsagePage} />
    </Route>
    <Route path={paths.webhooks}>
      <SignedIn page={WebhooksPage} />
    </Route>
    <Route path={paths.server}>
      <SignedIn page={ServerPage} />
    </Route>
    <Route path="/sign-in" component={SignInPage} />
    <Route component={NotFound} />
  </Switch>
);

/** Pages about an account; without one, the way in. */
export function SignedIn({ page: ThePage }: { readonly page: React.ComponentType }) {
  const account = useAccount();
  if (account === undefined) return <PagePlaceholder />;
  return account === null ? <SignInPage /> : <ThePage />;
}

const PagePlaceholder = () => (
  <main aria-busy="true" className="relative h-px overflow-hidden">
    <span className="sr-only">{texts.shared.loading}</span>
    <div className="travelling h-px w-1/4 bg-ink" />
  </main>
);

const NotFound = () => (
  <Page title={texts.shell.notFound}>
    <EmptyState title={texts.shell.notFoundHint}>
      <Link href={paths.models} className="link">
        {texts.shell.toModels}
      </Link>
    </EmptyState>
  </Page>
);

/** A new page is read from its top; a change of the query alone is not a new page. */
function StartOfPage() {
  const [location] = useLocation();
  const shown = useRef(location);
  useEffect(() => {
    if (shown.current === location) return;
    shown.current = location;
    window.scrollTo(0, 0);
    document.getElementById(CONTENT_ID)?.focus({ preventScroll: true });
  }, [location]);
  return null;
}
