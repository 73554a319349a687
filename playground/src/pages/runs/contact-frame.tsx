/** One run on the contact sheet: its picture, and under it what stands on the edge of the film. */
import { useState } from 'react';
import { Link } from 'wouter';
import { paths } from '../../app/routes.ts';
import { texts } from '../../texts/en.ts';
import { Money } from '../../ui/money.tsx';
import { StateMark } from '../../ui/state-mark.tsx';
import type { Run } from '../../wire/run.ts';
import { FramePicture } from './frame-picture.tsx';
import { shapeOf } from './run-shape.ts';

const words = texts.runs;

interface ContactFrameProps {
  readonly run: Run;
  readonly isSelected: boolean;
  /** Something is selected already: the boxes stay in sight. */
  readonly isSelecting: boolean;
  readonly onToggle: () => void;
}

export function ContactFrame({ run, isSelected, isSelecting, onToggle }: ContactFrameProps) {
  const [isPlaying, setPlaying] = useState(false);
  const play = () => setPlaying(!matchMedia('(prefers-reduced-motion: reduce)').matches);
  const stop = () => setPlaying(false);
  const prompt = run.prompt === undefined || run.prompt === '' ? words.noPrompt : run.prompt;
  return (
    <li
      className="group relative flex max-w-full flex-col gap-1.5"
      // One height for all; the width follows from the shape of the clip.
      style={{ width: `calc(var(--frame-height) * ${shapeOf(run)})` }}
      data-frame
    >
      <div className={isSelected ? 'rounded-sm outline-2 outline-offset-2 outline-ink' : ''}>
        <Link
          href={paths.run(run)}
          className="block rounded-sm focus-visible:outline-offset-4"
          onPointerEnter={play}
          onPointerLeave={stop}
          onFocus={play}
          onBlur={stop}
        >
          <span className="sr-only">{words.open(prompt)}</span>
          <FramePicture run={run} isPlaying={isPlaying} />
        </Link>
      </div>
      <input
        type="checkbox"
        aria-label={words.select(prompt)}
        checked={isSelected}
        onChange={onToggle}
        className={`absolute top-2 left-2 size-5 accent-ink transition-opacity group-hover:opacity-100 focus-visible:opacity-100 pointer-coarse:opacity-100 ${isSelecting ? '' : 'opacity-0'}`}
      />
      <div className="flex min-w-0 flex-col">
        <p className="truncate text-sm" title={prompt}>
          {prompt}
        </p>
        <p className="slate flex h-4 flex-wrap items-center gap-x-3 overflow-hidden whitespace-nowrap">
          <StateMark state={run.state} />
          {run.charged !== undefined && <Money amount={run.charged} />}
        </p>
      </div>
    </li>
  );
}
