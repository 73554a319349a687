import type { FrameSize } from '#domain/media/frame-size.ts';
import { smootherstep } from '../camera/seeded-noise.ts';

/** Share of the picture's sides. */
const RIM = 0.04;

/** 0 at the picture's edge and beyond, where nothing may be bent because nothing lies behind it; 1 inside its rim. Pixels. */
export function freeOfRim(x: number, y: number, { width, height }: FrameSize): number {
  const inside = Math.min(x / width, (width - 1 - x) / width, y / height, (height - 1 - y) / height);
  return smootherstep(inside / RIM);
}
