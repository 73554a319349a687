/** The two pictures: beside each other, or wiped, the right one uncovered from a line on. */
import { Slider } from 'radix-ui';
import { type RefObject, useState } from 'react';
import { texts } from '../../texts/en.ts';
import { Icon } from '../../ui/icon.tsx';
import type { RunOutput } from '../../wire/run.ts';
import type { Pair, Side } from './use-pair.ts';

const words = texts.runs;

export type Sound = Side | 'none';

interface PairPicturesProps {
  readonly pair: Pair;
  readonly left: RunOutput;
  readonly right: RunOutput;
  readonly isWiped: boolean;
  readonly sound: Sound;
}

export function PairPictures({ pair, left, right, isWiped, sound }: PairPicturesProps) {
  const [percent, setPercent] = useState(50);
  return (
    <div className={isWiped ? 'relative grid justify-items-center' : 'grid gap-3 sm:grid-cols-2'}>
      <div className={isWiped ? 'col-start-1 row-start-1 flex w-full justify-center bg-stage' : SIDE}>
        <PairVideo
          video={pair.left}
          output={left}
          side="left"
          isMuted={sound !== 'left'}
          onClick={pair.toggle}
        />
      </div>
      <div
        className={isWiped ? 'col-start-1 row-start-1 flex w-full justify-center bg-stage' : SIDE}
        style={isWiped ? { clipPath: `inset(0 0 0 ${percent}%)` } : undefined}
      >
        <PairVideo
          video={pair.right}
          output={right}
          side="right"
          isMuted={sound !== 'right'}
          onClick={pair.toggle}
        />
      </div>
      {isWiped && <WipeLine percent={percent} onChange={setPercent} />}
    </div>
  );
}

interface WipeLineProps {
  readonly percent: number;
  readonly onChange: (percent: number) => void;
}

const WipeLine = ({ percent, onChange }: WipeLineProps) => (
  <>
    <div
      aria-hidden="true"
      className="absolute inset-y-0 w-0.5 -translate-x-px bg-paper outline-1 outline-ink"
      style={{ left: `${percent}%` }}
    />
    <Slider.Root
      value={[percent]}
      onValueChange={([value]) => onChange(value!)}
      className="absolute inset-0 flex cursor-ew-resize touch-none items-center"
    >
      <Slider.Track className="h-full grow" />
      <Slider.Thumb
        aria-label={words.wipe}
        className="flex h-10 w-6 items-center justify-center rounded border border-ink bg-paper"
      >
        <Icon name="compare" size={14} />
      </Slider.Thumb>
    </Slider.Root>
  </>
);

const SIDE = 'flex min-w-0 justify-center rounded-sm bg-stage';

interface PairVideoProps {
  readonly video: RefObject<HTMLVideoElement | null>;
  readonly output: RunOutput;
  readonly side: Side;
  readonly isMuted: boolean;
  readonly onClick: () => void;
}

const PairVideo = ({ video, output, side, isMuted, onClick }: PairVideoProps) => (
  <video
    ref={video}
    src={output.urlPath}
    poster={output.posterUrlPath}
    width={output.width}
    height={output.height}
    muted={isMuted}
    loop
    playsInline
    preload="auto"
    aria-label={words.side[side]}
    onClick={onClick}
    className="block h-auto max-h-[58vh] w-auto max-w-full"
  />
);
