/** Two results under one playhead, and what was asked for differently. Which two stands in the address. */
import { Link } from 'wouter';
import { paths } from '../../app/routes.ts';
import { texts } from '../../texts/en.ts';
import { Button, buttonClass } from '../../ui/button.tsx';
import { CopyAsCurl } from '../../ui/copy-as-curl.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { Notice } from '../../ui/notice.tsx';
import { Page } from '../../ui/page.tsx';
import { useAddress } from '../../ui/use-address.ts';
import { useFollowedRun } from '../../wire/followed-run.ts';
import type { Run } from '../../wire/run.ts';
import { DifferenceTable } from './difference-table.tsx';
import { PairPlayer } from './pair-player.tsx';

const words = texts.runs;

const runPath = (id: string): string => `/account/runs/${id}`;

export function ComparePage() {
  const [query, change] = useAddress();
  const [leftId, rightId] = [query.get('left') ?? undefined, query.get('right') ?? undefined];
  const left = useFollowedRun(leftId);
  const right = useFollowedRun(rightId);
  if (leftId === undefined || rightId === undefined) return <NothingChosen />;
  const swap = () => change({ left: rightId, right: leftId });
  return (
    <Page
      title={words.compareTitle}
      actions={
        <>
          <Link href={paths.runs} className={buttonClass('plain')}>
            {words.toRuns}
          </Link>
          <Button icon="repeat" onClick={swap}>
            {words.swap}
          </Button>
          <CopyAsCurl path={runPath(leftId)} also={[{ path: runPath(rightId) }]} />
        </>
      }
    >
      {(left.isGone || right.isGone) && <Notice kind="error">{words.gone}</Notice>}
      {left.run !== undefined && right.run !== undefined && <Compared left={left.run} right={right.run} />}
    </Page>
  );
}

function Compared({ left, right }: { readonly left: Run; readonly right: Run }) {
  return (
    <>
      {left.output === undefined || right.output === undefined ? (
        <Notice kind="info">{words.unfinished}</Notice>
      ) : (
        <PairPlayer key={`${left.id} ${right.id}`} left={left.output} right={right.output} />
      )}
      <DifferenceTable left={left} right={right} />
    </>
  );
}

const NothingChosen = () => (
  <Page title={words.compareTitle}>
    <EmptyState title={words.compareEmpty}>
      <p>{words.compareEmptyText}</p>
      <Link href={paths.runs} className={buttonClass('line')}>
        {words.toRuns}
      </Link>
    </EmptyState>
  </Page>
);
