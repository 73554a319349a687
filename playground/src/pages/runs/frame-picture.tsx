/** What a run shows on the contact sheet: its poster or its clip; before there is one, how far it is. */
import { texts } from '../../texts/en.ts';
import type { Run, RunOutput } from '../../wire/run.ts';

const FRAME = 'relative block h-(--frame-height) w-full overflow-hidden rounded-sm bg-stage';

interface FramePictureProps {
  readonly run: Run;
  /** The clip stands in for its poster. */
  readonly isPlaying: boolean;
}

export function FramePicture({ run, isPlaying }: FramePictureProps) {
  if (run.output !== undefined) return <ClipPicture output={run.output} isPlaying={isPlaying} />;
  return run.state === 'failed' || run.state === 'cancelled' ? <Ended run={run} /> : <UnderWay run={run} />;
}

interface ClipPictureProps {
  readonly output: RunOutput;
  readonly isPlaying: boolean;
}

const ClipPicture = ({ output, isPlaying }: ClipPictureProps) => (
  <span className={FRAME}>
    <img src={output.posterUrlPath} alt="" loading="lazy" className="size-full object-cover" />
    {isPlaying && (
      <video
        src={output.urlPath}
        muted
        loop
        autoPlay
        playsInline
        className="absolute inset-0 size-full object-cover"
      />
    )}
    <span className="number absolute right-1.5 bottom-1.5 rounded-sm bg-paper/85 px-1.5 text-xs leading-5">
      {output.durationSeconds} s
    </span>
  </span>
);

const Ended = ({ run }: { readonly run: Run }) => (
  <span className={`${FRAME} bg-well p-3`}>
    <svg
      aria-hidden="true"
      className="absolute inset-0 size-full text-hairline"
      preserveAspectRatio="none"
      viewBox="0 0 10 10"
    >
      <path d="M0 0 10 10M10 0 0 10" stroke="currentColor" vectorEffect="non-scaling-stroke" />
    </svg>
    <span className="relative line-clamp-5 pl-7 text-xs text-soft">{run.error?.message}</span>
  </span>
);

function UnderWay({ run }: { readonly run: Run }) {
  const start = startFrameOf(run);
  return (
    <span className={FRAME}>
      {start !== undefined && <img src={start} alt="" className="size-full object-cover opacity-50" />}
      <span
        aria-hidden="true"
        className="absolute inset-y-0 w-0.5 bg-pencil"
        style={{ left: `${100 * run.progress}%` }}
      />
      <span className="number absolute right-1.5 bottom-1.5 rounded-sm bg-paper/85 px-1.5 text-xs leading-5">
        {run.state === 'processing' ? `${Math.round(100 * run.progress)} %` : texts.states.created}
      </span>
    </span>
  );
}

/** The first picture of the input that lies on this server: no other is asked for anything. */
function startFrameOf({ input }: Run): string | undefined {
  const own = `${location.origin}/files/`;
  return Object.values(input)
    .flat()
    .find((value): value is string => typeof value === 'string' && value.startsWith(own));
}
