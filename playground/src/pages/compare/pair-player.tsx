/** Two clips side by side or one behind the other, with one ruler for both. */
import { Slider } from 'radix-ui';
import { useEffect, useState } from 'react';
import { Playhead, Ruler } from '../../player/ruler.tsx';
import { FRAME_RATE, timecode } from '../../player/use-clip.ts';
import { texts } from '../../texts/en.ts';
import { IconButton } from '../../ui/button.tsx';
import { Choice } from '../../ui/choice.tsx';
import { belongsToTarget } from '../../ui/keyboard-target.ts';
import { useAddress } from '../../ui/use-address.ts';
import type { RunOutput } from '../../wire/run.ts';
import { PairPictures, type Sound } from './pair-pictures.tsx';
import { type Pair, usePair } from './use-pair.ts';

const words = texts.runs;

interface PairPlayerProps {
  readonly left: RunOutput;
  readonly right: RunOutput;
}

export function PairPlayer({ left, right }: PairPlayerProps) {
  const pair = usePair({ left: left.durationSeconds, right: right.durationSeconds });
  const [query, change] = useAddress();
  const [sound, setSound] = useState<Sound>('none');
  const isWiped = query.get('layout') === 'wipe';
  usePairKeys(pair);
  return (
    <div className="flex flex-col gap-2">
      <PairPictures pair={pair} left={left} right={right} isWiped={isWiped} sound={sound} />
      <PairTimeline pair={pair} />
      <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
        <div className="flex items-center gap-1">
          <IconButton
            icon={pair.isPlaying ? 'pause' : 'play'}
            label={pair.isPlaying ? words.pause : words.play}
            onClick={pair.toggle}
          />
          <IconButton icon="start" label={words.start} onClick={() => pair.show(0)} />
          <IconButton icon="back" label={words.back} onClick={() => pair.show(pair.frame - 1)} />
          <IconButton icon="forward" label={words.forward} onClick={() => pair.show(pair.frame + 1)} />
        </div>
        <Choice
          label={words.layout}
          options={Object.entries(words.layouts).map(([value, label]) => ({ value, label }))}
          value={isWiped ? 'wipe' : 'beside'}
          onChange={(layout) => change({ layout: layout === 'wipe' ? 'wipe' : '' })}
        />
        <Choice
          label={words.sound}
          options={Object.entries(words.sounds).map(([value, label]) => ({
            value,
            label,
            name: `${words.sound}: ${label}`,
          }))}
          value={sound}
          onChange={(value) => setSound(value as Sound)}
        />
        <output className="number ml-auto text-sm" aria-label={words.position}>
          {timecode(pair.frame)}
          <span className="text-xs text-soft"> {words.frame(pair.frame + 1, pair.frameCount)}</span>
        </output>
      </div>
      <p className="text-sm text-soft max-sm:hidden">{words.keys}</p>
    </div>
  );
}

const PairTimeline = ({ pair }: { readonly pair: Pair }) => (
  <div className="relative mt-2">
    <Ruler seconds={pair.frameCount / FRAME_RATE} />
    <Playhead share={(pair.frame + 0.5) / pair.frameCount} />
    <Slider.Root
      min={0}
      max={pair.frameCount - 1}
      step={1}
      value={[pair.frame]}
      onValueChange={([frame]) => pair.show(frame!)}
      className="absolute inset-x-0 top-0 flex h-6 touch-none items-center"
    >
      <Slider.Track className="h-full grow" />
      <Slider.Thumb
        aria-label={words.position}
        aria-valuetext={`${timecode(pair.frame)}, ${words.frame(pair.frame + 1, pair.frameCount)}`}
        className="block h-6 w-3 rounded-sm"
      />
    </Slider.Root>
  </div>
);

/** Space plays and the arrows step, wherever on the page. */
function usePairKeys(pair: Pair): void {
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      if (belongsToTarget(event) || event.ctrlKey || event.metaKey || event.altKey) return;
      const step = event.shiftKey ? FRAME_RATE : 1;
      if (event.key === ' ') pair.toggle();
      else if (event.key === 'ArrowLeft') pair.show(pair.frame - step);
      else if (event.key === 'ArrowRight') pair.show(pair.frame + step);
      else return;
      event.preventDefault();
    };
    window.addEventListener('keydown', press);
    return () => window.removeEventListener('keydown', press);
  });
}
