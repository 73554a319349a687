import { Link } from 'wouter';
import { paths } from '../../app/routes.ts';
import { texts } from '../../texts/en.ts';
import { Button } from '../../ui/button.tsx';
import { DataTable } from '../../ui/data-table.tsx';
import { Notice } from '../../ui/notice.tsx';
import { localMinute, When } from '../../ui/when.tsx';
import { type Delivery, type DeliveryAttempt, type DeliveryState, useResend } from '../../wire/deliveries.ts';

const words = texts.account.webhooks;

/** One webhook: where it goes and how it stands, its attempts behind it. */
export function DeliveryEntry({ delivery }: { readonly delivery: Delivery }) {
  const { runId, protocol, endpoint, url, state, queuedAt, dueAt, attempts } = delivery;
  const resend = useResend();
  return (
    <li className="flex flex-col gap-2 border-t border-hairline py-4">
      <div className="flex flex-wrap items-center gap-x-5 gap-y-2">
        <DeliveryMark state={state} />
        <span className="number min-w-0 grow basis-64 text-sm break-all">{url}</span>
        <Link href={paths.run({ protocol, endpoint, id: runId })} className="link text-sm">
          {words.run}
        </Link>
        <When at={queuedAt} />
        <Button
          icon="repeat"
          aria-label={words.resendOf(url)}
          disabled={resend.isPending}
          onClick={() => resend.mutate(runId)}
        >
          {resend.isSuccess ? words.resent : words.resend}
        </Button>
      </div>
      {resend.isError && <Notice kind="error">{resend.error.message}</Notice>}
      <details>
        <summary className="slate w-fit">
          {words.attempts(attempts.length)}
          {attempts.length > 0 && `, ${answerOf(attempts.at(-1)!)}`}
          {dueAt !== undefined && `, ${words.next(localMinute(dueAt))}`}
        </summary>
        {attempts.length > 0 && <AttemptTable url={url} attempts={attempts} />}
      </details>
    </li>
  );
}

/** Told by shape first. */
const SHAPES: Readonly<Record<DeliveryState, string>> = {
  pending: 'M8 3a5 5 0 1 1-4.3 2.4',
  delivered: 'M3 8.5 6.5 12 13 4.5',
  dead: 'M4 4l8 8M12 4l-8 8',
};

const DeliveryMark = ({ state }: { readonly state: DeliveryState }) => (
  <span className="number inline-flex w-24 items-center gap-1.5 text-xs">
    <svg
      width="12"
      height="12"
      viewBox="0 0 16 16"
      aria-hidden="true"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.8"
    >
      <path d={SHAPES[state]} />
    </svg>
    {words.words[state]}
  </span>
);

const answerOf = ({ status, error }: DeliveryAttempt): string =>
  status === undefined ? (error ?? words.underWay) : words.answer(status);

interface AttemptTableProps {
  readonly url: string;
  readonly attempts: readonly DeliveryAttempt[];
}

const AttemptTable = ({ url, attempts }: AttemptTableProps) => (
  <DataTable
    label={words.attemptsLabel(url)}
    rows={attempts.toReversed()}
    keyOf={({ number }) => String(number)}
    columns={[
      {
        id: 'number',
        title: words.columns.number,
        cell: ({ number }) => <span className="number">{number}</span>,
      },
      { id: 'at', title: words.columns.at, cell: ({ at }) => <When at={at} /> },
      { id: 'answer', title: words.columns.answer, cell: answerOf },
      {
        id: 'took',
        title: words.columns.took,
        isNumber: true,
        cell: ({ durationMs }) =>
          durationMs !== undefined && <span className="number text-xs">{durationMs} ms</span>,
      },
    ]}
  />
);
