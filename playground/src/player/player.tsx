/** The clip, and under it the ruler on which it is moved frame by frame. */
import { Slider } from 'radix-ui';
import { useEffect, useState } from 'react';
import { texts } from '../texts/en.ts';
import { IconButton } from '../ui/button.tsx';
import { belongsToTarget } from '../ui/keyboard-target.ts';
import { Playhead, Ruler } from './ruler.tsx';
import { type Clip, FRAME_RATE, timecode, useClip } from './use-clip.ts';

const words = texts.model.player;

export interface PlayerProps {
  readonly source: string;
  readonly poster?: string | undefined;
  readonly durationSeconds: number;
  readonly width: number;
  readonly height: number;
  /** Space plays and the arrows step, wherever on the page; for one player a page. */
  readonly takesKeys?: boolean;
  readonly autoPlay?: boolean;
}

export function Player(props: PlayerProps) {
  const { source, poster, durationSeconds, width, height, takesKeys = false, autoPlay = false } = props;
  const clip = useClip(durationSeconds);
  const [isMuted, setMuted] = useState(false);
  useClipKeys(clip, takesKeys);
  return (
    <section aria-label={words.label} className="flex flex-col gap-1">
      <div className="flex justify-center rounded-sm bg-stage">
        <video
          ref={clip.video}
          src={source}
          poster={poster}
          width={width}
          height={height}
          muted={isMuted}
          autoPlay={autoPlay && !matchMedia('(prefers-reduced-motion: reduce)').matches}
          loop
          playsInline
          preload="auto"
          aria-label={words.video}
          onClick={clip.toggle}
          className="block h-auto max-h-[62vh] w-auto max-w-full"
        />
      </div>
      <Timeline clip={clip} durationSeconds={durationSeconds} />
      <div className="flex items-center gap-1">
        <IconButton
          icon={clip.isPlaying ? 'pause' : 'play'}
          label={clip.isPlaying ? words.pause : words.play}
          onClick={clip.toggle}
        />
        <IconButton icon="start" label={words.start} onClick={() => clip.show(0)} />
        <IconButton icon="back" label={words.back} onClick={() => clip.show(clip.frame - 1)} />
        <IconButton icon="forward" label={words.forward} onClick={() => clip.show(clip.frame + 1)} />
        <IconButton
          icon={isMuted ? 'silent' : 'sound'}
          label={isMuted ? words.unmute : words.mute}
          onClick={() => setMuted(!isMuted)}
        />
        <output className="number ml-auto text-sm" aria-label={words.position}>
          {timecode(clip.frame)}
          <span className="text-xs text-soft"> {words.frame(clip.frame + 1, clip.frameCount)}</span>
        </output>
      </div>
    </section>
  );
}

const Timeline = ({ clip, durationSeconds }: { readonly clip: Clip; readonly durationSeconds: number }) => (
  <div className="relative mt-2">
    <Ruler seconds={durationSeconds} />
    <Playhead share={(clip.frame + 0.5) / clip.frameCount} />
    <Slider.Root
      min={0}
      max={clip.frameCount - 1}
      step={1}
      value={[clip.frame]}
      onValueChange={([frame]) => clip.show(frame!)}
      className="absolute inset-x-0 top-0 flex h-6 touch-none items-center"
    >
      <Slider.Track className="h-full grow" />
      <Slider.Thumb
        aria-label={words.position}
        aria-valuetext={`${timecode(clip.frame)}, ${words.frame(clip.frame + 1, clip.frameCount)}`}
        className="block h-6 w-3 rounded-sm"
      />
    </Slider.Root>
  </div>
);

function useClipKeys(clip: Clip, isOn: boolean): void {
  useEffect(() => {
    if (!isOn) return;
    const press = (event: KeyboardEvent) => {
      if (belongsToTarget(event) || event.ctrlKey || event.metaKey || event.altKey) return;
      const step = event.shiftKey ? FRAME_RATE : 1;
      if (event.key === ' ') clip.toggle();
      else if (event.key === 'ArrowLeft') clip.show(clip.frame - step);
      else if (event.key === 'ArrowRight') clip.show(clip.frame + step);
      else return;
      event.preventDefault();
    };
    window.addEventListener('keydown', press);
    return () => window.removeEventListener('keydown', press);
  });
}
