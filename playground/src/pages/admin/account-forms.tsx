/** What an administrator does to accounts: opening one, giving credit, making its first key. */
import { type FormEvent, useState } from 'react';
import { texts } from '../../texts/en.ts';
import { Button } from '../../ui/button.tsx';
import { CodeBlock } from '../../ui/code-block.tsx';
import { Notice } from '../../ui/notice.tsx';
import { TextField } from '../../ui/text-field.tsx';
import { type AccountEntry, useGrant, useKeyFor, useOpenAccount } from '../../wire/administration.ts';

const words = texts.admin;

export function OpenAccountForm() {
  const [name, setName] = useState('');
  const [credit, setCredit] = useState('');
  const open = useOpenAccount();
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const body = { name: name.trim(), ...(credit.trim() === '' ? {} : { credit: credit.trim() }) };
    open.mutate(body, {
      onSuccess: () => {
        setName('');
        setCredit('');
      },
    });
  };
  return (
    <form onSubmit={submit} aria-label={words.open} className="flex flex-wrap items-end gap-3">
      <TextField
        label={words.accountName}
        value={name}
        onChange={setName}
        isRequired
        className="!w-64 max-sm:!w-full"
      />
      <TextField
        label={words.credit}
        value={credit}
        onChange={setCredit}
        hint="10.00"
        isNumber
        className="!w-40"
      />
      <Button type="submit" icon="plus" className="min-h-9" disabled={open.isPending}>
        {words.open}
      </Button>
      {open.isError && <Notice kind="error">{open.error.message}</Notice>}
    </form>
  );
}

export function GrantForm({
  account,
  onDone,
}: {
  readonly account: AccountEntry;
  readonly onDone: () => void;
}) {
  const [amount, setAmount] = useState('');
  const [note, setNote] = useState('');
  const grant = useGrant(account.id);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const body = { amount: amount.trim(), ...(note.trim() === '' ? {} : { note: note.trim() }) };
    grant.mutate(body, { onSuccess: onDone });
  };
  return (
    <form onSubmit={submit} className="flex flex-col items-start gap-4">
      <TextField
        label={words.amount}
        value={amount}
        onChange={setAmount}
        hint={words.amountHint}
        isNumber
        isRequired
      />
      <TextField label={words.note} value={note} onChange={setNote} />
      {grant.isError && <Notice kind="error">{grant.error.message}</Notice>}
      <Button type="submit" disabled={grant.isPending}>
        {words.grant}
      </Button>
    </form>
  );
}

export function KeyForm({ account }: { readonly account: AccountEntry }) {
  const [name, setName] = useState('');
  const make = useKeyFor(account.id);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    make.mutate(name.trim());
  };
  if (make.isSuccess) {
    return (
      <Notice kind="info" title={words.keyMade}>
        <div className="mt-2">
          <CodeBlock label={words.keyLabel} code={make.data.key} />
        </div>
      </Notice>
    );
  }
  return (
    <form onSubmit={submit} className="flex flex-col items-start gap-4">
      <TextField label={words.keyName} value={name} onChange={setName} isRequired />
      {make.isError && <Notice kind="error">{make.error.message}</Notice>}
      <Button type="submit" icon="key" disabled={make.isPending}>
        {words.makeKey}
      </Button>
    </form>
  );
}
