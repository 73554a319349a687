/**
 * A clip of two seconds, muted. Its poster stands first; it loads and plays while at least half of it is seen, or while the pointer is
 * on it, and not at all for people who asked for less motion.
 */
import { useEffect, useRef } from 'react';

const SEEN_SHARE = 0.6;

export function LoopingPreview({ clip, poster }: { readonly clip: string; readonly poster: string }) {
  const video = useRef<HTMLVideoElement>(null);
  useEffect(() => {
    const element = video.current!;
    if (matchMedia('(prefers-reduced-motion: reduce)').matches) return;
    const watcher = new IntersectionObserver(
      ([entry]) => {
        // A refused or interrupted play leaves the poster or the frame it is at.
        if (entry?.isIntersecting === true) element.play().catch(() => undefined);
        else element.pause();
      },
      { threshold: SEEN_SHARE },
    );
    watcher.observe(element);
    return () => watcher.disconnect();
  }, []);
  return (
    <video
      ref={video}
      src={clip}
      poster={poster}
      muted
      loop
      playsInline
      preload="none"
      aria-hidden="true"
      tabIndex={-1}
      className="aspect-video w-full rounded-sm bg-stage object-cover"
    />
  );
}
