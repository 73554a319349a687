/**
 * A whip pan that hides a cut: the camera swings away ever faster, and after the cut comes to rest out of the same swing. It closes in a little
 * while it swings; what it still sees past the picture's edge is for the elastic border, which nobody sees in the streak.
 */
import type { FrameSize } from '#domain/media/frame-size.ts';
import type { Side } from '../director/plan.ts';
import type { Pose } from './pose.ts';

/** Frames of the swing on either side of the cut: a third of a second in all. */
export const WHIP_FRAMES = 5;
/** How far it swings on either side, as a share of the width; the speed at the cut is three times this in `WHIP_FRAMES`. */
const REACH = 0.2;
/** Of that, what closing in keeps inside the picture. */
const COVERED = 0.3;

export interface Whip {
  /** The first frame after the cut. */
  readonly frame: number;
  readonly side: Side;
}

/** The pose of a camera that swings away towards the cut (`out`) or comes to rest after it (`in`); `frame` in the clip. */
export function whipPose(
  pose: Pose,
  frame: number,
  { frame: cut, side }: Whip,
  way: 'out' | 'in',
  size: FrameSize,
): Pose {
  // An open shutter may ask for a moment beyond the cut: the swing ends there.
  const distance = Math.max(0, way === 'out' ? cut - frame : frame - cut);
  if (distance >= WHIP_FRAMES) return pose;
  const swing = REACH * (1 - distance / WHIP_FRAMES) ** 3;
  const sign = (side === 'left' ? -1 : 1) * (way === 'out' ? 1 : -1);
  const closing = 1 / (1 - 2 * COVERED * swing * pose.zoom);
  const round = (value: number) => Math.round(value * 1e6) / 1e6 + 0;
  return {
    ...pose,
    zoom: round(pose.zoom * closing),
    panX: round(pose.panX + sign * swing * size.width),
  };
}
