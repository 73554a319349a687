/** Clouds drift sideways, the higher in the picture the faster: those are nearer. */
import type { FrameSize } from '#domain/media/frame-size.ts';
import type { Fluid } from '../director/plan.ts';
import { drawField, pixelScale, type Stream } from './moving-field.ts';

/** Pixels per second at the top of the picture and at the horizon. */
const TOP_SPEED = 15;
const HORIZON_SPEED = 4;
/** What the fastest clouds may be displaced by, pixels: more would show what was behind trees and towers. */
const LONGEST_SHIFT = 56;

/** @param horizon Share of the height. */
export function driftClouds({ heading, strength }: Fluid, horizon: number, size: FrameSize): Stream {
  const scale = pixelScale(size);
  const side = heading === 'left' ? -1 : 1;
  const speed = (y: number) => {
    const height = Math.max(0, 1 - y / (horizon * size.height));
    return strength * scale * (HORIZON_SPEED + (TOP_SPEED - HORIZON_SPEED) * height);
  };
  return {
    velocity: drawField(size, (_, y) => [side * speed(y), 0]),
    periodSeconds: (2 * LONGEST_SHIFT) / (TOP_SPEED * strength),
  };
}
