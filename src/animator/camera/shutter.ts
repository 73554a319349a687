/** What an open shutter sees of a fast camera: several poses instead of one, so that the picture streaks instead of jumping. */
import type { FrameSize } from '#domain/media/frame-size.ts';
import type { Pose } from './pose.ts';

/** The shutter is open for this share of a frame, around its moment. */
const OPEN = 0.6;
/** Below this many pixels a frame, at a width of 1280, the eye sees no streak. */
const VISIBLE_SPEED = 12;
/** Poses lie at most about this many pixels apart, and there are at most so many of them. */
const POSE_DISTANCE = 6;
const MOST_POSES = 12;

/** The poses of one frame, the first of them alone where the camera is slow. */
export interface Exposure {
  readonly pose: Pose;
  readonly exposures: readonly Pose[];
}

/** @param poseAt The camera's pose at any moment, in frames. */
export function exposeFrame(poseAt: (frame: number) => Pose, frame: number, size: FrameSize): Exposure {
  const still = { pose: poseAt(frame), exposures: [] };
  const [opening, closing] = [poseAt(frame - OPEN / 2), poseAt(frame + OPEN / 2)];
  const speed = (distance(opening, closing, size) * 1280) / size.width / OPEN;
  if (speed < VISIBLE_SPEED) return still;
  const count = Math.min(MOST_POSES, Math.max(2, Math.ceil((speed * OPEN) / POSE_DISTANCE)));
  const [pose, ...exposures] = Array.from({ length: count }, (_, i) =>
    poseAt(frame + OPEN * ((i + 0.5) / count - 0.5)),
  );
  return { pose: pose!, exposures };
}

/** How far apart two poses show a point of the picture, at most about; output pixels. */
function distance(a: Pose, b: Pose, size: FrameSize): number {
  const half = Math.hypot(size.width, size.height) / 2;
  const shift = Math.hypot(a.panX - b.panX, a.panY - b.panY) * Math.max(a.zoom, b.zoom);
  return shift + half * (Math.abs(Math.log(a.zoom / b.zoom)) + Math.abs(a.roll - b.roll));
}
