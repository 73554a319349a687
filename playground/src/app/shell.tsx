/** What surrounds every page: mark, pages, balance, state of the server, theme, and the way in or out. */
import type { ReactNode } from 'react';
import { Link, useLocation } from 'wouter';
import { texts } from '../texts/en.ts';
import { buttonClass, IconButton } from '../ui/button.tsx';
import { Mark } from '../ui/icon.tsx';
import { Money } from '../ui/money.tsx';
import { useServerState } from '../wire/server-state.ts';
import { useAccount, useSignOut } from '../wire/session.ts';
import { paths } from './routes.ts';
import { chooseTheme, useTheme } from './theme.ts';

export const CONTENT_ID = 'content';

const PAGES = [
  { href: paths.models, text: texts.shell.models, mustSignIn: false, mustAdminister: false },
  { href: paths.runs, text: texts.shell.runs, mustSignIn: true, mustAdminister: false },
  { href: paths.keys, text: texts.shell.keys, mustSignIn: true, mustAdminister: false },
  { href: paths.usage, text: texts.shell.usage, mustSignIn: true, mustAdminister: false },
  { href: paths.webhooks, text: texts.shell.webhooks, mustSignIn: true, mustAdminister: false },
  { href: paths.server, text: texts.shell.server, mustSignIn: true, mustAdminister: true },
] as const;

export const Shell = ({ children }: { readonly children: ReactNode }) => (
  <>
    <a
      href={`#${CONTENT_ID}`}
      className="sr-only focus:not-sr-only focus:absolute focus:top-2 focus:left-2 focus:z-50 focus:rounded focus:bg-ink focus:px-3 focus:py-2 focus:text-paper"
    >
      {texts.shell.skip}
    </a>
    <header className="border-b border-hairline">
      <div className="mx-auto flex max-w-[1560px] flex-wrap items-center gap-x-6 px-4 sm:flex-nowrap sm:px-6 lg:px-8">
        <Link href={paths.models} className="flex h-13 items-center gap-2 font-semibold tracking-tight">
          <Mark />
          {texts.shared.product}
        </Link>
        <Navigation />
        <div className="order-2 ml-auto flex items-center gap-3 sm:order-none">
          <Standing />
          <ThemeToggle />
          <WayInOrOut />
        </div>
      </div>
    </header>
    {/* Takes the focus when another page is opened, so that reading goes on there. */}
    <div id={CONTENT_ID} tabIndex={-1} className="outline-none">
      {children}
    </div>
  </>
);

function Navigation() {
  const [location] = useLocation();
  const account = useAccount();
  const shown = PAGES.filter(
    (page) => (!page.mustSignIn || account != null) && (!page.mustAdminister || account?.role === 'admin'),
  );
  const isHere = (href: string) =>
    href === paths.models ? location === '/' || location.startsWith('/models/') : location.startsWith(href);
  return (
    <nav
      aria-label={texts.shell.pages}
      className="order-3 -mx-4 flex w-screen gap-1 overflow-x-auto border-t border-hairline px-2 sm:order-none sm:mx-0 sm:w-auto sm:border-0 sm:px-0"
    >
      {shown.map(({ href, text }) => (
        <Link
          key={href}
          href={href}
          aria-current={isHere(href) ? 'page' : undefined}
          className="relative px-2.5 py-2.5 text-sm text-soft transition-colors hover:text-ink aria-[current=page]:text-ink aria-[current=page]:after:absolute aria-[current=page]:after:inset-x-2.5 aria-[current=page]:after:bottom-0 aria-[current=page]:after:h-0.5 aria-[current=page]:after:bg-ink sm:py-4"
        >
          {text}
        </Link>
      ))}
    </nav>
  );
}

/** Balance, and how the server does. Told by shape and word: a filled dot, a ring, a cross. */
function Standing() {
  const account = useAccount();
  const state = useServerState();
  const words = {
    ok: texts.shell.serverOk,
    unready: texts.shell.serverUnready,
    lost: texts.shell.serverLost,
  };
  return (
    <>
      {account != null && (
        <Link href={paths.usage} className="text-sm">
          <span className="sr-only">{texts.shell.balance} </span>
          <Money amount={account.balance} />
        </Link>
      )}
      {state !== undefined && (
        <span
          role="status"
          className={`slate items-center gap-1.5 ${state === 'ok' ? 'hidden md:inline-flex' : 'inline-flex text-ink'}`}
        >
          <span
            aria-hidden="true"
            className={
              state === 'ok' ? 'size-1.5 rounded-full bg-soft' : 'size-2 rounded-full border-2 border-ink'
            }
          />
          {words[state]}
        </span>
      )}
    </>
  );
}

function ThemeToggle() {
  const theme = useTheme();
  return theme === 'dark' ? (
    <IconButton icon="sun" label={texts.shell.toLight} onClick={() => chooseTheme('light')} />
  ) : (
    <IconButton icon="moon" label={texts.shell.toDark} onClick={() => chooseTheme('dark')} />
  );
}

function WayInOrOut() {
  const account = useAccount();
  const signOut = useSignOut();
  if (account === undefined) return null;
  return account === null ? (
    <Link href={paths.signIn} className={buttonClass('line')}>
      {texts.shell.signIn}
    </Link>
  ) : (
    <button type="button" className="text-sm text-soft hover:text-ink" onClick={() => signOut.mutate()}>
      {texts.shell.signOut}
    </button>
  );
}
