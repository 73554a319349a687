/**
 * Ripples on a lake or sea: three trains of waves that run towards the viewer and bend what the water mirrors. On a surface seen at a slant
 * their length and height grow with the distance from the far shore.
 */
import type { FrameSize } from '#domain/media/frame-size.ts';
import { seededUnit } from '../camera/seeded-noise.ts';
import type { Fluid } from '../director/plan.ts';
import type { Grid } from '../scene/scene.ts';
import { logarithmOfTwo, sineOfTurns } from '../sound/elementary-functions.ts';
import { drawWave, pixelScale, type Wave } from './moving-field.ts';

/** Share of the water's extent that is added before lengths grow with it: waves at the far shore have some length too. */
const FAR = 0.12;
/** Waves on a strip of water narrower than this, pixels, are as long and in proportion as low as on one that wide. */
const LEAST_EXTENT = 200;

interface Train {
  readonly hertz: number;
  /** Pixels sideways and up at the near edge of the water. */
  readonly across: number;
  readonly up: number;
  /** Length at the near edge, as a share of the water's extent in the picture. */
  readonly length: number;
  /** Turns of phase across the picture's width, and how much crests wind. */
  readonly slant: number;
  readonly winding: number;
}

const TRAINS: readonly Train[] = [
  { hertz: 0.38, across: 6, up: 1.8, length: 0.22, slant: 0.4, winding: 0.3 },
  { hertz: 0.27, across: 3.4, up: 1.2, length: 0.37, slant: -1.3, winding: 0.2 },
  { hertz: 0.55, across: 1.6, up: 1.3, length: 0.13, slant: 2.1, winding: 0.45 },
];

/** Waves shorter than this cannot be told by nodes 8 pixels apart; longer than the second they are drawn in full. */
const SHORTEST = 14;
const CLEAR = 30;

export function rippleWater({ strength }: Fluid, mask: Grid, size: FrameSize, seed: number): readonly Wave[] {
  const { top, bottom } = extentOf(mask, size);
  const extent = Math.max(1, bottom - top);
  const span = Math.max(extent, LEAST_EXTENT * pixelScale(size));
  const scale = (pixelScale(size) * strength * extent) / span;
  return TRAINS.map((train, i) => {
    const start = seededUnit(seed, 'ripple', i);
    const mirror = seededUnit(seed, 'ripple side') < 0.5 ? -1 : 1;
    return drawWave(size, train.hertz, (x, y) => {
      const depth = Math.max(0, Math.min(1, (y - top) / extent));
      const length = (train.length * span * (FAR + depth)) / (FAR + 1);
      const clear = Math.max(0, Math.min(1, (length - SHORTEST) / (CLEAR - SHORTEST)));
      const height = scale * depth * clear;
      const u = x / size.width;
      // The phase grows by 1 / length a pixel: its integral over rows is a logarithm.
      const lengths = (extent * (FAR + 1)) / (span * train.length);
      const along = (lengths * logarithmOfTwo((FAR + depth) / FAR)) / Math.LOG2E;
      const winding = train.winding * sineOfTurns(1.4 * u + 0.37 * i + start);
      return {
        amplitude: [train.across * height, train.up * height],
        phase: start + along + mirror * train.slant * u + winding,
      };
    });
  });
}

/** Rows of the far and the near edge of the water, pixels. */
function extentOf({ width, height, data }: Grid, size: FrameSize): { top: number; bottom: number } {
  const isWater = (share: number) => share > 0.5;
  const first = Math.max(0, data.findIndex(isWater));
  const last = Math.max(0, data.findLastIndex(isWater));
  const row = (cell: number) => (Math.floor(cell / width) * size.height) / height;
  return { top: row(first), bottom: row(last + width) };
}
