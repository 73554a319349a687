import type { PreparedClip } from '../prepare-clip.ts';
import type { FrameRing } from './frame-ring.ts';

/**
 * Draws frames of a clip into a ring until there are no more, or until the ring is stopped. Any number of threads may do so at once,
 * each with the same clip prepared for itself: which of them draws a frame is not seen in it.
 */
export function fillRing({ plan, renderFrame }: PreparedClip, ring: FrameRing): void {
  for (;;) {
    const index = ring.takeNext();
    if (index >= plan.frameCount) return;
    const frame = ring.waitForRoom(index);
    if (frame === undefined) return;
    renderFrame(index, frame);
    ring.publish(index);
  }
}
