import { type Pose, REST_POSE } from './pose.ts';

/**
 * A pose on its way to rest: `share` 0 is the pose, 1 exact rest. What the pose covers stays covered, for it zooms out no faster than it
 * turns back.
 */
export function settlePose(pose: Pose, share: number): Pose {
  if (share >= 1) return REST_POSE;
  const left = 1 - share;
  const round = (value: number) => Math.round(value * 1e6) / 1e6 + 0;
  return {
    zoom: round(Math.exp(left * Math.log(pose.zoom))),
    panX: round(left * pose.panX),
    panY: round(left * pose.panY),
    roll: round(left * pose.roll),
    truckX: round(left * pose.truckX),
    truckY: round(left * pose.truckY),
    dolly: round(left * pose.dolly),
    pivot: pose.pivot,
  };
}
