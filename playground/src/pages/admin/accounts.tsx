import { useState } from 'react';
import { texts } from '../../texts/en.ts';
import { Button } from '../../ui/button.tsx';
import { CopyAsCurl } from '../../ui/copy-as-curl.tsx';
import { DataTable } from '../../ui/data-table.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Money } from '../../ui/money.tsx';
import { Notice } from '../../ui/notice.tsx';
import { Section } from '../../ui/section.tsx';
import { When } from '../../ui/when.tsx';
import { type AccountEntry, ADMIN_PATHS, useAccounts } from '../../wire/administration.ts';
import { sumOf } from '../account/usage-sums.ts';
import { GrantForm, KeyForm, OpenAccountForm } from './account-forms.tsx';

const words = texts.admin;

/** What a dialog is open for. */
interface Asked {
  readonly account: AccountEntry;
  readonly what: 'grant' | 'key';
}

export function Accounts() {
  const { data, isError, error } = useAccounts();
  const [asked, setAsked] = useState<Asked>();
  const close = () => setAsked(undefined);
  return (
    <Section title={words.accounts} actions={<CopyAsCurl path={ADMIN_PATHS.accounts} />}>
      {isError && <Notice kind="error">{error.message}</Notice>}
      {data !== undefined && <AccountTable accounts={data.accounts} onAsk={setAsked} />}
      <OpenAccountForm />
      <Dialog
        title={words.grantTitle(asked?.account.name ?? '')}
        isOpen={asked?.what === 'grant'}
        onClose={close}
      >
        {asked !== undefined && <GrantForm account={asked.account} onDone={close} />}
      </Dialog>
      <Dialog
        title={words.keyTitle(asked?.account.name ?? '')}
        isOpen={asked?.what === 'key'}
        onClose={close}
      >
        {asked !== undefined && <KeyForm account={asked.account} />}
      </Dialog>
    </Section>
  );
}

interface AccountTableProps {
  readonly accounts: readonly AccountEntry[];
  readonly onAsk: (asked: Asked) => void;
}

const AccountTable = ({ accounts, onAsk }: AccountTableProps) => (
  <DataTable
    label={words.accountsTable}
    rows={accounts}
    keyOf={({ id }) => id}
    columns={[
      { id: 'name', title: words.columns.name, cell: ({ name }) => name, total: words.total },
      {
        id: 'id',
        isAside: true,
        title: words.columns.id,
        cell: ({ id }) => <span className="number text-xs">{id}</span>,
      },
      {
        id: 'made',
        isAside: true,
        title: words.columns.made,
        cell: ({ createdAt }) => <When at={createdAt} />,
      },
      {
        id: 'balance',
        title: words.columns.balance,
        isNumber: true,
        cell: ({ balance }) => <Money amount={balance} />,
        total: <Money amount={totalOf(accounts)} />,
      },
      {
        id: 'actions',
        title: words.columns.actions,
        isNumber: true,
        cell: (account) => (
          <span className="-mr-3 inline-flex">
            <Button
              look="plain"
              aria-label={words.grantOf(account.name)}
              onClick={() => onAsk({ account, what: 'grant' })}
            >
              {words.grant}
            </Button>
            <Button
              look="plain"
              aria-label={words.makeKeyOf(account.name)}
              onClick={() => onAsk({ account, what: 'key' })}
            >
              {words.makeKey}
            </Button>
          </span>
        ),
      },
    ]}
  />
);

const totalOf = (accounts: readonly AccountEntry[]): string =>
  sumOf(accounts.map(({ balance }) => ({ charged: balance, submitted: 0, completed: 0 }))).charged;
