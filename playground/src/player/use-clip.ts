/** A clip by its frames: which one is shown, and moving between them. Exact, because the frame rate is the server's promise. */
import { type RefObject, useEffect, useRef, useState } from 'react';

/** Of every clip that the server makes. */
export const FRAME_RATE = 24;

export interface Clip {
  readonly video: RefObject<HTMLVideoElement | null>;
  readonly frameCount: number;
  /** From 0. */
  readonly frame: number;
  readonly isPlaying: boolean;
  toggle(): void;
  /** Stops and shows the frame; beyond the ends it stays at them. */
  show(frame: number): void;
}

export function useClip(durationSeconds: number): Clip {
  const video = useRef<HTMLVideoElement>(null);
  const [frame, setFrame] = useState(0);
  const [isPlaying, setPlaying] = useState(false);
  const frameCount = Math.round(durationSeconds * FRAME_RATE);

  useEffect(() => {
    const element = video.current!;
    let handle = 0;
    const follow = (_: number, { mediaTime }: VideoFrameCallbackMetadata) => {
      setFrame(frameAt(mediaTime, frameCount));
      handle = element.requestVideoFrameCallback(follow);
    };
    handle = element.requestVideoFrameCallback(follow);
    const updatePlaying = () => setPlaying(!element.paused && !element.ended);
    const events = ['play', 'pause', 'ended'] as const;
    for (const name of events) element.addEventListener(name, updatePlaying);
    return () => {
      element.cancelVideoFrameCallback(handle);
      for (const name of events) element.removeEventListener(name, updatePlaying);
    };
  }, [frameCount]);

  return {
    video,
    frameCount,
    frame,
    isPlaying,
    toggle: () => {
      const element = video.current!;
      // Interrupted by a pause or refused by the browser: the button still says what is so.
      if (element.paused) element.play().catch(() => undefined);
      else element.pause();
    },
    show: (wanted) => {
      const element = video.current!;
      const target = Math.min(frameCount - 1, Math.max(0, wanted));
      element.pause();
      setFrame(target);
      element.currentTime = middleOf(target);
    },
  };
}

/** In the middle of the frame's time, so that rounding cannot land on its neighbour. */
const middleOf = (frame: number): number => (frame + 0.5) / FRAME_RATE;

const frameAt = (seconds: number, frameCount: number): number =>
  Math.min(frameCount - 1, Math.max(0, Math.floor(seconds * FRAME_RATE + 0.01)));

/** Minutes, seconds, frames, as on a slate. */
export function timecode(frame: number): string {
  const seconds = Math.floor(frame / FRAME_RATE);
  const parts = [Math.floor(seconds / 60), seconds % 60, frame % FRAME_RATE];
  return parts.map((part) => String(part).padStart(2, '0')).join(':');
}
