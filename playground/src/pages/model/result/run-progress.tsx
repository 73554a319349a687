import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { Playhead, Ruler } from '../../../player/ruler.tsx';
import { texts } from '../../../texts/en.ts';
import { Button } from '../../../ui/button.tsx';
import { cancelRun, type FollowedRun } from '../../../wire/run.ts';

const words = texts.model.result;
/** Below this share an estimate would jump about. */
const LEAST_SHARE = 0.04;

/** Place in the queue, then the playhead on its way with the time that is left. */
export function RunProgress({ run }: { readonly run: FollowedRun }) {
  const queries = useQueryClient();
  const cancel = useMutation({
    mutationFn: () => cancelRun(run.id),
    onSettled: () => queries.invalidateQueries({ queryKey: ['account'] }),
  });
  const left = useSecondsLeft(run);
  const isWaiting = run.state === 'created';
  const note = isWaiting
    ? run.queuePosition === undefined
      ? ''
      : words.ahead(run.queuePosition)
    : left === undefined
      ? ''
      : words.left(left);
  const percent = Math.round(100 * run.progress);
  return (
    <div className="flex flex-col gap-1">
      <div
        role="progressbar"
        aria-label={words.progress}
        aria-valuemin={0}
        aria-valuemax={100}
        aria-valuenow={percent}
        className="relative"
      >
        <Ruler seconds={secondsOf(run)} filled={run.progress * secondsOf(run)} />
        <Playhead share={run.progress} />
      </div>
      <div className="flex items-center gap-3">
        <span role="status" className="text-sm">
          {isWaiting ? words.waiting : words.running}
        </span>
        <span className="slate">
          {!isWaiting && `${percent} % `}
          {note}
        </span>
        <Button icon="cross" className="ml-auto" disabled={cancel.isPending} onClick={() => cancel.mutate()}>
          {words.cancel}
        </Button>
      </div>
    </div>
  );
}

const UNKNOWN_SECONDS = 5;

/** Of the clip that is asked for; some clip's, where the engine is to choose. */
const secondsOf = ({ input }: FollowedRun): number => Number(input.duration) || UNKNOWN_SECONDS;

interface Sighting {
  readonly id: string;
  readonly atMs: number;
  readonly progress: number;
}

/**
 * By the pace since this page first saw the run at work, on this machine's clock alone, and kept moving between two reports. Undefined
 * until there is a pace.
 */
function useSecondsLeft({ id, progress, state }: FollowedRun): number | undefined {
  const [now, setNow] = useState(Date.now);
  const [first, setFirst] = useState<Sighting>();
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 500);
    return () => clearInterval(timer);
  }, []);
  if (state !== 'processing') return undefined;
  if (first?.id !== id) {
    setFirst({ id, atMs: Date.now(), progress });
    return undefined;
  }
  const done = progress - first.progress;
  if (done < LEAST_SHARE) return undefined;
  return Math.ceil((Math.max(0, now - first.atMs) / 1000) * ((1 - progress) / done));
}
