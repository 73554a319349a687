/** What rises from a fire: smoke and steam, or the flames themselves, carried by the heat and turned over by eddies. Fog drifts instead. */
import type { FrameSize } from '#domain/media/frame-size.ts';
import type { Fluid } from '../director/plan.ts';
import type { Grid } from '../scene/scene.ts';
import { headingVector } from './heading.ts';
import { drawField, pixelScale, type Stream, slowAtBanks, withoutFolds } from './moving-field.ts';
import { createSwirl } from './swirl.ts';

interface PlumeShape {
  /** Pixels per second along the heading, and of the eddies. */
  readonly speed: number;
  readonly eddySpeed: number;
  /** Pixels. */
  readonly eddySize: number;
  /** The longest shift before a reading starts over, pixels. */
  readonly longestShift: number;
}

const SHAPES = {
  smoke: { speed: 20, eddySpeed: 7, eddySize: 120, longestShift: 30 },
  fire: { speed: 60, eddySpeed: 14, eddySize: 60, longestShift: 22 },
} as const satisfies Record<string, PlumeShape>;

export function carryPlume(
  kind: keyof typeof SHAPES,
  { heading, strength }: Fluid,
  mask: Grid,
  size: FrameSize,
  seed: number,
): Stream {
  const { speed, eddySpeed, eddySize, longestShift } = SHAPES[kind];
  const scale = pixelScale(size);
  const swirl = createSwirl(eddySize * scale, seed);
  const [alongX, alongY] = headingVector(heading);
  const level = strength * scale;
  const wind = drawField(size, (x, y) => {
    const [eddyX, eddyY] = swirl(x, y);
    return [level * (speed * alongX + eddySpeed * eddyX), level * (speed * alongY + eddySpeed * eddyY)];
  });
  return withoutFolds({
    velocity: slowAtBanks(wind, mask, size),
    periodSeconds: (2 * longestShift) / (strength * speed),
  });
}
