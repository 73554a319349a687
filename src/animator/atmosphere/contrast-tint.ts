/**
 * The tint of what is seen before anything: paler than the picture where that is dark, and darker where it is bright, as
 * drops and flakes are before the sky. The two meet at some level, where nothing would be seen: at one of which the
 * picture has least.
 */
import type { Air } from './air.ts';
import type { Tint } from './sprite.ts';

export interface Contrast {
  /** Luma that is reached over dark places. */
  readonly light: number;
  /** Levels that are taken from bright places. */
  readonly shade: number;
  /** Levels that dark places gain at most; all that `light` asks for when omitted. */
  readonly most?: number;
}

/** Levels on either side of the turn over which light passes into shade. */
const TURN = 14;
/** How far below `light` the turn belongs, and how far from there it may be moved. */
const BELOW_LIGHT = 22;
const LEEWAY = 40;
/** Light is at least this much, however close to the turn. */
const LEAST_LIGHT = 30;
const BLACK = 16;
const WHITE = 235;

export function contrastTint({ light, shade, most = 255 }: Contrast, air: Air): Tint {
  const turn = emptiestLevel(air, light - BELOW_LIGHT);
  return Float32Array.from({ length: 256 }, (_, under) => {
    const t = Math.max(0, Math.min(1, (under - turn) / (2 * TURN) + 0.5));
    const share = t * t * (3 - 2 * t);
    const paler = Math.max(LEAST_LIGHT, Math.min(most, light - under));
    const darker = -shade - 0.4 * Math.max(0, under - light);
    return Math.max(BLACK, Math.min(WHITE, under + paler + (darker - paler) * share)) - under;
  });
}

/** The level near `wanted` around which the fewest cells of the picture lie; of equals the nearest. */
function emptiestLevel({ luma }: Air, wanted: number): number {
  const counts = new Float64Array(256);
  for (const value of luma.data) counts[Math.round(value)]! += 1;
  let [best, fewest] = [wanted, Number.POSITIVE_INFINITY];
  for (let away = 0; away <= LEEWAY; away += 1) {
    for (const level of [Math.round(wanted) - away, Math.round(wanted) + away]) {
      let around = 0;
      for (let i = Math.max(0, level - TURN); i <= Math.min(255, level + TURN); i += 1) around += counts[i]!;
      if (around < fewest) [best, fewest] = [level, around];
    }
  }
  return best;
}
