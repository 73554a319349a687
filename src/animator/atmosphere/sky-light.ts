/** How much each part of a picture gets of the light that comes from its sky. */
import { boxMean } from '../scene/box-filter.ts';
import type { Grid } from '../scene/scene.ts';
import { emptyGrid } from '../scene/work-grid.ts';
import { remoteness, type Space } from './strata.ts';

const GROUND_SHARE = 0.35;
/**
 * Blurred by this share of the longer side, twice: light spreads, and no edge of the depth or the sky should be seen
 * in it.
 */
const SPREAD = 0.08;

/**
 * All of it for the sky, GROUND_SHARE for what is near; where no horizon is seen, the far things stand for the sky.
 */
export function shareSkyLight({ sky, depth, confidence: { ground }, ...scene }: Space): Grid {
  const remotenessOf = remoteness({ depth });
  const shares = emptyGrid(depth);
  for (let cell = 0; cell < shares.data.length; cell += 1) {
    const far = remotenessOf(depth.data[cell]!);
    const above = Math.max(
      0,
      Math.min(1, (scene.horizon - Math.floor(cell / depth.width) / depth.height) / 0.3 + 0.5),
    );
    const outdoors = 0.5 * above + 0.3 * sky.data[cell]! + 0.2 * far;
    shares.data[cell] = GROUND_SHARE + (1 - GROUND_SHARE) * (ground * outdoors + (1 - ground) * 0.8 * far);
  }
  const radius = Math.round(SPREAD * Math.max(depth.width, depth.height));
  return boxMean(boxMean(shares, radius), radius);
}
