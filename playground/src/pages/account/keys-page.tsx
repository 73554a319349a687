/** The account's keys: made here, shown once, revoked here. */
import { type FormEvent, useId, useState } from 'react';
import { texts } from '../../texts/en.ts';
import { Button } from '../../ui/button.tsx';
import { Choice } from '../../ui/choice.tsx';
import { CodeBlock } from '../../ui/code-block.tsx';
import { CopyAsCurl } from '../../ui/copy-as-curl.tsx';
import { Notice } from '../../ui/notice.tsx';
import { Page } from '../../ui/page.tsx';
import { KEYS_PATH, type Role, useCreateKey, useKeys } from '../../wire/keys.ts';
import { useAccount } from '../../wire/session.ts';
import { KeyTable } from './key-table.tsx';

const words = texts.account.keys;

export function KeysPage() {
  const keys = useKeys();
  return (
    <Page title={words.title} actions={<CopyAsCurl path={KEYS_PATH} />}>
      <p className="max-w-3xl text-soft">{words.lead}</p>
      <NewKeyForm />
      {keys.isError && <Notice kind="error">{keys.error.message}</Notice>}
      {keys.data !== undefined && <KeyTable keys={keys.data.keys} />}
    </Page>
  );
}

function NewKeyForm() {
  const [name, setName] = useState('');
  const [role, setRole] = useState<Role>('member');
  const account = useAccount();
  const create = useCreateKey();
  const fieldId = useId();
  const submit = (event: FormEvent) => {
    event.preventDefault();
    create.mutate({ name: name.trim(), role }, { onSuccess: () => setName('') });
  };
  return (
    <div className="flex flex-col gap-4">
      <form onSubmit={submit} className="flex flex-wrap items-end gap-3">
        <div className="flex flex-col gap-1">
          <label htmlFor={fieldId} className="text-sm">
            {words.name}
          </label>
          <input
            id={fieldId}
            required
            maxLength={200}
            placeholder={words.nameHint}
            className="field !w-72 max-sm:!w-full"
            value={name}
            onChange={(event) => setName(event.target.value)}
          />
        </div>
        {account?.role === 'admin' && (
          <div title={words.rolesHint}>
            <Choice
              label={words.role}
              options={Object.entries(words.roles).map(([value, label]) => ({ value, label }))}
              value={role}
              onChange={(value) => setRole(value as Role)}
            />
          </div>
        )}
        <Button
          type="submit"
          look="primary"
          icon="key"
          className="min-h-9"
          disabled={name.trim() === '' || create.isPending}
        >
          {words.create}
        </Button>
      </form>
      {create.isError && <Notice kind="error">{create.error.message}</Notice>}
      {create.isSuccess && (
        <Notice kind="info" title={words.made(create.data.apiKey.name)}>
          <div className="mt-2 flex max-w-2xl flex-col gap-2">
            <CodeBlock label={words.madeLabel} code={create.data.key} />
            <p>{words.kept}</p>
          </div>
        </Notice>
      )}
    </div>
  );
}
