/** Webhooks with every attempt at them; any can be sent once more. */
import { texts } from '../../texts/en.ts';
import { Button } from '../../ui/button.tsx';
import { Choice } from '../../ui/choice.tsx';
import { CodeBlock } from '../../ui/code-block.tsx';
import { CopyAsCurl } from '../../ui/copy-as-curl.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { Notice } from '../../ui/notice.tsx';
import { Page } from '../../ui/page.tsx';
import { useAddress } from '../../ui/use-address.ts';
import { DELIVERY_STATES, deliveriesPath, useDeliveries } from '../../wire/deliveries.ts';
import { useFirstRunCurl } from '../runs/first-run-curl.ts';
import { DeliveryEntry } from './delivery-entry.tsx';

const words = texts.account.webhooks;

export function WebhooksPage() {
  const [query, change] = useAddress();
  const state = DELIVERY_STATES.find((each) => each === query.get('state'));
  const deliveries = useDeliveries(state);
  const shown = deliveries.data?.pages.flatMap((page) => page.deliveries) ?? [];
  const isEmpty = deliveries.data !== undefined && shown.length === 0;
  return (
    <Page
      title={words.title}
      actions={
        <>
          <Choice
            label={words.state}
            options={Object.entries(words.states).map(([value, label]) => ({ value, label }))}
            value={state ?? 'all'}
            onChange={(value) => change({ state: value === 'all' ? '' : value })}
          />
          <CopyAsCurl path={deliveriesPath(state)} />
        </>
      }
    >
      <p className="max-w-3xl text-soft">{words.lead}</p>
      {deliveries.isError && <Notice kind="error">{deliveries.error.message}</Notice>}
      {isEmpty && (state === undefined ? <NoneYet /> : <p className="text-soft">{words.none}</p>)}
      <ul className="flex flex-col">
        {shown.map((delivery) => (
          <DeliveryEntry key={delivery.runId} delivery={delivery} />
        ))}
      </ul>
      {deliveries.hasNextPage && (
        <Button
          className="self-center"
          disabled={deliveries.isFetchingNextPage}
          onClick={() => void deliveries.fetchNextPage()}
        >
          {words.more}
        </Button>
      )}
    </Page>
  );
}

function NoneYet() {
  const curl = useFirstRunCurl(`?webhook=${encodeURIComponent('https://example.com/hook')}`);
  return (
    <EmptyState title={words.empty}>
      <p>{words.emptyText}</p>
      {curl !== undefined && (
        <CodeBlock label={words.emptyCurl} code={curl.shown} copied={() => curl.copied} />
      )}
    </EmptyState>
  );
}
