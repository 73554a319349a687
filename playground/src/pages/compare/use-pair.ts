/** Two clips in step: one playhead for both. The first clip leads; the other follows it within a frame. */
import { type RefObject, useEffect, useRef, useState } from 'react';
import { FRAME_RATE } from '../../player/use-clip.ts';

export type Side = 'left' | 'right';

export interface Pair {
  readonly left: RefObject<HTMLVideoElement | null>;
  readonly right: RefObject<HTMLVideoElement | null>;
  /** Of the longer clip; the shorter one stands at its last frame from then on. */
  readonly frameCount: number;
  /** From 0. */
  readonly frame: number;
  readonly isPlaying: boolean;
  toggle(): void;
  /** Stops both and shows the frame; beyond the ends it stays at them. */
  show(frame: number): void;
}

/** What the eye does not see. */
const MOST_DRIFT_SECONDS = 1 / FRAME_RATE;

/** @param seconds Lengths of the two. */
export function usePair(seconds: Readonly<Record<Side, number>>): Pair {
  const left = useRef<HTMLVideoElement>(null);
  const right = useRef<HTMLVideoElement>(null);
  const [frame, setFrame] = useState(0);
  const [isPlaying, setPlaying] = useState(false);
  const frameCount = Math.round(Math.max(seconds.left, seconds.right) * FRAME_RATE);
  const [leader, follower] = seconds.left >= seconds.right ? [left, right] : [right, left];
  const shorterSeconds = Math.min(seconds.left, seconds.right);

  useEffect(() => {
    if (!isPlaying) return;
    let handle = 0;
    const follow = () => {
      const [lead, behind] = [leader.current!, follower.current!];
      const wanted = Math.min(lead.currentTime, middleOf(Math.round(shorterSeconds * FRAME_RATE) - 1));
      if (Math.abs(behind.currentTime - wanted) > MOST_DRIFT_SECONDS) behind.currentTime = wanted;
      if (lead.currentTime < shorterSeconds && behind.paused) void behind.play().catch(ignoreInterruption);
      setFrame(Math.min(frameCount - 1, Math.floor(lead.currentTime * FRAME_RATE + 0.01)));
      handle = requestAnimationFrame(follow);
    };
    handle = requestAnimationFrame(follow);
    return () => cancelAnimationFrame(handle);
  }, [isPlaying, leader, follower, frameCount, shorterSeconds]);

  const pause = () => {
    setPlaying(false);
    for (const { current } of [left, right]) current?.pause();
  };
  const show = (wanted: number) => {
    pause();
    const target = Math.min(frameCount - 1, Math.max(0, wanted));
    setFrame(target);
    for (const [side, { current }] of [
      ['left', left],
      ['right', right],
    ] as const) {
      const last = Math.round(seconds[side] * FRAME_RATE) - 1;
      if (current !== null) current.currentTime = middleOf(Math.min(target, last));
    }
  };
  const play = () => {
    setPlaying(true);
    void leader.current?.play().catch(ignoreInterruption);
  };
  return { left, right, frameCount, frame, isPlaying, show, toggle: isPlaying ? pause : play };
}

/** In the middle of the frame's time, so that rounding cannot land on its neighbour. */
const middleOf = (frame: number): number => (frame + 0.5) / FRAME_RATE;

/** A play that is paused before it has begun, or that the browser refuses: the button says what is so. */
const ignoreInterruption = (): void => undefined;
