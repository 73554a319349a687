/** How the server is doing, and whose it is: queue, engines, accounts, books. For keys of role admin. */
import { texts } from '../../texts/en.ts';
import { CodeBlock } from '../../ui/code-block.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { Page } from '../../ui/page.tsx';
import { useAccount } from '../../wire/session.ts';
import { Accounts } from './accounts.tsx';
import { Books } from './books.tsx';
import { Engines } from './engines.tsx';
import { Queue } from './queue.tsx';

const words = texts.admin;

export function ServerPage() {
  const account = useAccount();
  return (
    <Page title={words.title}>
      {account?.role === 'admin' ? (
        <>
          <Queue />
          <Engines />
          <Accounts />
          <Books />
        </>
      ) : (
        <EmptyState title={words.forbidden}>
          <p>{words.forbiddenText}</p>
          <CodeBlock label={words.forbiddenLabel} code={words.forbiddenCommand} />
        </EmptyState>
      )}
    </Page>
  );
}
