import { texts } from '../../texts/en.ts';
import { CopyAsCurl } from '../../ui/copy-as-curl.tsx';
import { DataTable } from '../../ui/data-table.tsx';
import { Figures } from '../../ui/figures.tsx';
import { Notice } from '../../ui/notice.tsx';
import { Section } from '../../ui/section.tsx';
import { ADMIN_PATHS, useQueueDepth } from '../../wire/administration.ts';

const words = texts.admin;

/** How much there is to do, and for whom. */
export function Queue() {
  const { data, isError, error } = useQueueDepth();
  return (
    <Section title={words.queue} actions={<CopyAsCurl path={ADMIN_PATHS.queue} />}>
      {isError && <Notice kind="error">{error.message}</Notice>}
      {data !== undefined && (
        <>
          <Figures
            figures={[
              { name: words.numbers.waiting, value: data.waiting },
              { name: words.numbers.processing, value: data.processing },
              { name: words.numbers.delayed, value: data.delayed },
              { name: words.numbers.oldest, value: waitOf(data.oldestWaitingSeconds) },
              { name: words.numbers.webhooks, value: data.pendingWebhooks },
            ]}
          />
          {data.accounts.length === 0 ? (
            <p className="text-soft">{words.idle}</p>
          ) : (
            <DataTable
              label={words.queueTable}
              rows={data.accounts}
              keyOf={({ accountId }) => accountId}
              columns={[
                { id: 'account', title: words.queueColumns.account, cell: ({ accountName }) => accountName },
                {
                  id: 'waiting',
                  title: words.queueColumns.waiting,
                  isNumber: true,
                  cell: ({ waiting }) => <span className="number">{waiting}</span>,
                },
                {
                  id: 'processing',
                  title: words.queueColumns.processing,
                  isNumber: true,
                  cell: ({ processing }) => <span className="number">{processing}</span>,
                },
              ]}
            />
          )}
        </>
      )}
    </Section>
  );
}

const waitOf = (seconds: number | undefined): string => (seconds === undefined ? words.none : `${seconds} s`);
