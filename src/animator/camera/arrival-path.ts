/** The camera's path over the end still: it settles from a slight enlargement to exact rest in the clip's last frame. */
import type { FrameSize } from '#domain/media/frame-size.ts';
import type { Arrival } from '../director/plan.ts';
import type { CameraPath } from './camera-path.ts';
import { type Pose, REST_POSE } from './pose.ts';

const START_ZOOM = 1.12;

/** Frames are counted from `arrival.firstFrame`. A pure zoom: without parallax the end still needs no depth. */
export function createArrivalPath(arrival: Arrival, _size: FrameSize): CameraPath {
  const startLog = Math.log(arrival.startZoom ?? START_ZOOM);
  const lastFrame = arrival.frameCount - 1;
  return {
    parallaxPx: 0,
    poseAt(frameInShot: number): Pose {
      if (frameInShot >= lastFrame) return REST_POSE;
      const left = 1 - Math.max(0, frameInShot) / lastFrame;
      // The cube comes to rest with speed and acceleration zero, and starts at full speed, which the dissolve hides.
      return { ...REST_POSE, zoom: Math.round(Math.exp(startLog * left ** 3) * 1e6) / 1e6 };
    },
  };
}
