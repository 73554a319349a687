import { useState } from 'react';
import { Link } from 'wouter';
import { paths } from '../../app/routes.ts';
import { texts } from '../../texts/en.ts';
import { Button } from '../../ui/button.tsx';
import { type Column, DataTable } from '../../ui/data-table.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Notice } from '../../ui/notice.tsx';
import { localMinute, When } from '../../ui/when.tsx';
import { type ApiKey, useRevokeKey } from '../../wire/keys.ts';
import { useAccount } from '../../wire/session.ts';

const words = texts.account.keys;

/** Good keys first, then the revoked ones, each newest first. */
export function KeyTable({ keys }: { readonly keys: readonly ApiKey[] }) {
  const account = useAccount();
  const [revoking, setRevoking] = useState<ApiKey>();
  const isOwn = ({ id }: ApiKey) => id === account?.apiKeyId;
  const mayRevoke = ({ role, revokedAt }: ApiKey) =>
    revokedAt === undefined && (role === 'member' || account?.role === 'admin');
  const newestFirst = keys.toReversed();
  const sorted = [
    ...newestFirst.filter(({ revokedAt }) => revokedAt === undefined),
    ...newestFirst.filter(({ revokedAt }) => revokedAt !== undefined),
  ];
  const columns: readonly Column<ApiKey>[] = [
    { id: 'name', title: words.columns.name, cell: ({ name }) => name },
    {
      id: 'key',
      isAside: true,
      title: words.columns.key,
      cell: ({ prefix }) => <span className="number text-xs">{prefix}...</span>,
    },
    { id: 'role', isAside: true, title: words.columns.role, cell: ({ role }) => words.roles[role] },
    {
      id: 'made',
      isAside: true,
      title: words.columns.made,
      cell: ({ createdAt }) => <When at={createdAt} />,
    },
    {
      id: 'state',
      title: words.columns.state,
      cell: (key) => <span className="whitespace-nowrap">{stateOf(key, isOwn(key))}</span>,
    },
    {
      id: 'runs',
      title: words.columns.runs,
      cell: ({ id, name }) => (
        <Link href={`${paths.runs}?apiKeyId=${id}`} className="link" aria-label={words.runsOf(name)}>
          {words.runs}
        </Link>
      ),
    },
    {
      id: 'actions',
      title: words.actions,
      isNumber: true,
      cell: (key) =>
        mayRevoke(key) && (
          <Button
            look="plain"
            className="-mr-3"
            aria-label={words.revokeOf(key.name)}
            onClick={() => setRevoking(key)}
          >
            {words.revoke}
          </Button>
        ),
    },
  ];
  return (
    <>
      <DataTable label={words.table} columns={columns} rows={sorted} keyOf={({ id }) => id} />
      <Dialog
        title={words.revokeTitle(revoking?.name ?? '')}
        isOpen={revoking !== undefined}
        onClose={() => setRevoking(undefined)}
      >
        {revoking !== undefined && (
          <RevokeKey apiKey={revoking} isOwn={isOwn(revoking)} onDone={() => setRevoking(undefined)} />
        )}
      </Dialog>
    </>
  );
}

function stateOf({ revokedAt }: ApiKey, isOwn: boolean): string {
  if (revokedAt !== undefined) return words.revoked(localMinute(revokedAt));
  return isOwn ? words.own : words.active;
}

interface RevokeKeyProps {
  readonly apiKey: ApiKey;
  readonly isOwn: boolean;
  readonly onDone: () => void;
}

function RevokeKey({ apiKey, isOwn, onDone }: RevokeKeyProps) {
  const revoke = useRevokeKey();
  return (
    <div className="flex flex-col items-start gap-4">
      <p>{words.revokeText}</p>
      {isOwn && <Notice kind="info">{words.revokeOwn}</Notice>}
      {revoke.isError && <Notice kind="error">{revoke.error.message}</Notice>}
      <Button disabled={revoke.isPending} onClick={() => revoke.mutate(apiKey.id, { onSuccess: onDone })}>
        {words.revoke}
      </Button>
    </div>
  );
}
