/** What came out, or how far it is. The start frame stands in the player's place until the clip does. */
import { useEffect, useRef } from 'react';
import { filesOf } from '../../../form/form-values.ts';
import { previewOf } from '../../../form/local-previews.ts';
import { Player } from '../../../player/player.tsx';
import { texts } from '../../../texts/en.ts';
import { Notice } from '../../../ui/notice.tsx';
import { fieldOfRole, type Model, previewPaths } from '../../../wire/catalogue.ts';
import type { Following } from '../../../wire/followed-run.ts';
import { type FollowedRun, isEnded } from '../../../wire/run.ts';
import { LoopingPreview } from '../../models/looping-preview.tsx';
import { chosenRatio } from '../storyboard/ratio-choice.tsx';
import { RunDetails } from './run-details.tsx';
import { RunLog } from './run-log.tsx';
import { RunProgress } from './run-progress.tsx';

const words = texts.model.result;

interface ResultPanelProps {
  readonly model: Model;
  readonly following: Following;
  /** The run that was watched from its start is played as soon as it is there. */
  readonly isFresh: boolean;
  readonly nextSteps: React.ReactNode;
}

export function ResultPanel({ model, following, isFresh, nextSteps }: ResultPanelProps) {
  const { run, isLost, isGone } = following;
  const section = useRef<HTMLElement>(null);
  const freshId = isFresh ? run?.id : undefined;
  // On a phone it stands above the form, out of sight of the button that started the run.
  useEffect(() => {
    const isAbove = freshId !== undefined && section.current!.getBoundingClientRect().top < 0;
    if (isAbove) section.current!.scrollIntoView();
  }, [freshId]);
  return (
    <section ref={section} aria-label={words.title} className="flex min-w-0 flex-col gap-4">
      <p aria-live="polite" className="sr-only">
        {run?.state === 'completed' && words.announceDone}
      </p>
      {isGone && (
        <Notice kind="error" title={words.gone}>
          {words.goneHint}
        </Notice>
      )}
      {run === undefined ? (
        <Nothing model={model} />
      ) : (
        <>
          <Picture model={model} run={run} isFresh={isFresh} />
          {isLost && !isEnded(run) && <Notice kind="info">{words.reconnecting}</Notice>}
          {!isEnded(run) && <RunProgress run={run} />}
          <Ending run={run} />
          {isEnded(run) && nextSteps}
          <RunDetails run={run} />
          <RunLog run={run} />
        </>
      )}
    </section>
  );
}

function Nothing({ model }: { readonly model: Model }) {
  return (
    <div className="flex flex-col gap-3">
      <LoopingPreview {...previewPaths(model)} />
      <div className="text-sm">
        <p className="font-semibold">{words.emptyTitle}</p>
        <p className="text-soft">{words.empty}</p>
      </div>
    </div>
  );
}

function Picture({
  model,
  run,
  isFresh,
}: {
  readonly model: Model;
  readonly run: FollowedRun;
  readonly isFresh: boolean;
}) {
  const { output } = run;
  if (output !== undefined) {
    return (
      <Player
        key={run.id}
        source={output.urlPath}
        poster={output.posterUrlPath}
        durationSeconds={output.durationSeconds}
        width={output.width}
        height={output.height}
        takesKeys
        autoPlay={isFresh}
      />
    );
  }
  return <Still model={model} run={run} />;
}

/** The start frame as the clip will have it. */
function Still({ model, run }: { readonly model: Model; readonly run: FollowedRun }) {
  const fields = [fieldOfRole(model, 'image'), fieldOfRole(model, 'images')];
  const [given] = fields.flatMap((name) => (name === undefined ? [] : filesOf(run.input, name)));
  const still = given === undefined ? undefined : previewOf(given);
  const ratio = chosenRatio(model, run.input);
  return (
    <div className="flex min-h-40 justify-center overflow-hidden rounded-sm bg-stage">
      {still !== undefined && (
        <img
          src={still}
          alt={texts.model.frame.start}
          style={ratio === undefined ? {} : { aspectRatio: ratio, width: `min(100%, ${62 * ratio}vh)` }}
          className={`block h-auto max-h-[62vh] max-w-full object-cover ${isEnded(run) ? 'opacity-40' : ''}`}
        />
      )}
    </div>
  );
}

function Ending({ run }: { readonly run: FollowedRun }) {
  if (run.state === 'failed') {
    return (
      <Notice kind="error" title={words.failed}>
        <p>{run.error?.message}</p>
        <p className="text-soft">{words.failedHint}</p>
      </Notice>
    );
  }
  return run.state === 'cancelled' ? (
    <Notice kind="info" title={words.cancelled}>
      {words.cancelledHint}
    </Notice>
  ) : null;
}
